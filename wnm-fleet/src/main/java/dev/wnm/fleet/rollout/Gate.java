package dev.wnm.fleet.rollout;

import dev.wnm.core.query.Query;
import dev.wnm.core.query.QueryException;
import dev.wnm.core.query.Truth;
import java.time.Instant;

/**
 * What has to hold of the hosts that have a version before others get it.
 *
 * @param text such as {@code running>=97% and dead<=1%}, in the language of {@code --filter}: {@code running}, {@code dead}, {@code updated}
 *     (per cent of the nodes) and {@code silent} (per cent of the hosts)
 */
public record Gate(String text) {
  public Gate {
    query(text);
  }

  private static Query<Figures> query(String text) {
    try {
      return Figures.FIELDS.query(text.replace("%", ""), Instant.EPOCH);
    } catch (QueryException wrong) {
      throw new IllegalArgumentException("the gate '" + text + "': " + wrong.getMessage(), wrong);
    }
  }

  /** Whether it holds, as far as that is known. */
  public Truth test(Figures figures) {
    Truth best = query(text).test(figures.atBest());
    return best == query(text).test(figures.atWorst()) ? best : Truth.UNKNOWN;
  }

  @Override
  public String toString() {
    return text;
  }
}
