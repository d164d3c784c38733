package dev.wnm.core.whatif;

import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the {@code metrics} of a question: the keys of the machine-metrics report, and four of our own,
 * {@code seconds_since_last_stop} (missing: long ago), {@code backing_off_nodes}, {@code waiting_nodes} and
 * {@code hung_nodes}. Keys that decisions do not depend on are passed over. Whatever is missing is 0 or unknown, and a measurement that is
 * null is unknown.
 */
final class Metrics {
  private static final int MOST_NODES = 1_000_000;
  private static final List<String> NAMES = List.of("load_average_1", "load_average_5", "load_average_15", "used_cpu_percent", "io_wait",
      "used_mem_percent", "used_hd_percent", "total_hd_bytes", "hdio_read_bytes", "hdio_write_bytes", "netio_read_bytes",
      "netio_write_bytes", "total_nodes", "running_nodes", "stopped_nodes", "restarting_nodes", "upgrading_nodes", "migrating_nodes",
      "removing_nodes", "dead_nodes", "backing_off_nodes", "waiting_nodes", "hung_nodes", "nodes_to_upgrade", "antnode_version",
      "queen_node_version", "seconds_since_last_stop", "system_start");
  private static final int LOAD_1 = key("load_average_1");
  private static final int LOAD_5 = key("load_average_5");
  private static final int LOAD_15 = key("load_average_15");
  private static final int CPU = key("used_cpu_percent");
  private static final int IO_WAIT = key("io_wait");
  private static final int MEMORY = key("used_mem_percent");
  private static final int DISK = key("used_hd_percent");
  private static final int DISK_BYTES = key("total_hd_bytes");
  private static final int DISK_READS = key("hdio_read_bytes");
  private static final int DISK_WRITES = key("hdio_write_bytes");
  private static final int NET_READS = key("netio_read_bytes");
  private static final int NET_WRITES = key("netio_write_bytes");
  private static final int TOTAL = key("total_nodes");
  private static final int RUNNING = key("running_nodes");
  private static final int STOPPED = key("stopped_nodes");
  private static final int RESTARTING = key("restarting_nodes");
  private static final int UPGRADING = key("upgrading_nodes");
  private static final int MIGRATING = key("migrating_nodes");
  private static final int REMOVING = key("removing_nodes");
  private static final int DEAD = key("dead_nodes");
  private static final int BACKING_OFF = key("backing_off_nodes");
  private static final int WAITING = key("waiting_nodes");
  private static final int HUNG = key("hung_nodes");
  private static final int OUTDATED = key("nodes_to_upgrade");
  private static final int ANTNODE_VERSION = key("antnode_version");
  private static final int QUEEN_VERSION = key("queen_node_version");
  private static final int SINCE_LAST_STOP = key("seconds_since_last_stop");
  private static final int SYSTEM_START = key("system_start");

  private final Values values = new Values("metrics", new Keys(NAMES));
  private final LastVersion antnode = new LastVersion();
  private final LastVersion queen = new LastVersion();

  private static int key(String name) {
    return NAMES.indexOf(name);
  }

  /** Forgets what was, and takes the object that comes next. */
  void read(JsonLine json) {
    values.read(json);
  }

  HostMetrics host() {
    return new HostMetrics(
        Instant.EPOCH,
        "",
        values.decimalOrZero(LOAD_1),
        values.decimalOrZero(LOAD_5),
        values.decimalOrZero(LOAD_15),
        values.decimalOrZero(CPU),
        values.decimalOrZero(IO_WAIT),
        values.decimalOrZero(MEMORY),
        values.decimalOrZero(DISK),
        values.longOrZero(DISK_BYTES),
        values.longOrZero(DISK_READS),
        values.longOrZero(DISK_WRITES),
        values.longOrZero(NET_READS),
        values.longOrZero(NET_WRITES));
  }

  FleetCounts fleet() {
    return new FleetCounts(
        count(TOTAL),
        count(RUNNING),
        count(STOPPED),
        count(RESTARTING),
        count(UPGRADING),
        count(MIGRATING),
        count(REMOVING),
        count(DEAD),
        count(BACKING_OFF),
        count(WAITING),
        count(HUNG),
        0, // the question is of nodes that are removed in time
        count(OUTDATED),
        antnode.in(values, ANTNODE_VERSION),
        queen.in(values, QUEEN_VERSION));
  }

  Optional<Duration> sinceLastStop() {
    return values.number(SINCE_LAST_STOP)
        .map(seconds -> Duration.ofMillis(seconds.min(BigDecimal.valueOf(Integer.MAX_VALUE)).movePointRight(3).longValue()));
  }

  /** When the machine came up, as Unix time in seconds; empty when unreadable, which is reported as 0. */
  Optional<BigDecimal> systemStart() {
    return values.number(SYSTEM_START).filter(seconds -> seconds.signum() > 0);
  }

  private int count(int key) {
    return values.count(key, MOST_NODES);
  }

  /** One line after the other has the same version. */
  private static final class LastVersion {
    private String written = "";
    private Optional<Version> version = Optional.empty();

    Optional<Version> in(Values values, int key) {
      if (!values.isWritten(key, written)) {
        version = values.text(key).flatMap(Version::parse);
        written = values.written(key);
      }
      return written.isEmpty() ? Optional.empty() : version;
    }
  }
}
