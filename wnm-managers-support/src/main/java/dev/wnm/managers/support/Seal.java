package dev.wnm.managers.support;

import dev.wnm.spi.internal.Fingerprint;

/**
 * Tells files as wnm wrote them from those that someone else made or edited: a comment at the top holds a fingerprint of what
 * follows it. wnm writes anew only what it wrote.
 *
 * @param begin the file's text up to the fingerprint
 * @param end what is between the fingerprint and the rest, its line break included
 */
public record Seal(String begin, String end) {
  private static final int FINGERPRINT_BYTES = 8;

  /** A whole file. @param body all after the comment */
  public String put(String body) {
    return begin + Fingerprint.of(body, FINGERPRINT_BYTES) + end + body;
  }

  /** Whether nobody has changed the file since wnm wrote it. */
  public boolean isWhole(String file) {
    int body = file.indexOf(end) + end.length();
    return file.startsWith(begin) && body >= end.length() && put(file.substring(body)).equals(file);
  }
}
