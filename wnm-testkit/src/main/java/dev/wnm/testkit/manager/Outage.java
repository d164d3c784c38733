package dev.wnm.testkit.manager;

import org.opentest4j.TestAbortedException;

/**
 * Something that goes wrong around a back end while its nodes are fine, for a clause of the conformance suite: how it is made and
 * ended, or why it cannot happen to this back end. A clause that cannot apply ends as skipped, with that reason.
 */
public final class Outage {
  private final String what;
  private final boolean canHappen;
  private final Step begin;
  private final Step end;

  private Outage(String what, boolean canHappen, Step begin, Step end) {
    this.what = what;
    this.canHappen = canHappen;
    this.begin = begin;
    this.end = end;
  }

  /** A change of the back end's surroundings. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  /**
   * One that can be made.
   *
   * @param what in a clause, such as {@code the engine does not answer}
   * @param end takes back all that {@code begin} did
   */
  public static Outage of(String what, Step begin, Step end) {
    return new Outage(what, true, begin, end);
  }

  /** One that this back end does not know. @param why in a clause, for the report of the tests */
  public static Outage cannotHappen(String why) {
    return new Outage(why, false, () -> {}, () -> {});
  }

  /** Both at once, this one for longer. */
  public Outage with(Outage other) {
    return of(what + ", and " + other.what, () -> {
      begin.run();
      other.begin.run();
    }, () -> {
      other.end.run();
      end.run();
    });
  }

  /** Ends the test as skipped, with the reason, where this cannot happen. */
  void requirePossible() {
    if (!canHappen) {
      throw new TestAbortedException("left out: " + what);
    }
  }

  /** Runs something while it lasts, and ends it in any case. */
  void during(Step work) throws Exception {
    requirePossible();
    begin.run();
    try {
      work.run();
    } finally {
      end.run();
    }
  }

  @Override
  public String toString() {
    return what;
  }
}
