package dev.wnm.core.report;

import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Motive;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of what was: a decision, an operation on a node, or what befell a node by itself.
 *
 * @param at when; of a decision that was taken again and again, for the last time
 * @param kind which of these
 * @param what what was to be done, was done or happened, in few words
 * @param nodeId on or to which node; empty for a decision
 * @param service that node's name at the time; empty for a decision
 * @param result how it ended; empty for what has no end
 * @param motive why, and on whose word; of an incident, the cause
 * @param detail why it failed, or what else is to be said of it; may be empty
 * @param took how long it took, where that is known
 * @param times how often a decision was taken in a row
 * @param now what ages are reckoned from
 */
public record HistoryLine(Instant at, Kind kind, String what, OptionalLong nodeId, String service, Optional<PastOperation.Ending> result,
    Motive motive, String detail, Optional<Duration> took, OptionalLong times, Instant now) {
  /** What can be told of. */
  public enum Kind {
    DECISION,
    OPERATION,
    INCIDENT
  }

  /** The newest first; what follows from a decision after it. */
  public static final Comparator<HistoryLine> NEWEST_FIRST = Comparator.comparing(HistoryLine::at).thenComparing(HistoryLine::kind)
      .thenComparing(line -> line.nodeId().orElse(0)).reversed();

  /** All that there is to tell. */
  public static final Columns<HistoryLine> ALL = new Columns<>(List.of(
      Column.time("time", "Time", (HistoryLine line) -> Optional.of(line.at), HistoryLine::now).aka("at").rank(0),
      Column.oneOf("kind", "Kind", Stream.of(Kind.values()).map(HistoryLine::word).toList(), (HistoryLine line) -> Optional.of(word(line.kind))),
      Column.text("what", "What", (HistoryLine line) -> Optional.of(line.what)).rank(0).cutTo(12).toned(HistoryLine::tone),
      Column.text("node", "Node", (HistoryLine line) -> Optional.of(line.service)).aka("service").rank(5).cutTo(11),
      Column.number("node_id", "Node id", (HistoryLine line) -> line.nodeId.isPresent() ? Optional.of(line.nodeId.getAsLong()) : Optional.empty()),
      Column.oneOf("result", "Result", Stream.of(PastOperation.Ending.values()).map(HistoryLine::word).toList(),
          (HistoryLine line) -> line.result.map(HistoryLine::word)).rank(10).toned(HistoryLine::tone),
      Column.text("why", "Why", (HistoryLine line) -> Optional.of(line.motive.reason())).aka("reason").rank(15).cutTo(20),
      Column.text("asked_by", "Asked by", (HistoryLine line) -> Optional.of(line.motive.askedBy())).rank(30),
      Column.text("detail", "Detail", (HistoryLine line) -> Optional.of(line.detail)).rank(20).cutTo(20),
      Column.number("decision", "Decision", (HistoryLine line) ->
          line.motive.decision().isPresent() ? Optional.of(line.motive.decision().getAsLong()) : Optional.empty()),
      Column.duration("took", "Took", HistoryLine::took),
      Column.count("times", "Times", (HistoryLine line) -> line.times.isPresent() ? Optional.of(line.times.getAsLong()) : Optional.empty())));

  /** A decision. What kept it from being more is its detail. */
  public static HistoryLine of(PastDecision decision, Instant now) {
    return new HistoryLine(decision.last(), Kind.DECISION, decision.actions().stream().map(PlannedAction::inWords).collect(Collectors.joining("; ")),
        OptionalLong.empty(), "", Optional.empty(), new Motive(decision.actions().stream().map(PlannedAction::reason).collect(Collectors.joining("; ")),
        OptionalLong.of(decision.id()), ""), Stream.concat(
            Stream.of(decision.times() + " times since " + Human.at(decision.first())).filter(words -> decision.times() > 1),
            decision.notMore().stream().map(clause -> "not more: " + clause)).collect(Collectors.joining("; ")),
        decision.took(), OptionalLong.of(decision.times()), now);
  }

  /** An operation. */
  public static HistoryLine of(PastOperation operation, Instant now) {
    return new HistoryLine(operation.begun(), Kind.OPERATION, operation.kind().name().toLowerCase(Locale.ROOT), OptionalLong.of(operation.nodeId()),
        operation.service(), Optional.of(operation.ending()), operation.motive(), operation.detail(),
        operation.ended().map(ended -> Duration.between(operation.begun(), ended)).filter(took -> !took.isNegative()), OptionalLong.empty(), now);
  }

  /** What befell a node. */
  public static HistoryLine of(Incident incident, Instant now) {
    return new HistoryLine(incident.seenAt(), Kind.INCIDENT, incident.kind().words(), OptionalLong.of(incident.nodeId()), incident.service(),
        Optional.empty(), Motive.of(incident.cause()), "", Optional.empty(), OptionalLong.empty(), now);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Tone tone(HistoryLine line) {
    return line.kind == Kind.INCIDENT || line.result.filter(ending -> ending == PastOperation.Ending.FAILED).isPresent() ? Tone.BAD
        : line.result.filter(ending -> ending == PastOperation.Ending.OPEN).isPresent() ? Tone.BUSY
        : line.kind == Kind.DECISION ? Tone.FAINT : Tone.PLAIN;
  }
}
