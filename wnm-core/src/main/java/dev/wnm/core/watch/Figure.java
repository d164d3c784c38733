package dev.wnm.core.watch;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.HostMetrics;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** A measured value that decisions compare with two limits. */
enum Figure {
  CPU("CPU", Kind.MEAN, 100, HostMetrics::usedCpuPercent, DecisionLimits::cpu),
  MEMORY("memory", Kind.LEVEL, 100, HostMetrics::usedMemoryPercent, DecisionLimits::memory),
  DISK("disk", Kind.LEVEL, 100, HostMetrics::usedDiskPercent, DecisionLimits::disk),
  LOAD_1("load over 1 minute", Kind.LEVEL, Double.MAX_VALUE, HostMetrics::loadAverage1, DecisionLimits::load),
  LOAD_5("load over 5 minutes", Kind.LEVEL, Double.MAX_VALUE, HostMetrics::loadAverage5, DecisionLimits::load),
  LOAD_15("load over 15 minutes", Kind.LEVEL, Double.MAX_VALUE, HostMetrics::loadAverage15, DecisionLimits::load),
  DISK_READS("disk reading", Kind.MEAN, 0, in -> decimal(in.diskReadBytesPerSecond()), DecisionLimits::diskReads),
  DISK_WRITES("disk writing", Kind.MEAN, 0, in -> decimal(in.diskWriteBytesPerSecond()), DecisionLimits::diskWrites),
  NET_READS("network input", Kind.MEAN, 0, in -> decimal(in.netReadBytesPerSecond()), DecisionLimits::netReads),
  NET_WRITES("network output", Kind.MEAN, 0, in -> decimal(in.netWriteBytesPerSecond()), DecisionLimits::netWrites);

  /** What a value is about. */
  enum Kind {
    /** The time since the look before: its course is summed up by its mean. */
    MEAN,
    /** The moment, or a mean of the kernel's own. */
    LEVEL
  }

  private final String words;
  private final Kind kind;
  private final double off;
  private final Function<HostMetrics, OptionalDouble> measured;
  private final Function<DecisionLimits, Band> band;

  /** @param off the limit that switches the comparison off */
  Figure(String words, Kind kind, double off, Function<HostMetrics, OptionalDouble> measured, Function<DecisionLimits, Band> band) {
    this.words = words;
    this.kind = kind;
    this.off = off;
    this.measured = measured;
    this.band = band;
  }

  String words() {
    return words;
  }

  boolean isMean() {
    return kind == Kind.MEAN;
  }

  OptionalDouble in(HostMetrics metrics) {
    return measured.apply(metrics);
  }

  /** Above this there is pressure; empty where the settings ask for no such comparison. */
  OptionalDouble most(DecisionLimits limits) {
    double most = band.apply(limits).remove();
    return off == 0 ? most == 0 ? OptionalDouble.empty() : OptionalDouble.of(most)
        : most >= off ? OptionalDouble.empty() : OptionalDouble.of(most);
  }

  private static OptionalDouble decimal(OptionalLong number) {
    return number.isPresent() ? OptionalDouble.of(number.getAsLong()) : OptionalDouble.empty();
  }
}
