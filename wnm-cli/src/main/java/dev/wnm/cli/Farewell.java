package dev.wnm.cli;

import dev.wnm.core.config.CommandWords;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.work.Work;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run says that was ended early: what is finished, of what nobody knows yet what becomes of it, and how to go on.
 *
 * @param order what it was to do; empty for a cycle
 * @param words its command line
 * @param registry reads them
 */
record Farewell(Optional<Order> order, List<String> words, OptionRegistry registry) {
  /** So many names are told. */
  private static final int MOST_NAMES = 3;
  /** More names than that are no command line to look at; then the number is said, where that means the same nodes. */
  private static final int MOST_NAMED = 20;
  /** Orders that go on where they were when they are given again. */
  private static final Set<String> REPEATABLE = Set.of("teardown", "upgrade_image");
  /** Orders of which no work on nodes is told. */
  static final Set<String> WITHOUT_WORK = Set.of("survey", Order.FORGET, "wnm-db-migration");

  /** One or two sentences. @param works what the run did, as far as it came */
  List<String> of(List<Work> works) {
    String finished = works.isEmpty() ? "nothing was begun" : works.stream().map(Work::summary).collect(Collectors.joining("; "));
    return List.of(finished + unsettled(works), next(works));
  }

  private static String unsettled(List<Work> works) {
    return works.stream().filter(work -> !work.underWay().isEmpty()).map(work -> {
      List<String> names = work.underWay();
      String shown = names.stream().limit(MOST_NAMES).map(PlainText::of).collect(Collectors.joining(", "))
          + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
      return "; " + (work.things() == Work.Things.GROUPS ? "group " : "") + shown + (names.size() == 1 ? " was" : " were") + " being "
          + work.kind().pastTense() + ", and the next run settles what becomes of " + (names.size() == 1 ? "it" : "them");
    }).collect(Collectors.joining());
  }

  private String next(List<Work> works) {
    if (order.isEmpty()) {
      return "the next cycle goes on by itself";
    }
    String action = order.get().action();
    if (action.equals(Order.RENEW)) {
      return "cycles go on by themselves";
    }
    Optional<Work> work = works.stream().filter(each -> each.things() == Work.Things.NODES).reduce((earlier, later) -> later);
    if (work.isEmpty() || REPEATABLE.contains(action)) {
      return command(words);
    }
    return rest(work.get()).map(Farewell::command)
        .orElse(work.get().done() == work.get().total() ? "nothing is left to do" : "nothing else is left to do");
  }

  private static String command(List<String> of) {
    return "to go on: wnm" + of.stream().map(word -> " " + Shell.argument(word)).collect(Collectors.joining());
  }

  /** The command line for what is left to do; empty when nothing is. */
  private Optional<List<String>> rest(Work work) {
    // What is under way may come to be, or not; what failed did not.
    int left = work.kind() == OperationKind.ADD ? work.total() - work.done() - work.underWay().size() : work.waiting().size();
    if (left == 0) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(CommandWords.without(registry, words, Set.of(Options.COUNT, Options.SERVICE_NAME)));
    boolean named = work.kind() != OperationKind.ADD
        && (!order.orElseThrow().names().isEmpty() || left <= MOST_NAMED || work.kind() == OperationKind.UPGRADE);
    command.add((named ? Options.SERVICE_NAME : Options.COUNT).toString());
    command.add(named ? work.waiting().stream().map(name -> name.replaceFirst("\\.service$", "")).collect(Collectors.joining(","))
        : Integer.toString(left));
    return Optional.of(command);
  }
}
