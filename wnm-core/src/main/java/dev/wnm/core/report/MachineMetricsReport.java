package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The report {@code machine-metrics}: what the machine and its nodes use, as decisions see it. */
public final class MachineMetricsReport {
  private static final Set<String> QUOTED = Set.of("antnode", "nodes_by_version");

  private MachineMetricsReport() {}

  /** @param settings give the disk space that {@code node_hd_crisis} reckons with */
  public static String print(MachineState state, Settings settings, ReportFormat format) {
    JsonObject values = pythonValues(state, settings);
    if (format != ReportFormat.JSON_COMPAT) {
      addOurs(values, state);
    }
    return format.isJson() ? Json.pretty(values)
        : format == ReportFormat.ENV ? KeyValues.env(values, QUOTED)
        : KeyValues.text(values);
  }

  private static JsonObject pythonValues(MachineState state, Settings settings) {
    JsonObject values = new JsonObject();
    HostMetrics host = state.host();
    values.addProperty("system_start", host.bootedAt().getEpochSecond());
    addCounts(values, state.counts());
    values.add("antnode", Json.text(state.antnode()));
    addVersions(values, state);
    values.add("load_average_1", Json.decimal(host.loadAverage1()));
    values.add("load_average_5", Json.decimal(host.loadAverage5()));
    values.add("load_average_15", Json.decimal(host.loadAverage15()));
    values.add("idle_cpu_percent", restOfHundred(host.usedCpuPercent()));
    values.add("io_wait", Json.decimal(host.ioWaitPercent()));
    values.add("used_cpu_percent", Json.decimal(host.usedCpuPercent()));
    values.add("used_mem_percent", Json.decimal(host.usedMemoryPercent()));
    values.add("free_mem_percent", restOfHundred(host.usedMemoryPercent()));
    values.add("used_hd_percent", Json.decimal(host.usedDiskPercent()));
    values.add("total_hd_bytes", Json.number(host.totalDiskBytes()));
    values.add("hdio_write_bytes", Json.number(host.diskWriteBytesPerSecond()));
    values.add("hdio_read_bytes", Json.number(host.diskReadBytesPerSecond()));
    values.add("netio_write_bytes", Json.number(host.netWriteBytesPerSecond()));
    values.add("netio_read_bytes", Json.number(host.netReadBytesPerSecond()));
    values.add("node_hd_crisis", Json.number(diskCrisisPercent(state, settings)));
    return values;
  }

  private static void addCounts(JsonObject values, FleetCounts counts) {
    values.addProperty("total_nodes", counts.total());
    values.addProperty("running_nodes", counts.running());
    values.addProperty("stopped_nodes", counts.stopped());
    values.addProperty("restarting_nodes", counts.restarting());
    values.addProperty("upgrading_nodes", counts.upgrading());
    values.addProperty("migrating_nodes", counts.migrating());
    values.addProperty("removing_nodes", counts.removing());
    values.addProperty("dead_nodes", counts.dead());
  }

  private static void addVersions(JsonObject values, MachineState state) {
    List<Optional<Version>> versions =
        state.nodes().stream().filter(Node::countsForVersions).map(Node::version).toList();
    Optional<Version> antnode = state.counts().antnodeVersion();
    values.add("antnode_version", Json.text(antnode));
    values.add("queen_node_version", Json.text(state.counts().queenVersion()));
    values.addProperty("nodes_latest_v",
        versions.stream().filter(version -> version.isPresent() && version.equals(antnode)).count());
    values.addProperty("nodes_no_version", versions.stream().filter(Optional::isEmpty).count());
    values.addProperty("nodes_to_upgrade", state.counts().outdated());
    Map<Version, Integer> byVersion = new TreeMap<>();
    state.nodes().forEach(node -> node.version().ifPresent(known -> byVersion.merge(known, 1, Integer::sum)));
    JsonObject map = new JsonObject();
    byVersion.forEach((version, count) -> map.addProperty(version.text(), count));
    values.add("nodes_by_version", map);
  }

  private static void addOurs(JsonObject values, MachineState state) {
    state.sinceLastStop().ifPresent(time -> values.addProperty("seconds_since_last_stop", time.toSeconds()));
    values.addProperty("boot_id", state.host().bootId());
    values.addProperty("backing_off_nodes", state.counts().backingOff());
    values.addProperty("waiting_nodes", state.counts().waiting());
    values.addProperty("hung_nodes", state.counts().hung());
    values.addProperty("disabled_nodes", state.nodes().stream().filter(node -> node.status() == NodeStatus.DISABLED).count());
  }

  /** Reckoned in decimals: 100 − 64.1 is 35.9, not 35.900000000000006. */
  private static JsonElement restOfHundred(OptionalDouble percent) {
    if (percent.isEmpty() || !Double.isFinite(percent.getAsDouble())) {
      return Json.decimal(percent);
    }
    return Json.decimal(BigDecimal.valueOf(100).subtract(BigDecimal.valueOf(percent.getAsDouble())).doubleValue());
  }

  /**
   * How much of the disk space below the removal threshold all nodes would take if each came to its crisis size; empty when
   * the disk's size is unknown.
   */
  private static OptionalLong diskCrisisPercent(MachineState state, Settings settings) {
    OptionalLong total = state.host().totalDiskBytes();
    if (total.isEmpty()) {
      return OptionalLong.empty();
    }
    double room = total.getAsLong() * (settings.get(Options.HD_REMOVE) / 100.0);
    double need = (double) state.counts().total() * settings.get(Options.CRISIS_BYTES);
    return OptionalLong.of(room > 0 ? (long) Math.floor(need / room * 100) : 0);
  }
}
