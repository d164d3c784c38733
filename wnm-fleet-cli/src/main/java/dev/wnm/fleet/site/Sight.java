package dev.wnm.fleet.site;

import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.view.HostRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fleet at one moment.
 *
 * @param at when
 * @param rows its hosts
 * @param rollOut the roll-out, where there ever was one
 */
public record Sight(Instant at, List<HostRow> rows, Optional<RollOut> rollOut) {
  public Sight {
    rows = List.copyOf(rows);
  }

  /** What is believed later of what was seen then; still of that moment. */
  Sight at(Instant later) {
    return new Sight(at, rows.stream().map(row -> row.at(later)).toList(), rollOut);
  }
}
