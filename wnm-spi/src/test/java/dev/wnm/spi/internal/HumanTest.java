package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.9Z");

  @ParameterizedTest
  @CsvSource({"0,0 B", "512,512 B", "999,999 B", "1000,1.0 kB", "12345,12.3 kB", "97810000,97.8 MB", "99949999,99.9 MB", "99999999,100 MB",
      "123456789,123 MB", "999499999,999 MB", "999999999,1.0 GB", "1500000000000,1.5 TB", "9223372036854775807,9.2 EB"})
  void bytesHaveThreeDigitsAtMost(long bytes, String words) {
    assertThat(Human.bytes(bytes)).isEqualTo(words);
    assertThat(Human.rate(bytes)).isEqualTo(words + "/s");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "999,999", "1000,1.0 k", "1234,1.2 k", "2064384,2.1 M", "12345678,12.3 M"})
  void countsAreShortened(long count, String words) {
    assertThat(Human.count(count)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.03,0.03 %", "0.004,0.00 %", "0.996,1.0 %", "4.25,4.3 %", "64.1,64.1 %", "99.04458598726114,99.0 %", "99.97,100 %",
      "340.4,340 %", "NaN,unknown %"})
  void percentagesHaveNoMoreDigitsThanTheyAreWorth(double percent, String words) {
    assertThat(Human.percent(percent)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "30m,1800", "2h,7200", "1d,86400", "0s,0"})
  void aTimeIsReadByItsUnit(String text, long seconds) {
    assertThat(Human.span(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5h", "1h30m", "9999999999s", "1w", " 1s"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Human.span(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("such as 90s, 30m, 2h or 1d");
  }

  @ParameterizedTest
  @CsvSource({"-5,0 s", "0,0 s", "119,119 s", "120,2 min", "7199,119 min", "7200,2 h", "172799,47 h", "172800,2 d", "1036800,12 d", "63072000,2 y"})
  void timesAreInTheLargestUnitThatSaysEnough(long seconds, String words) {
    assertThat(Human.time(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @Test
  void whatIsLongAgoSaysHowLong() {
    assertThat(Human.ago(NOW.minusSeconds(40), NOW)).isEqualTo("40 s ago");
    assertThat(Human.ago(NOW.plusSeconds(40), NOW)).isEqualTo("at 2026-11-30T12:00:40Z, which is yet to come by the clock of this machine");
    assertThat(Human.atAndAgo(NOW.minusSeconds(10_800), NOW)).isEqualTo("2026-11-30T09:00:00Z, 3 h ago");
    assertThat(Human.atAndAgo(NOW.plusSeconds(10_800), NOW)).isEqualTo("2026-11-30T15:00:00Z");
  }

  @Test
  void whatTookShortIsToldInTenths() {
    assertThat(Human.took(Duration.ofMillis(240))).isEqualTo("0.2 s");
    assertThat(Human.took(Duration.ofMillis(9_940))).isEqualTo("9.9 s");
    assertThat(Human.took(Duration.ofMillis(12_700))).isEqualTo("12 s");
    assertThat(Human.took(Duration.ofMinutes(3))).isEqualTo("3 min");
  }
}
