package dev.wnm.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  @Test
  void keepsWhatWasKnownWhenAReadingFailsAndRecovers() {
    AtomicInteger readings = new AtomicInteger();
    try (Reader reader = new Reader(() -> {
      if (readings.incrementAndGet() > 1) {
        throw new IllegalStateException("the disk is away");
      }
      return Sample.snapshot(Sample.running(2));
    }, SHORT)) {
      Eventually.eventually("a reading failed", () -> reader.sight().trouble().equals("the disk is away"));
      assertThat(reader.sight().snapshot()).isPresent();
    }
  }

  @Test
  void answersAtOnceWhileAReadingHangs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Reader reader = new Reader(() -> {
      end.await();
      return Sample.snapshot(Sample.running(2));
    }, SHORT)) {
      assertThat(reader.sight()).isEqualTo(Sight.NOTHING);
      end.countDown();
    }
  }
}
