package dev.wnm.core.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of the Python wnm may lack. Its migrations add some columns, and forget others that only a newly made file
 * has, so a file is completed by the columns it lacks and not by the revision it claims.
 */
final class PythonSchema {
  /** The newest revision: the only one with which the Python wnm 0.5.0 opens a file. */
  static final String NEWEST = "e2f4a512d24c";

  /** All revisions of the Python wnm 0.5.0; any other is from a newer one. */
  static final Set<String> REVISIONS = Set.of("eeec2af7114c", "62bd2784638c", "abc5afa09a61", "ade8fcd1fc9a", "7c5a573319da",
      "44f23f078686", "3249fcc20390", "fa0ca0abff5c", "00dd80bcd645", "67fe02809d26", "ba757077b6b0", "752bf4495eaa", NEWEST);

  static final List<Column> MACHINE = List.of(
      Column.number("delay_restart", 600),
      Column.number("survey_delay", 0),
      Column.number("action_delay", 0),
      Column.number("rpc_port_start", 30),
      // null: the Python wnm keeps this number for the antctl managers only
      Column.nullable("highest_node_id_used", "INTEGER"),
      Column.number("max_concurrent_operations", 1),
      Column.number("max_node_per_container", 200),
      Column.number("min_container_count", 1),
      Column.text("docker_image", "iweave/antnode:latest"),
      // 1: before there was this switch, nodes were run without UPnP
      Column.number("no_upnp", 1),
      Column.text("antnode_path", "~/.local/bin/antnode"),
      Column.text("antctl_path", "~/.local/bin/antctl"),
      Column.number("antctl_debug", 0),
      Column.nullable("antctl_version", "TEXT"));

  static final List<Column> CONTAINER = List.of(
      Column.nullable("port_range_start", "INTEGER"),
      Column.nullable("port_range_end", "INTEGER"),
      Column.nullable("metrics_port_range_start", "INTEGER"),
      Column.nullable("metrics_port_range_end", "INTEGER"));

  static final List<Column> NODE = List.of(
      Column.nullable("log_dir", "TEXT"),
      // 0: nodes of that time were given no RPC port
      Column.number("rpc_port", 0),
      Column.number("connected_peers", 0),
      Column.number("gets", 0),
      Column.number("puts", 0),
      Column.number("mem", 0),
      Column.number("cpu", 0),
      Column.number("open_connections", 0),
      Column.number("total_peers", 0),
      Column.number("bad_peers", 0),
      Column.number("rel_records", 0),
      Column.number("max_records", 0),
      // null: what a node has earned is not known of a file that never kept it; the Python wnm takes that as 0
      Column.nullable("rewards", "TEXT"),
      Column.number("payment_count", 0),
      Column.number("live_time", 0),
      Column.number("network_size", 0));

  private PythonSchema() {}

  /** Whether this is a column of settings that is null where its text is not set. */
  static boolean isNullableText(String column) {
    return MACHINE.stream().anyMatch(each -> each.name().equals(column) && each.type().equals("TEXT") && each.value().isEmpty());
  }

  /**
   * A column that an older file may lack.
   *
   * @param value what existing rows get; empty for null
   */
  record Column(String name, String type, Optional<String> value) {
    static Column number(String name, long value) {
      return new Column(name, "INTEGER NOT NULL", Optional.of(Long.toString(value)));
    }

    static Column text(String name, String value) {
      return new Column(name, "TEXT", Optional.of(value));
    }

    static Column nullable(String name, String type) {
      return new Column(name, type, Optional.empty());
    }

    /** {@code ALTER TABLE … ADD COLUMN …} for this. */
    String addTo(String table) {
      return "ALTER TABLE " + table + " ADD COLUMN " + name + " " + type
          + value.map(text -> " DEFAULT '" + text + "'").orElse("");
    }
  }
}
