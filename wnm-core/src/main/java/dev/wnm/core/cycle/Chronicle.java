package dev.wnm.core.cycle;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.model.HostCounters;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/** Writes down for history what a cycle decides, from what, and what of it is done. */
final class Chronicle {
  private static final Set<ActionType> LOOKS = EnumSet.of(ActionType.SURVEY, ActionType.RESURVEY);

  private final CycleContext context;
  private final CycleRecord cycle;
  private OptionalLong decision = OptionalLong.empty();

  /** @param input what the cycle decides from @param outlook what it decides, and why not more */
  Chronicle(CycleContext context, DecisionInput input, Outlook outlook) {
    this.context = context;
    cycle = new CycleRecord(context.now(), input, outlook, context.settings().ofDecisions());
  }

  /** Comes before the decision is carried out: an operation in the journal names a decision that is kept. */
  void begin() {
    if (!context.isDryRun() && cycle.outlook().decision().actions().stream().anyMatch(action -> !LOOKS.contains(action.type()))) {
      decision = OptionalLong.of(context.store().recordDecision(cycle));
      context.follow(decision);
    }
  }

  /** What is done from here on follows from something else. */
  void carriedOut() {
    context.follow(OptionalLong.empty());
  }

  /** Comes at the end of the cycle. */
  void end(Duration took, HostCounters counters) {
    if (!context.isDryRun()) {
      context.store().recordCycle(cycle, decision, took, counters);
    }
  }
}
