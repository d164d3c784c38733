package dev.wnm.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.zeroturnaround.exec.stream.PumpStreamHandler;

/**
 * Feeds a program its input, drains both its outputs at once, and after its end waits only shortly for the rest: a program
 * that leaves a child in the background (as daemons do) leaves its output open as well, and nobody wants to wait for that
 * child.
 */
final class BoundedPumps extends PumpStreamHandler {
  private static final Duration REST_GRACE = Duration.ofSeconds(2);

  private final String text;

  /** @param text what the program reads; its stdin is closed after it */
  BoundedPumps(OutputStream out, OutputStream err, String text) {
    super(out, err);
    this.text = text;
  }

  @Override
  public void setProcessInputStream(OutputStream stdin) {
    inputThread = newThread(() -> feed(stdin));
  }

  @Override
  public void stop() {
    long end = System.nanoTime() + REST_GRACE.toNanos();
    try {
      for (Thread pump : new Thread[] {outputThread, errorThread}) {
        pump.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void feed(OutputStream stdin) {
    try (stdin) {
      stdin.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The program ended or closed its stdin without reading all: its own business, its exit code tells.
    }
  }
}
