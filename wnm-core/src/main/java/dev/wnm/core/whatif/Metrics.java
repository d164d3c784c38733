package dev.wnm.core.whatif;

import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the {@code metrics} of a question: the keys of the machine-metrics report, and four of our own,
 * {@code seconds_since_last_stop} (missing: long ago), {@code backing_off_nodes}, {@code waiting_nodes} and
 * {@code hung_nodes}. Keys that decisions
 * do not depend on are passed over.
 *
 * @param values what was given; whatever is missing is 0 or unknown, and a measurement that is null is unknown
 */
record Metrics(Values values) {
  private static final int MOST_NODES = 1_000_000;

  HostMetrics host() {
    return new HostMetrics(
        Instant.EPOCH,
        "",
        values.decimalOrZero("load_average_1"),
        values.decimalOrZero("load_average_5"),
        values.decimalOrZero("load_average_15"),
        values.decimalOrZero("used_cpu_percent"),
        values.decimalOrZero("io_wait"),
        values.decimalOrZero("used_mem_percent"),
        values.decimalOrZero("used_hd_percent"),
        values.longOrZero("total_hd_bytes"),
        values.longOrZero("hdio_read_bytes"),
        values.longOrZero("hdio_write_bytes"),
        values.longOrZero("netio_read_bytes"),
        values.longOrZero("netio_write_bytes"));
  }

  FleetCounts fleet() {
    return new FleetCounts(
        count("total_nodes"),
        count("running_nodes"),
        count("stopped_nodes"),
        count("restarting_nodes"),
        count("upgrading_nodes"),
        count("migrating_nodes"),
        count("removing_nodes"),
        count("dead_nodes"),
        count("backing_off_nodes"),
        count("waiting_nodes"),
        count("hung_nodes"),
        0, // the question is of nodes that are removed in time
        count("nodes_to_upgrade"),
        version("antnode_version"),
        version("queen_node_version"));
  }

  Optional<Duration> sinceLastStop() {
    return values.number("seconds_since_last_stop")
        .map(seconds -> Duration.ofMillis(seconds.min(BigDecimal.valueOf(Integer.MAX_VALUE)).movePointRight(3).longValue()));
  }

  /** When the machine came up, as Unix time in seconds; empty when unreadable, which is reported as 0. */
  Optional<BigDecimal> systemStart() {
    return values.number("system_start").filter(seconds -> seconds.signum() > 0);
  }

  private int count(String key) {
    return values.integer(key, 0, MOST_NODES).orElse(0);
  }

  private Optional<Version> version(String key) {
    return values.text(key).flatMap(Version::parse);
  }
}
