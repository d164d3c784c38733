package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** How long a colony takes to grow to its cap by its settings. */
final class Growth {
  /** How often cron runs wnm. */
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  private Growth() {}

  static Optional<GrowthForecast> of(Settings settings, Collection<Node> nodes, Instant now) {
    return GrowthForecast.of(FleetCounts.of(nodes, Optional.empty(), now), settings.get(Options.NODE_CAP),
        settings.decisionLimits().concurrency(), settings.get(Options.DELAY_START),
        settings.find(Options.WATCH).orElse(USUAL_INTERVAL));
  }
}
