package dev.wnm.web.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes JSON in printable ASCII alone, which means the same: whoever shows it in a terminal, such as by {@code curl}, is not steered by
 * what is in it. Outside of its texts JSON has nothing but ASCII; line ends stay.
 */
final class AsciiJson extends Writer {
  private static final int BUFFER_BYTES = 4 << 10;
  private static final int LONGEST = 6;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;

  AsciiJson(OutputStream out) {
    this.out = out;
  }

  /** The same JSON. */
  static String of(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length());
    try (AsciiJson writer = new AsciiJson(bytes)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      if (filled > BUFFER_BYTES - LONGEST) {
        empty();
      }
      char c = text[i];
      if (' ' <= c && c <= '~' || c == '\n') {
        buffer[filled++] = (byte) c;
      } else {
        byte[] escaped = String.format(Locale.ROOT, "\\u%04x", (int) c).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(escaped, 0, buffer, filled, escaped.length);
        filled += escaped.length;
      }
    }
  }

  private void empty() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  @Override
  public void flush() throws IOException {
    empty();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    empty();
    out.close();
  }
}
