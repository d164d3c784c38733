package dev.wnm.core.model;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a colony's name is in things outside its folders, such as containers and rules of a firewall, so that the colonies of
 * one machine do not take each other's for theirs. Follows from the node storage: another folder, another tag.
 *
 * @param text {@code wnm-} and 8 hex digits
 */
public record ColonyTag(String text) {
  private static final int HASH_BYTES = 4;

  public ColonyTag {
    if (!text.matches("wnm-[0-9a-f]{8}")) {
      throw new IllegalArgumentException("a colony's tag is wnm- and 8 hex digits, not '" + text + "'");
    }
  }

  public static ColonyTag of(Path nodeStorage) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(nodeStorage.toString().getBytes(StandardCharsets.UTF_8));
      return new ColonyTag("wnm-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
