package dev.wnm.core.managers;

import java.time.Duration;

/**
 * How long core waits for a process manager. They keep limits of their own, which are shorter, and say more; these are for
 * what cannot be limited from inside: a disk that hangs, a plug-in that never returns.
 *
 * @param loading making a provider or a manager, and asking whether it can work here
 * @param look asking what is
 * @param change starting or stopping a node, and other short works on one
 * @param longChange what copies, downloads or deletes: making, upgrading and removing a node, works on container groups
 * @param perNode what each node of a call for several adds
 * @param grace for a call that was interrupted at its limit, to end
 */
public record CallLimits(Duration loading, Duration look, Duration change, Duration longChange, Duration perNode, Duration grace) {
  /** The longest of its kind are those of antctl, whose calls wait 5 minutes for one another and may download for 15. */
  public static final CallLimits USUAL = new CallLimits(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(15),
      Duration.ofMinutes(45), Duration.ofSeconds(30), Duration.ofSeconds(5));

  /** Copying a node of some dozens of GB from one slow disk to another, and reading both again. */
  Duration move() {
    return longChange.multipliedBy(16);
  }

  Duration forNodes(Duration limit, int nodes) {
    return limit.plus(perNode.multipliedBy(Math.max(0, nodes - 1)));
  }
}
