package dev.wnm.core.query;

import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A row with a field of each type. */
record Ant(Optional<String> name, Optional<String> status, Optional<Long> peers, Optional<BigDecimal> cpu, Optional<Long> memory,
    Optional<Duration> age, Optional<Instant> seen, Optional<Version> version, Optional<Boolean> fine) {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  /** Of which nothing is known. */
  static final Ant UNKNOWN = new Ant(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty());
  static final Ant KNOWN = new Ant(Optional.of("antnode0001"), Optional.of("RUNNING"), Optional.of(4L), Optional.of(new BigDecimal("0.5")),
      Optional.of(97_810_000L), Optional.of(Duration.ofHours(3)), Optional.of(NOW.minusSeconds(60)), Version.parse("0.4.10"), Optional.of(true));
  static final Fields<Ant> FIELDS = new Fields<>(List.of(
      new Field<>("name", List.of("service"), FieldType.text(), Ant::name),
      new Field<>("status", List.of(), FieldType.oneOf(List.of("RUNNING", "STOPPED", "DEAD")), Ant::status),
      new Field<>("peers", List.of("connected_peers"), FieldType.whole(), Ant::peers),
      new Field<>("cpu", List.of(), FieldType.number(), Ant::cpu),
      new Field<>("memory", List.of(), FieldType.size(), Ant::memory),
      new Field<>("age", List.of(), FieldType.duration(), Ant::age),
      new Field<>("seen", List.of(), FieldType.time(), Ant::seen),
      new Field<>("version", List.of(), FieldType.version(), Ant::version),
      new Field<>("fine", List.of(), FieldType.yesNo(), Ant::fine)));

  static Ant of(long peers, Duration age) {
    return new Ant(Optional.empty(), Optional.empty(), Optional.of(peers), Optional.empty(), Optional.empty(), Optional.of(age), Optional.empty(),
        Optional.empty(), Optional.empty());
  }
}
