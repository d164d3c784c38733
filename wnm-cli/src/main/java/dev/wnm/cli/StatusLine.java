package dev.wnm.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream to a terminal whose last line may be one that is drawn again and again. What else is written goes above it. Safe for use
 * from many threads.
 */
final class StatusLine extends OutputStream {
  /** To the first column, and all behind it blank. */
  private static final byte[] ERASE = "\r\u001b[K".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream terminal;
  private byte[] drawn = {};
  private boolean isAtLineStart = true;

  StatusLine(OutputStream terminal) {
    this.terminal = terminal;
  }

  /** Draws the line in the place of the one before. @param text of one line that fits the terminal; empty takes it away */
  synchronized void draw(String text) throws IOException {
    if (isAtLineStart) {
      erase();
      drawn = text.getBytes(StandardCharsets.UTF_8);
      terminal.write(drawn);
      terminal.flush();
    }
  }

  @Override
  public synchronized void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) {
      erase();
      terminal.write(bytes, from, length);
      isAtLineStart = bytes[from + length - 1] == '\n';
      if (isAtLineStart) {
        terminal.write(drawn);
      }
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    terminal.flush();
  }

  private void erase() throws IOException {
    if (drawn.length > 0 && isAtLineStart) {
      terminal.write(ERASE);
    }
  }
}
