package dev.wnm.core.history;

import java.time.Instant;
import java.util.Map;

/**
 * The settings that decisions depend on, from a time on until the next change.
 *
 * @param since from when on they held
 * @param settings as texts by name
 */
public record SettingsChange(Instant since, Map<String, String> settings) {
  public SettingsChange {
    settings = Map.copyOf(settings);
  }
}
