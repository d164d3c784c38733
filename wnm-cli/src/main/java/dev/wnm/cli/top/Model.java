package dev.wnm.cli.top;

import dev.wnm.core.report.NodeLine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is seen and chosen. Immutable.
 *
 * @param sight what is known of the colony
 * @param view what is shown
 * @param before what is shown again after it
 * @param filter which nodes, as {@code --filter} has it; empty for all
 * @param sort in which order, as {@code --sort} has it; empty for that of the colony
 * @param rows those nodes
 * @param cursor the place of one of them; 0 where there is none
 * @param marked the numbers of nodes that were chosen
 * @param scroll how many lines of a text are above the screen
 * @param input what is being typed
 * @param note what the last key has to say; empty for nothing
 * @param took how long it took to show the last of them; empty unless that was asked for
 * @param isOver whether the screen is to be left
 */
record Model(Sight sight, View view, View before, String filter, String sort, Rows rows, int cursor, Set<Integer> marked, int scroll, Input input,
    String note, Optional<Duration> took, boolean isOver) {
  /** Before anything is known. */
  static final Model FIRST =
      new Model(Sight.NOTHING, View.NOW, View.NOW, "", "", Rows.NONE, 0, Set.of(), 0, Input.NONE, "", Optional.empty(), false);

  /**
   * What is being typed.
   *
   * @param kind of what it is a part
   * @param text so far
   */
  record Input(Kind kind, String text) {
    static final Input NONE = new Input(Kind.NONE, "");

    /** Of what it is a part. */
    enum Kind {
      NONE,
      FILTER,
      /** After {@code g}, the letter of a view follows. */
      GO
    }
  }

  /** The same with newer data: the cursor stays on its node, and what is gone is no longer marked. */
  Model seeing(Sight newer) {
    if (newer == sight) {
      return this;
    }
    Optional<NodeLine> current = current();
    Rows found = Rows.of(newer.snapshot(), filter, sort);
    Set<Integer> there = newer.snapshot().map(Snapshot::lines).orElse(List.of()).stream().map(line -> line.node().id()).collect(Collectors.toSet());
    Set<Integer> kept = marked.stream().filter(there::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    int place = current.map(line -> placeOf(found, line.node().id())).filter(at -> at >= 0).orElse(cursor);
    return new Model(newer, view, before, filter, sort, found, within(place, found), kept, scroll, input, note, took, isOver);
  }

  private static int placeOf(Rows rows, int id) {
    for (int i = 0; i < rows.lines().size(); i++) {
      if (rows.lines().get(i).node().id() == id) {
        return i;
      }
    }
    return -1;
  }

  private static int within(int place, Rows rows) {
    return Math.max(0, Math.min(place, rows.lines().size() - 1));
  }

  /** The node under the cursor. */
  Optional<NodeLine> current() {
    return cursor < rows.lines().size() ? Optional.of(rows.lines().get(cursor)) : Optional.empty();
  }

  /** The marked nodes; where none is, the one under the cursor. */
  List<NodeLine> chosen() {
    return marked.isEmpty() ? current().stream().toList()
        : sight.snapshot().map(Snapshot::lines).orElse(List.of()).stream().filter(line -> marked.contains(line.node().id())).toList();
  }

  Model showing(View next) {
    return new Model(sight, next, next.isMain() ? next : view.isMain() ? view : before, filter, sort, rows, cursor, marked, 0, Input.NONE, "", took, isOver);
  }

  Model filtering(String text) {
    Rows found = Rows.of(sight.snapshot(), text, sort);
    return new Model(sight, View.NODES, View.NODES, text, sort, found, 0, marked, 0, Input.NONE, found.wrong(), took, isOver);
  }

  /** The same in another order: the cursor stays on its node. @param next as {@code --sort} has it; empty for that of the colony */
  Model sorted(String next) {
    Rows found = Rows.of(sight.snapshot(), filter, next);
    int place = current().map(line -> placeOf(found, line.node().id())).orElse(0);
    return new Model(sight, view, before, filter, next, found, within(place, found), marked, scroll, input,
        next.isEmpty() ? "in the order of the colony" : "--sort " + next, took, isOver);
  }

  Model timed(Optional<Duration> next) {
    return new Model(sight, view, before, filter, sort, rows, cursor, marked, scroll, input, note, next, isOver);
  }

  /** @param steps down, or up where below 0: nodes where these are shown, else lines */
  Model moved(int steps) {
    return view == View.NODES ? new Model(sight, view, before, filter, sort, rows, within(cursor + steps, rows), marked, 0, input, "", took, isOver)
        : saying("").scrolledTo(Math.max(0, scroll + steps));
  }

  Model scrolledTo(int line) {
    return new Model(sight, view, before, filter, sort, rows, cursor, marked, line, input, note, took, isOver);
  }

  Model marking(Set<Integer> ids) {
    return new Model(sight, view, before, filter, sort, rows, cursor, Set.copyOf(ids), scroll, input, ids.isEmpty() ? "" : ids.size() + " marked", took, isOver);
  }

  Model typing(Input next) {
    return new Model(sight, view, before, filter, sort, rows, cursor, marked, scroll, next, "", took, isOver);
  }

  Model saying(String next) {
    return new Model(sight, view, before, filter, sort, rows, cursor, marked, scroll, Input.NONE, next, took, isOver);
  }

  Model over() {
    return new Model(sight, view, before, filter, sort, rows, cursor, marked, scroll, input, note, took, true);
  }
}
