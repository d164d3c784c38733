package dev.wnm.core.work;

import dev.wnm.core.model.OperationKind;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Work on many things, as far as it is known to have come at a moment.
 *
 * @param kind what is done to each of them
 * @param things what they are
 * @param total how many there are, 1 or more
 * @param done of how many it is known that they are as was meant
 * @param failed of how many it is known that they are not, or that nobody knows what has become of them
 * @param underWay the names of those that were begun and are not over
 * @param waiting the names of those that were not begun
 */
@API(status = API.Status.STABLE)
public record Work(OperationKind kind, Things things, int total, int done, int failed, List<String> underWay, List<String> waiting) {
  public Work {
    underWay = List.copyOf(underWay);
    waiting = List.copyOf(waiting);
  }

  /** What work may be about. */
  public enum Things {
    NODES("node"), GROUPS("group");

    private final String one;

    Things(String one) {
      this.one = one;
    }

    /** Such as {@code 12 of 40 nodes}. */
    String outOf(int number, int all) {
      return number + " of " + all + " " + (all == 1 ? one : one + "s");
    }
  }

  /** How many are over, well or not. */
  public int over() {
    return done + failed;
  }

  /** What is done: {@code adding nodes}. */
  public String phrase() {
    return kind.presentParticiple() + " " + things.one + "s";
  }

  /** How far it came: {@code added 12 of 40 nodes, 1 failed}. */
  public String summary() {
    return kind.pastTense() + " " + things.outOf(done, total) + (failed == 0 ? "" : ", " + failed + " failed");
  }
}
