package dev.wnm.cli.top;

import java.util.Optional;

/**
 * What is known of the colony.
 *
 * @param snapshot the last that was read; empty as long as none was
 * @param trouble why there is none or it is old, a sentence; empty when the last reading went well
 */
record Sight(Optional<Snapshot> snapshot, String trouble) {
  /** Before the first reading. */
  static final Sight NOTHING = new Sight(Optional.empty(), "");

  /** The same, of which no newer could be read. */
  Sight failed(String why) {
    return new Sight(snapshot, why);
  }
}
