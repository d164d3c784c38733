package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.HostCounters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void ratesAreDifferencesPerSecond() {
    assertThat(Rates.between(at(0, 1_000, 700, 100, 10_000, 20_000, 30_000, 40_000),
        at(10_000, 2_000, 1_450, 150, 15_000, 20_000, 30_015, 1_040_000)))
        .isEqualTo(new Rates(25, 5, 500, 0, 1, 100_000));
  }

  @Test
  void waitingForDisksCountsAsUsed() {
    assertThat(Rates.between(at(0, 0, 0, 0), at(1_000, 100, 0, 100)).usedCpuPercent()).isEqualTo(100);
  }

  @Test
  void countersThatWentBackwardsGiveZero() {
    assertThat(Rates.between(at(0, 0, 0, 0, 10_000, 10_000, 10_000, 10_000), at(1_000, 100, 100, 0, 9_999, 0, 5, 10_001)))
        .isEqualTo(new Rates(0, 0, 0, 0, 0, 1));
  }

  @Test
  void idleTimeThatWentBackwardsDoesNotMakeMoreThanAHundredPercent() {
    assertThat(Rates.between(at(0, 1_000, 900, 50), at(1_000, 1_100, 890, 40))).isEqualTo(new Rates(100, 0, 0, 0, 0, 0));
  }

  @Test
  void nothingIsKnownWithoutCounters() {
    HostCounters none = new HostCounters("b", Instant.EPOCH, Map.of());

    assertThat(Rates.between(none, none)).isEqualTo(new Rates(0, 0, 0, 0, 0, 0));
  }

  @Property
  void percentagesStayWithinBoundsAndRatesAreNeverNegative(@ForAll long[] first, @ForAll long[] last, @ForAll int millis) {
    Rates rates = Rates.between(at(0, first), at(millis, last));

    assertThat(rates.usedCpuPercent()).isBetween(0.0, 100.0);
    assertThat(rates.ioWaitPercent()).isBetween(0.0, 100.0);
    assertThat(new long[] {rates.diskRead(), rates.diskWrite(), rates.netRead(), rates.netWrite()})
        .matches(values -> LongStream.of(values).allMatch(value -> value >= 0));
  }

  /** Counters in the order of {@link Counter}; those that are left out are missing. */
  private static HostCounters at(long millis, long... values) {
    Map<String, Long> byKey = new HashMap<>();
    for (int i = 0; i < Math.min(values.length, Counter.values().length); i++) {
      byKey.put(Counter.values()[i].key(), values[i]);
    }
    return new HostCounters("b", Instant.ofEpochMilli(millis), byKey);
  }
}
