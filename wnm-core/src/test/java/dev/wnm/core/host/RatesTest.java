package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.HostCounters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void ratesAreDifferencesPerSecond() {
    assertThat(Rates.between(at(0, 1_000, 700, 100, 10_000, 20_000, 30_000, 40_000),
        at(10_000, 2_000, 1_450, 150, 15_000, 20_000, 30_015, 1_040_000)))
        .isEqualTo(rates(25, 5, 500, 0, 1, 100_000));
  }

  @Test
  void waitingForDisksCountsAsUsed() {
    assertThat(Rates.between(at(0, 0, 0, 0), at(1_000, 100, 0, 100)).usedCpuPercent()).hasValue(100);
  }

  @Test
  void countersThatWentBackwardsAreUnknown() {
    Rates rates = Rates.between(at(0, 0, 0, 0, 10_000, 10_000, 10_000, 10_000), at(1_000, 100, 100, 0, 9_999, 0, 5, 10_001));
    assertThat(rates.diskRead()).isEmpty();
    assertThat(rates.diskWrite()).isEmpty();
    assertThat(rates.netRead()).isEmpty();
    assertThat(rates.netWrite()).hasValue(1);
  }

  @Test
  void idleTimeThatWentBackwardsIsNotAHundredPercentOfUse() {
    Rates rates = Rates.between(at(0, 1_000, 900, 50), at(1_000, 1_100, 890, 40));
    assertThat(rates.usedCpuPercent()).isEmpty();
    assertThat(rates.ioWaitPercent()).isEmpty();
  }

  @Test
  void timeOfWaitingThatWasTakenBackHidesNoIdleTime() {
    assertThat(Rates.between(at(0, 1_000, 900, 50), at(1_000, 1_098, 1_000, 48)).usedCpuPercent()).hasValue(0);
  }

  @Test
  void moreIdleTimeThanTimeIsUnknown() {
    assertThat(Rates.between(at(0, 1_000, 0, 0), at(1_000, 1_100, 200, 0)).usedCpuPercent()).isEmpty();
  }

  @Test
  void nothingIsKnownWithoutCounters() {
    HostCounters none = new HostCounters("b", Instant.EPOCH, Map.of());

    assertThat(Rates.between(none, none)).isEqualTo(new Rates(OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
  }

  @Property
  void percentagesStayWithinBoundsAndRatesAreNeverNegative(@ForAll long[] first, @ForAll long[] last, @ForAll int millis) {
    Rates rates = Rates.between(at(0, first), at(millis, last));

    rates.usedCpuPercent().ifPresent(percent -> assertThat(percent).isBetween(0.0, 100.0));
    rates.ioWaitPercent().ifPresent(percent -> assertThat(percent).isBetween(0.0, 100.0));
    assertThat(new OptionalLong[] {rates.diskRead(), rates.diskWrite(), rates.netRead(), rates.netWrite()})
        .allMatch(value -> value.orElse(0) >= 0);
  }

  private static Rates rates(double cpu, double wait, long... rates) {
    return new Rates(OptionalDouble.of(cpu), OptionalDouble.of(wait), OptionalLong.of(rates[0]), OptionalLong.of(rates[1]),
        OptionalLong.of(rates[2]), OptionalLong.of(rates[3]));
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
