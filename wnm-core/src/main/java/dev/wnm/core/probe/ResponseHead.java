package dev.wnm.core.probe;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What matters of an HTTP/1.x response's status line and headers.
 *
 * @param status 100 to 599, or -1 when the status line has none
 * @param contentLength the body's length, when told in a form that can be read
 * @param chunked whether the body comes in chunks
 * @param keepsConnection whether the peer will take another request on this connection
 */
record ResponseHead(int status, OptionalLong contentLength, boolean chunked, boolean keepsConnection) {
  /** So many always fit in a long. */
  private static final int MOST_DIGITS = 18;

  static ResponseHead parse(String text) {
    String[] lines = text.split("\n");
    OptionalLong length = OptionalLong.empty();
    boolean chunked = false;
    boolean keep = lines[0].startsWith("HTTP/1.1");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = lines[i].substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        switch (name) {
          case "content-length" -> length = number(value);
          case "transfer-encoding" -> chunked = value.endsWith("chunked");
          case "connection" -> keep = keep ? !value.contains("close") : value.contains("keep-alive");
          default -> { }
        }
      }
    }
    return new ResponseHead(status(lines[0]), length, chunked, keep);
  }

  private static int status(String line) {
    String[] words = line.split(" ", 3);
    OptionalLong number = words.length > 1 && words[1].length() == 3 ? number(words[1]) : OptionalLong.empty();
    return number.isPresent() && number.getAsLong() >= 100 && number.getAsLong() < 600 ? (int) number.getAsLong() : -1;
  }

  private static OptionalLong number(String text) {
    boolean isNumber = !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
