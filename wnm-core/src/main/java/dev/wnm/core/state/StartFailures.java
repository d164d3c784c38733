package dev.wnm.core.state;

import dev.wnm.core.model.BackOff;
import dev.wnm.core.model.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Starts in a row after which no node stayed up: the node did not start, or ended soon after. When several nodes fail so for one
 * cause, it is not theirs, and more nodes would fail too: then none is added until one has stayed up, or the circumstances are
 * others. Immutable.
 *
 * @param circumstances what tells the settings and the antnode of that time from those of others
 * @param inARow the last {@link #MOST} failures, the oldest first; empty when the last node that was started stayed up
 */
public record StartFailures(String circumstances, List<Failure> inARow) {
  public static final StartFailures NONE = new StartFailures("", List.of());

  /** So many in a row for one cause stop the growth. */
  static final int FOR_ONE_CAUSE = 3;
  /** So many in a row stop it whatever the causes are. */
  static final int FOR_ANY_CAUSE = 6;
  /** When all of these are of one node, it is that node's fault after all, and growth is tried again. */
  private static final int MOST = 12;
  private static final String SEPARATOR = "\t";

  /**
   * A start that failed.
   *
   * @param at when that was seen, whole seconds
   * @param node the node's id
   * @param cause what was said of it, in one line
   */
  public record Failure(Instant at, int node, String cause) {}

  public StartFailures {
    inARow = List.copyOf(inARow);
  }

  /** What {@link #text} gave; what is no such text is passed over. */
  static StartFailures parse(String text) {
    List<String> lines = text.lines().toList();
    List<Failure> failures = new ArrayList<>();
    lines.stream().skip(1).map(line -> line.split(SEPARATOR, 3))
        .filter(parts -> parts.length == 3 && parts[0].matches("\\d{1,12}") && parts[1].matches("\\d{1,9}"))
        .forEach(parts -> failures.add(
            new Failure(Instant.ofEpochSecond(Long.parseLong(parts[0])), Integer.parseInt(parts[1]), parts[2])));
    return new StartFailures(lines.isEmpty() ? "" : lines.get(0), failures);
  }

  /** For the store: a line with the circumstances, then one for each failure. */
  String text() {
    StringBuilder text = new StringBuilder(circumstances);
    inARow.forEach(failure -> text.append('\n').append(failure.at().getEpochSecond()).append(SEPARATOR).append(failure.node())
        .append(SEPARATOR).append(failure.cause()));
    return text.toString();
  }

  public boolean isEmpty() {
    return inARow.isEmpty();
  }

  public StartFailures with(int node, String cause, String now, Instant at) {
    List<Failure> all = new ArrayList<>(circumstances.equals(now) ? inARow : List.of());
    all.add(new Failure(at, node, cause.replaceAll("[\\s\\p{Cntrl}]+", " ").strip()));
    return new StartFailures(now, all.size() > MOST ? all.subList(all.size() - MOST, all.size()) : all);
  }

  /** The same at other times. */
  StartFailures shifted(UnaryOperator<Instant> clock) {
    return new StartFailures(circumstances, inARow.stream()
        .map(failure -> new Failure(clock.apply(failure.at()), failure.node(), failure.cause())).toList());
  }

  /** When the last of them was seen. */
  public Instant last() {
    return inARow.get(inARow.size() - 1).at();
  }

  /** Whether they are so many, of more than one node, that nothing may grow for now. */
  public boolean stopGrowth() {
    if (inARow.isEmpty()) {
      return false;
    }
    return inARow.size() >= FOR_ANY_CAUSE && nodes(inARow) > 1 || ofLastCause().size() >= FOR_ONE_CAUSE && nodes(ofLastCause()) > 1;
  }

  /** When a trial may show whether the cause is still there. */
  public Instant trialAt() {
    return BackOff.after(Math.max(0, inARow.size() - FOR_ONE_CAUSE), last());
  }

  /** What was said last; the same cause may have been said in other numbers. */
  public String cause() {
    return inARow.get(inARow.size() - 1).cause();
  }

  /** The last ones that have one cause. */
  List<Failure> ofLastCause() {
    String kind = Cause.kind(cause());
    List<Failure> same = new ArrayList<>();
    for (int i = inARow.size() - 1; i >= 0 && Cause.kind(inARow.get(i).cause()).equals(kind); i--) {
      same.add(inARow.get(i));
    }
    return same;
  }

  /** How many starts failed and why, a clause without a remedy. */
  public String words() {
    List<Failure> same = ofLastCause();
    boolean forOneCause = same.size() >= FOR_ONE_CAUSE;
    List<Failure> counted = forOneCause ? same : inARow;
    return counted.size() + " starts in a row failed, of " + nodes(counted) + " nodes" + (forOneCause ? "" : ", the last one")
        + Optional.of(cause()).filter(said -> !said.isEmpty()).map(said -> " (" + said + ")").orElse("");
  }

  private static long nodes(List<Failure> failures) {
    return failures.stream().map(Failure::node).distinct().count();
  }
}
