package dev.wnm.spi.model;

import dev.wnm.spi.internal.Fingerprint;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who a colony is: whatever wnm makes outside its database (storage folders, units, property lists, containers, rules of a
 * firewall) carries it, so that the colonies of one machine never take each other's things for theirs. It is drawn once,
 * when the database is made, and kept there.
 *
 * @param text {@code wnm-} and 8 hex digits
 */
public record ColonyId(String text) implements Comparable<ColonyId> {
  private static final int FINGERPRINT_BYTES = 4;

  public ColonyId {
    Objects.requireNonNull(text, "text");
    if (!text.matches("wnm-[0-9a-f]{8}")) {
      throw new IllegalArgumentException("a colony's id is wnm- and 8 hex digits, not '" + text + "'");
    }
  }

  /** A new one, which no other colony has. */
  public static ColonyId draw(RandomGenerator random) {
    return new ColonyId(String.format(Locale.ROOT, "wnm-%08x", random.nextInt()));
  }

  /**
   * That of a colony whose database has none: what a wnm that drew no ids marked its containers and rules with, which
   * followed from its node storage.
   */
  public static ColonyId of(Path nodeStorage) {
    return new ColonyId("wnm-" + Fingerprint.of(nodeStorage.toString(), FINGERPRINT_BYTES));
  }

  /** Written out, as {@link #hashCode} is: a cycle that needs none of those that Java makes for records at run time is faster. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ColonyId id && text.equals(id.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public int compareTo(ColonyId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
