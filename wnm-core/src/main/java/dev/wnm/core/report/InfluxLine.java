package dev.wnm.core.report;

import dev.wnm.spi.internal.PlainText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One line of InfluxDB's line protocol while it is put together. The type of a field is in how it is written, and InfluxDB refuses
 * a field that had another type before: whole numbers end in {@code i}, decimal ones do not, texts are in quotes. What is not
 * known becomes no field, never 0.
 */
final class InfluxLine {
  private final StringBuilder series;
  private final List<String> fields = new ArrayList<>();

  /** @param measurement without blanks, commas and quotes, as all names here */
  InfluxLine(String measurement) {
    series = new StringBuilder(measurement);
  }

  /** @param instant cut off to a whole number of steps */
  static String time(Instant instant, Duration step) {
    BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond()).multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(instant.getNano()));
    return nanos.subtract(nanos.mod(BigInteger.valueOf(step.toNanos()))).toString();
  }

  InfluxLine tag(String name, String value) {
    series.append(',').append(name).append('=').append(value);
    return this;
  }

  InfluxLine text(String field, Optional<String> value) {
    value.ifPresent(text -> fields.add(field + "=\"" + PlainText.of(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    return this;
  }

  InfluxLine whole(String field, OptionalLong value) {
    value.ifPresent(number -> fields.add(field + "=" + number + "i"));
    return this;
  }

  InfluxLine decimal(String field, OptionalDouble value) {
    value.ifPresent(number -> fields.add(field + "=" + Decimals.text(number)));
    return this;
  }

  /** A decimal of more digits than a double has. */
  InfluxLine exact(String field, Optional<BigDecimal> value) {
    value.ifPresent(number -> fields.add(field + "=" + number.toPlainString()));
    return this;
  }

  /** The whole line; empty when nothing is known that it could say. @param time from {@link #time} */
  Optional<String> at(String time) {
    return fields.isEmpty() ? Optional.empty() : Optional.of(series + " " + String.join(",", fields) + " " + time);
  }
}
