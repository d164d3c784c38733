package dev.wnm.core.colony;

import dev.wnm.core.model.Event;
import dev.wnm.core.model.KnownProblem;
import dev.wnm.core.observation.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is new between what was wrong and what is: each problem is an event when it begins and one when it is over, not as long as it
 * lasts. Pure functions.
 *
 * @param events in words, without numbers
 * @param problems what is known from now on
 */
record Differences(List<Event> events, List<KnownProblem> problems) {
  /**
   * Something that is wrong now.
   *
   * @param kind of which kind the event is that tells of it
   * @param problem the word for it
   * @param subject what tells it apart from others of that word; may be empty
   * @param isOfNode whether that is the service of a node
   * @param what it in words; without the name of the node where it is of one
   * @param mend what to do about it; may be empty
   * @param patience how long it has to last before it is an event
   */
  record Wrong(Event.Kind kind, String problem, String subject, boolean isOfNode, String what, String mend, Duration patience) {
    private String key() {
      return problem + "\n" + subject;
    }
  }

  static Differences between(Collection<KnownProblem> before, Collection<Wrong> now, Instant time) {
    Map<String, KnownProblem> known = new LinkedHashMap<>();
    before.forEach(problem -> known.put(key(problem), problem));
    List<Wrong> begun = new ArrayList<>();
    for (Wrong wrong : now) {
      KnownProblem last = known.get(wrong.key());
      Instant since = last == null ? time : last.firstSeen();
      boolean told = last != null && last.told();
      boolean isNews = !told && !since.plus(wrong.patience()).isAfter(time);
      if (isNews) {
        begun.add(wrong);
      }
      known.put(wrong.key(), new KnownProblem(wrong.problem(), wrong.subject(), wrong.kind(), wrong.what(), since, time, told || isNews));
    }
    List<KnownProblem> over = known.values().stream().filter(problem -> problem.isOver(time)).toList();
    List<Event> events = new ArrayList<>(told(begun, Wrong::problem, (first, members) -> begun(first, members, time)));
    events.addAll(told(over.stream().filter(KnownProblem::endIsNews).toList(), KnownProblem::problem, (first, members) -> over(first, members, time)));
    return new Differences(events, known.values().stream().filter(problem -> !problem.isOver(time)).toList());
  }

  private static String key(KnownProblem problem) {
    return problem.problem() + "\n" + problem.subject();
  }

  /** One event for many nodes with one problem. */
  private static <T> List<Event> told(List<T> all, Function<T, String> word, BiFunction<T, List<T>, Event> event) {
    return all.stream().collect(Collectors.groupingBy(word, LinkedHashMap::new, Collectors.toList())).values().stream()
        .map(members -> event.apply(members.get(0), members)).toList();
  }

  private static Event begun(Wrong first, List<Wrong> members, Instant time) {
    if (!first.isOfNode()) {
      String others = members.size() == 1 ? "" : ", and " + (members.size() - 1) + " more like it";
      return Event.of(first.kind(), time, first.problem(), first.what() + others, first.mend());
    }
    List<String> nodes = members.stream().map(Wrong::subject).toList();
    return new Event(0, first.kind(), time, first.problem(), Troubles.list(nodes) + " " + first.what(), first.mend(), nodes, nodes.size());
  }

  private static Event over(KnownProblem first, List<KnownProblem> members, Instant time) {
    List<String> nodes = members.stream().map(KnownProblem::subject).filter(subject -> !subject.isEmpty()).toList();
    return new Event(0, Event.Kind.SOLVED, time, first.problem(), "no longer so: " + (nodes.isEmpty() ? "" : Troubles.list(nodes) + " ") + first.what(),
        "", nodes, nodes.size());
  }
}
