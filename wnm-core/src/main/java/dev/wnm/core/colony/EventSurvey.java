package dev.wnm.core.colony;

import dev.wnm.core.config.Settings;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Cause;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.KnownProblem;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.Release;
import dev.wnm.core.observation.Troubles;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.Problem;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.state.EventMarks;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.EventLog;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what is new since the last cycle that looked: by what is remembered in the database of that cycle, so that nothing is lost when
 * one is cut off before it comes to this.
 */
final class EventSurvey {
  /** What happened while nobody was to be told is no news. */
  private static final Duration NEWS = Duration.ofDays(1);
  /** Deaths that come one after another are told together. */
  private static final Duration BETWEEN_DEATHS = Duration.ofMinutes(10);
  /** After a reboot there are no rates until the second cycle. */
  private static final Duration TIME_TO_MEASURE = Duration.ofMinutes(10);
  private static final Duration LONG_WITHOUT_GROWTH = Duration.ofDays(1);
  /** A fleet that got a node within this time grows. */
  private static final Duration LATELY = Duration.ofHours(1);
  /** A roll-out that is under way: no problem, but remembered as one. */
  private static final String UNDER_WAY = "roll-out";

  private final Settings settings;
  private final ColonyStore store;
  private final EventLog log;
  private final Map<String, String> stored;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final List<Differences.Wrong> wrong = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  /** @param stored what is remembered, as texts by name */
  EventSurvey(Settings settings, ColonyStore store, Map<String, String> stored, Instant now) {
    this.settings = settings;
    this.store = store;
    log = store.eventLog();
    this.stored = stored;
    this.now = now;
  }

  /** @param report of the cycle that is over; empty when it could not be run */
  EventLog.Found find(FleetStatus status, Optional<CycleReport> report) {
    deaths();
    operations(report);
    imageRollOut();
    List<KnownProblem> known = new ArrayList<>(log.problems());
    Optional<KnownProblem> underWay = known.stream().filter(problem -> problem.problem().equals(UNDER_WAY)).findFirst();
    underWay.ifPresent(known::remove);
    problems(status);
    nodes(status);
    growth(status);
    Differences differences = Differences.between(known, wrong, now);
    List<KnownProblem> problems = new ArrayList<>(differences.problems());
    programRollOut(status, underWay).ifPresent(problems::add);
    events.addAll(differences.events());
    return new EventLog.Found(events, problems, texts);
  }

  private void deaths() {
    if (!stored.containsKey(EventMarks.INCIDENT)) {
      texts.put(EventMarks.INCIDENT, Long.toString(log.lastIncident()));
      return;
    }
    if (log.last(Event.Kind.DIED).filter(last -> last.plus(BETWEEN_DEATHS).isAfter(now)).isPresent()) {
      return;
    }
    List<Incident> deaths = log.deathsAfter(number(EventMarks.INCIDENT), now.minus(NEWS));
    texts.put(EventMarks.INCIDENT, Long.toString(log.lastIncident()));
    if (!deaths.isEmpty()) {
      List<String> nodes = deaths.stream().map(Incident::service).distinct().toList();
      String cause = deaths.get(0).words();
      boolean isOne = deaths.stream().map(death -> Cause.kind(death.cause())).distinct().count() == 1;
      events.add(new Event(0, Event.Kind.DIED, now, Troubles.DIED, (nodes.size() == 1 ? "" : nodes.size() + " nodes died: ") + Troubles.list(nodes) + " "
          + cause + (isOne ? "" : ", and others for other reasons"), nodes.size() == 1 ? "wnm --explain " + nodes.get(0).replaceFirst("\\.service$", "")
          : "wnm --history --since 1h", nodes, nodes.size()));
    }
  }

  private void operations(Optional<CycleReport> report) {
    Set<Long> open = Arrays.stream(stored.getOrDefault(EventMarks.OPEN_OPERATIONS, "").split(",")).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf)
        .collect(Collectors.toSet());
    if (stored.containsKey(EventMarks.OPERATION)) {
      log.failures(number(EventMarks.OPERATION), open, now.minus(NEWS)).forEach(this::failed);
    }
    texts.put(EventMarks.OPERATION, Long.toString(log.lastOperation()));
    texts.put(EventMarks.OPEN_OPERATIONS, log.openOperations().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
    // What is done to whole groups is in no journal.
    report.stream().flatMap(cycle -> cycle.outcomes().stream()).filter(outcome -> !outcome.succeeded() && outcome.nodeId() == 0)
        .forEach(outcome -> failed(outcome.kind(), outcome.service(), outcome.detail(), ""));
  }

  private void failed(PastOperation operation) {
    failed(operation.kind(), operation.service(), operation.detail(), operation.motive().askedBy());
  }

  private void failed(OperationKind kind, String service, String detail, String askedBy) {
    wrong.add(new Differences.Wrong(Event.Kind.FAILED, "failed-" + kind.name().toLowerCase(Locale.ROOT), Cause.kind(detail), false,
        kind.presentParticiple() + " " + service + " failed" + (askedBy.isEmpty() ? "" : ", asked for by " + askedBy) + (detail.isEmpty() ? "" : ": " + detail),
        "wnm --history --since 1h", Duration.ZERO));
  }

  private void imageRollOut() {
    Optional<CycleState.RollOutEnd> end = new CycleState(stored).rollOutEnd();
    String last = end.map(CycleState.RollOutEnd::toString).orElse("");
    texts.put(EventMarks.ROLL_OUT, last);
    if (stored.containsKey(EventMarks.ROLL_OUT) && !last.equals(stored.get(EventMarks.ROLL_OUT))) {
      end.ifPresent(over -> events.add(over.failure().isEmpty()
          ? Event.of(Event.Kind.ROLLOUT, now, "", "all container groups run on " + over.image() + " now", "")
          : Event.of(Event.Kind.ROLLOUT, now, "image", "the roll-out of " + over.image() + " stopped: " + over.failure(),
              "mend the image, then wnm --force_action upgrade_image")));
    }
  }

  private void problems(FleetStatus status) {
    for (Problem problem : StatusReport.problems(status)) {
      if (!problem.word().equals(Problem.NODES)) {
        Event.Kind kind = problem.word().equals(Problem.NO_UPGRADE) ? Event.Kind.ROLLOUT : Event.Kind.PROBLEM;
        wrong.add(new Differences.Wrong(kind, problem.word(), "", false, problem.what(), problem.mend(),
            problem.word().equals(Problem.UNMEASURED) ? TIME_TO_MEASURE : Duration.ZERO));
      }
    }
  }

  /** Nodes that are down since they died are told of when they die. */
  private void nodes(FleetStatus status) {
    for (Node node : status.nodes()) {
      Troubles.of(node, settings, now).filter(standing -> !standing.word().equals(Troubles.DIED)).ifPresent(standing -> wrong.add(
          new Differences.Wrong(Event.Kind.PROBLEM, standing.word(), node.service(), true, standing.words(),
              "wnm --explain " + node.service().replaceFirst("\\.service$", ""), Duration.ZERO)));
    }
  }

  private void growth(FleetStatus status) {
    List<String> reasons = status.outlook().notMore();
    boolean mayGrow = status.health().unusable().isEmpty() && status.nodes().size() < status.nodeCap();
    if (mayGrow && !reasons.isEmpty() && store.history().operations(OperationQuery.of(TimeRange.last(LATELY, now), 1).of(Set.of(OperationKind.ADD))
        .ended(Set.of(PastOperation.Ending.DONE))).isEmpty()) {
      wrong.add(new Differences.Wrong(Event.Kind.GROWTH, "held", "", false, "the fleet has " + status.nodes().size() + " of " + status.nodeCap()
          + " nodes and has not grown for " + Human.time(LONG_WITHOUT_GROWTH) + ": " + String.join("; ", reasons), "wnm --why_not add",
          LONG_WITHOUT_GROWTH));
    }
  }

  /** @return what is remembered of a roll-out that goes on */
  private Optional<KnownProblem> programRollOut(FleetStatus status, Optional<KnownProblem> underWay) {
    Optional<Release> present = status.programs().present().filter(release -> status.programs().upgrades());
    boolean goesOn = status.nodes().stream().anyMatch(node -> node.isOutdatedBy(present));
    if (goesOn) {
      String words = present.map(release -> release.program().name() + " " + release.version()).orElseThrow();
      return Optional.of(new KnownProblem(UNDER_WAY, "", Event.Kind.ROLLOUT, words, underWay.map(KnownProblem::firstSeen).orElse(now), now, false));
    }
    long have = status.nodes().stream().filter(node -> present.isPresent() && node.isOf(present.get().program())
        && node.version().equals(Optional.of(present.get().version()))).count();
    if (have > 0) {
      underWay.ifPresent(rollOut -> events.add(Event.of(Event.Kind.ROLLOUT, now, "", have + (have == 1 ? " node is " : " nodes are ")
          + present.get().program().name() + " " + present.get().version() + " now, and none is older; that took "
          + Human.time(Duration.between(rollOut.firstSeen(), now)), "")));
    }
    return Optional.empty();
  }

  private long number(String name) {
    String text = stored.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
