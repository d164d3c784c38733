package dev.wnm.core.model;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a node has been doing, beyond its status.
 *
 * @param downCause why its process does not run
 * @param missedProbes probes in a row without a usable answer, 0 or more
 * @param failures operations in a row that failed, 0 or more
 * @param retryAfter no operation is tried on the node before this time; {@link Instant#EPOCH} means at once
 * @param lastError the last failure in one sentence; empty when the last operation succeeded
 * @param pid its process, where the process manager knows one
 */
public record NodeHealth(
    DownCause downCause, int missedProbes, int failures, Instant retryAfter, String lastError, OptionalLong pid) {
  /** Nothing known, nothing wrong. */
  public static final NodeHealth FRESH = new NodeHealth(DownCause.NONE, 0, 0, Instant.EPOCH, "", OptionalLong.empty());

  /** Its process was started; whether that helped is not known yet, so its failures still count. */
  public NodeHealth started(OptionalLong newPid) {
    return new NodeHealth(DownCause.NONE, 0, failures, Instant.EPOCH, "", newPid);
  }

  /**
   * It did not answer for too long and was started again: that counts as a failure, so that it gets rarer if it does not help.
   *
   * @param error why it was, in one sentence
   */
  public NodeHealth restarted(OptionalLong newPid, String error, Instant now) {
    return new NodeHealth(DownCause.NONE, 0, failures + 1, BackOff.after(failures, now), error, newPid);
  }

  /** It answers. That makes up for missed probes, not for an operation that failed: an upgrade, say. */
  public NodeHealth answered(OptionalLong newPid) {
    return new NodeHealth(DownCause.NONE, 0, failures, retryAfter, failures == 0 ? "" : lastError, newPid);
  }

  /** It answers after it was started or upgraded, as was meant: nothing is wrong any more. */
  public NodeHealth recovered(OptionalLong newPid) {
    return new NodeHealth(DownCause.NONE, 0, 0, Instant.EPOCH, "", newPid);
  }

  /** The process runs but its probe was not answered. */
  public NodeHealth silent(OptionalLong newPid, String error) {
    return new NodeHealth(DownCause.NONE, missedProbes + 1, failures, retryAfter, error, newPid);
  }

  /** It does not answer, and nobody can say whether its process runs. */
  public NodeHealth unknown(DownCause cause, String error) {
    return new NodeHealth(cause, missedProbes + 1, failures, retryAfter, error, pid);
  }

  public NodeHealth down(DownCause cause) {
    return new NodeHealth(cause, 0, failures, retryAfter, lastError, OptionalLong.empty());
  }

  /** A failed operation that another try may mend: each one in a row doubles the wait before the next try. */
  public NodeHealth failed(String error, Instant now) {
    return failed(error, true, now);
  }

  /** A failed operation. @param retryable whether another try may mend it: if not, it is rare from the first (see {@link BackOff}) */
  public NodeHealth failed(String error, boolean retryable, Instant now) {
    return triedAgainFrom(error, BackOff.after(failures, retryable, now));
  }

  /** The same, to be tried again now: what kept it from working may have changed. */
  public NodeHealth triedAgainNow(Instant now) {
    return new NodeHealth(downCause, missedProbes, failures, now, lastError, pid);
  }

  /** Whether it is left alone for now because something that was done to it failed. */
  public boolean waitsAfterFailure(Instant now) {
    return failures > 0 && !hasDied() && !mayBeTried(now);
  }

  /**
   * It dies again and again, whoever starts it. The first time it is seen counts as any death; afterwards only what is said of it
   * changes, until something is done to it.
   *
   * @param deaths how often so far, 2 or more
   * @param words how it ended last, and what it said; may be empty
   */
  public NodeHealth loops(int deaths, String words, Instant now) {
    String error = "died " + deaths + " times" + (words.isEmpty() ? "" : ", last " + words);
    NodeHealth seen = downCause == DownCause.CRASH_LOOP ? this : died(error, now);
    return new NodeHealth(DownCause.CRASH_LOOP, 0, seen.failures, seen.retryAfter, error, OptionalLong.empty());
  }

  /** Its process ended by itself: started again at once the first time, after a wait when that did not help. */
  public NodeHealth died(String error, Instant now) {
    NodeHealth down = down(DownCause.DIED);
    return failures == 0 ? down.triedAgainFrom(error, now) : down.failed(error, now);
  }

  /** Its process ended to be started again as a newer version: nothing is wrong, and nothing has to wait. */
  public NodeHealth upgraded() {
    return new NodeHealth(DownCause.UPGRADED, 0, failures, Instant.EPOCH, "", OptionalLong.empty());
  }

  private NodeHealth triedAgainFrom(String error, Instant time) {
    return new NodeHealth(downCause, missedProbes, failures + 1, time, error, pid);
  }

  /**
   * Whether, while it is down, it is not by anybody's will: its process ended by itself, or what was done to it failed. A
   * machine that went down took its nodes with it, which says nothing of them.
   */
  public boolean isTroubled() {
    return hasDied() || failures > 0 && downCause != DownCause.REBOOT && downCause != DownCause.UPGRADED;
  }

  /** Whether its process ended by itself, once or again and again. */
  public boolean hasDied() {
    return downCause == DownCause.DIED || downCause == DownCause.CRASH_LOOP;
  }

  public boolean mayBeTried(Instant now) {
    return !now.isBefore(retryAfter);
  }
}
