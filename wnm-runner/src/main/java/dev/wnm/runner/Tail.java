package dev.wnm.runner;

import java.io.ByteArrayOutputStream;

/** Keeps the end of what is written to it. */
final class Tail extends ByteArrayOutputStream {
  private final int most;

  /** @param most how many bytes are kept at least; twice as many at most */
  Tail(int most) {
    this.most = most;
  }

  @Override
  public synchronized void write(int b) {
    super.write(b);
    cut();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    cut();
  }

  private void cut() {
    if (count > 2 * most) {
      System.arraycopy(buf, count - most, buf, 0, most);
      count = most;
    }
  }
}
