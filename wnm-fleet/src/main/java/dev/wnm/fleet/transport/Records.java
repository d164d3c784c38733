package dev.wnm.fleet.transport;

import java.util.Optional;
import java.util.SortedMap;

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

  /**
   * All that is kept under keys that begin with some words, by key: as one question, however many there are.
   *
   * @param beginning words, each with a dot after it, such as {@code claim.home.}
   */
  SortedMap<String, Kept> all(String beginning) throws FleetException;
}
