package dev.wnm.managers.launchd;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells property lists as wnm wrote them from those that someone else made or edited: a comment at the top holds a digest of
 * what follows it. wnm writes anew only what it wrote.
 */
final class Seal {
  private static final String BEGIN = PropertyList.HEAD
      + "<!-- Written by wnm, and again when settings change; edit it, and wnm leaves it as it is. SHA-256 of the rest: ";
  private static final String END = " -->\n";

  private Seal() {}

  /** A whole file. @param body all after the head */
  static String put(String body) {
    return BEGIN + digest(body) + END + body;
  }

  /** Whether nobody has changed the file since wnm wrote it. */
  static boolean isWhole(String file) {
    int body = file.indexOf(END) + END.length();
    return file.startsWith(BEGIN) && body >= END.length() && put(file.substring(body)).equals(file);
  }

  private static String digest(String body) {
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
