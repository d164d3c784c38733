package dev.wnm.core.model;

import java.nio.file.Path;

/**
 * What a colony's name is in things outside its folders, such as containers and rules of a firewall, so that the colonies of
 * one machine do not take each other's for theirs. Follows from the node storage: another folder, another tag.
 *
 * @param text {@code wnm-} and 8 hex digits
 */
public record ColonyTag(String text) {
  private static final int FINGERPRINT_BYTES = 4;

  public ColonyTag {
    if (!text.matches("wnm-[0-9a-f]{8}")) {
      throw new IllegalArgumentException("a colony's tag is wnm- and 8 hex digits, not '" + text + "'");
    }
  }

  public static ColonyTag of(Path nodeStorage) {
    return new ColonyTag("wnm-" + Fingerprint.of(nodeStorage.toString(), FINGERPRINT_BYTES));
  }

  @Override
  public String toString() {
    return text;
  }
}
