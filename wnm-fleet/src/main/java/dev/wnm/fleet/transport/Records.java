package dev.wnm.fleet.transport;

import java.util.List;
import java.util.Optional;

/**
 * Texts that operators share, by key: claims of blocks, roll-outs, wishes. Safe to use by several threads.
 *
 * <p>Keys are words of small letters, digits, {@code -} and {@code _} with dots in between, such as {@code claim.home.3}.
 */
public interface Records {
  /** What is kept; empty where there is nothing. @throws FleetException when that cannot be known now */
  Optional<Kept> read(String key) throws FleetException;

  /**
   * Keeps a text in place of another.
   *
   * @param expected the revision that was read; {@link Kept#NONE} where there is to be none yet
   * @return the new revision
   * @throws ConflictException when there is another; nothing was written
   * @throws FleetException when it is not known whether it was written
   */
  long write(String key, String text, long expected) throws FleetException;

  /** Keeps nothing any more. @throws ConflictException when there is another; nothing was deleted */
  void delete(String key, long expected) throws FleetException;

  /** The keys that begin with this, sorted. */
  List<String> keys(String beginning) throws FleetException;
}
