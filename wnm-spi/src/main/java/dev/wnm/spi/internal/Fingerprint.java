package dev.wnm.spi.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A few characters that differ where texts do. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The beginning of a text's SHA-256.
   *
   * @param bytes how much of it, 1 to 32; each byte is two hex digits
   */
  public static String of(String text, int bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
