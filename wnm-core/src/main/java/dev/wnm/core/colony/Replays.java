package dev.wnm.core.colony;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.history.History;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.SettingsChange;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.whatif.replay.Replay;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.core.whatif.replay.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Replays of what a colony's database holds. */
final class Replays {
  /** As many as the database keeps. */
  private static final int MOST_OPERATIONS = 100_000;
  private static final Set<String> NAMES = Options.OF_DECISIONS.stream().map(Option::name).collect(Collectors.toSet());

  private Replays() {}

  /** @param present the settings in force, for times of which none are recorded @return empty when nothing is recorded of that time */
  static Optional<Replayed> of(History history, Settings present, TimeRange range, Map<String, String> tried, String where) {
    List<Moment> moments = new ArrayList<>();
    history.moments(range, moments::add);
    if (moments.isEmpty()) {
      return Optional.empty();
    }
    List<SettingsChange> changes = history.settings(range);
    return Optional.of(Replay.run(moments, history.operations(OperationQuery.of(range, MOST_OPERATIONS)),
        rules(changes, present, Map.of(), where), rules(changes, present, tried, where), tried));
  }

  private static Rules rules(List<SettingsChange> changes, Settings present, Map<String, String> tried, String where) {
    NavigableMap<Instant, Rules.Rule> rules = new TreeMap<>();
    for (SettingsChange change : changes) {
      Map<String, String> texts = new HashMap<>(change.settings());
      texts.keySet().retainAll(NAMES);
      rules.put(change.since(), rule(present.with(texts, "the history").with(tried, where)));
    }
    if (rules.isEmpty()) {
      rules.put(Instant.EPOCH, rule(present.with(tried, where)));
    }
    Rules.Rule first = rules.firstEntry().getValue();
    return time -> Optional.ofNullable(rules.floorEntry(time)).map(Map.Entry::getValue).orElse(first);
  }

  private static Rules.Rule rule(Settings settings) {
    return new Rules.Rule(settings.decisionLimits(), settings.get(Options.DELAY_START));
  }
}
