package dev.wnm.fleet.model;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.config.Options;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an operator wants of a host: all of it, not what is new. The host checks it like any input, and says what became of it.
 *
 * @param host whose it is
 * @param generation greater with every change, and never less than the seconds since 1970 when it was made: a fleet whose server has lost all counts on
 * @param by which operator wrote it
 * @param at when, by that operator's clock
 * @param settings by option name, as texts; only those that decisions depend on
 * @param program the node program that nodes are to be of; empty where that is the host's own affair
 * @param blocks which blocks of ports its groups may have; empty where that is the host's own affair
 * @param hold whether it is to begin nothing new: no node is added, started or upgraded
 */
public record Wish(HostName host, long generation, String by, Instant at, Map<String, String> settings, Optional<WantedProgram> program,
    Optional<BlockList> blocks, boolean hold) {
  private static final String DOWNGRADE = Options.ALLOW_DOWNGRADE.name();

  public Wish {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    if (generation < 1) {
      throw new IllegalArgumentException("the generation of a wish must be 1 or more, not " + generation);
    }
  }

  /** The first one of a host: nothing is wanted. */
  public static Wish nothing(HostName host, String by, Instant at) {
    return new Wish(host, Math.max(1, at.getEpochSecond()), by, at, Map.of(), Optional.empty(), Optional.empty(), false);
  }

  /** The next generation of it, by somebody. */
  public Wish next(String who, Instant now) {
    return new Wish(host, Math.max(generation + 1, now.getEpochSecond()), who, now, settings, program, blocks, hold);
  }

  /** Nothing is wanted any more. */
  public Wish withNothing() {
    return new Wish(host, generation, by, at, Map.of(), Optional.empty(), Optional.empty(), false);
  }

  /** The same with other settings beside those that it has. No text takes one away. */
  public Wish withSettings(Map<String, Optional<String>> changes) {
    Map<String, String> changed = new TreeMap<>(settings);
    changes.forEach((name, text) -> text.ifPresentOrElse(value -> changed.put(name, value), () -> changed.remove(name)));
    return new Wish(host, generation, by, at, changed, program, blocks, hold);
  }

  /** The same with a program that takes the place of older ones only. */
  public Wish forwardTo(WantedProgram wanted) {
    Map<String, Optional<String>> end = settings.containsKey(DOWNGRADE) ? Map.of(DOWNGRADE, Optional.of("false")) : Map.of();
    return with(wanted).withSettings(end);
  }

  /** The same with a program that takes the place of newer ones, too. */
  public Wish backTo(WantedProgram wanted) {
    return with(wanted).withSettings(Map.of(DOWNGRADE, Optional.of("true")));
  }

  private Wish with(WantedProgram wanted) {
    return new Wish(host, generation, by, at, settings, Optional.of(wanted), blocks, hold);
  }

  /** The same with other blocks. */
  public Wish withBlocks(BlockList wanted) {
    return new Wish(host, generation, by, at, settings, program, Optional.of(wanted), hold);
  }

  /** The same, on hold or not. */
  public Wish withHold(boolean held) {
    return new Wish(host, generation, by, at, settings, program, blocks, held);
  }

  /** Whether the same is wanted, whoever wrote it and when. */
  public boolean wantsTheSameAs(Wish other) {
    return host.equals(other.host) && settings.equals(other.settings) && program.equals(other.program) && blocks.equals(other.blocks)
        && hold == other.hold;
  }
}
