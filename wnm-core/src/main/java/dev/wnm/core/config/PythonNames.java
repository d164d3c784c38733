package dev.wnm.core.config;

import java.util.List;
import java.util.Set;

/**
 * The names of the Python wnm's settings, whosever they are now: a foreign format, which wnm keeps so that the Python wnm's
 * databases, scripts and reports go on working.
 */
final class PythonNames {
  /** The keys of its machine-config report in their order: the columns of {@code machine}, options or not, and dbpath. */
  static final List<String> REPORTED = List.of(
      "id", "cpu_count", "node_cap", "cpu_less_than", "cpu_remove", "mem_less_than", "mem_remove", "hd_less_than",
      "hd_remove", "delay_start", "delay_restart", "delay_upgrade", "delay_remove", "survey_delay", "action_delay",
      "node_storage", "rewards_address", "donate_address", "max_load_average_allowed", "desired_load_average",
      "port_start", "hdio_read_less_than", "hdio_read_remove", "hdio_write_less_than", "hdio_write_remove",
      "netio_read_less_than", "netio_read_remove", "netio_write_less_than", "netio_write_remove", "last_stopped_at",
      "host", "crisis_bytes", "metrics_port_start", "rpc_port_start", "environment", "start_args",
      "max_concurrent_upgrades", "max_concurrent_starts", "max_concurrent_removals", "max_concurrent_operations",
      "node_removal_strategy", "process_manager", "max_node_per_container", "min_container_count", "docker_image",
      "no_upnp", "antnode_path", "antctl_path", "antctl_debug", "antctl_version", "highest_node_id_used", "dbpath");

  /** Those of them that are no option: such a report read back must do no harm. */
  static final Set<String> REPORTED_ONLY = Set.of("id", "cpu_count", "node_removal_strategy");

  /** Those that are null, not empty, when they are not set. */
  static final Set<String> NULLABLE = Set.of("antctl_version");

  /** Its options that it keeps nowhere: what a run does, and how. */
  private static final Set<String> NOT_KEPT = Set.of("config", "help", "quiet", "verbose", "show_machine_config", "show_machine_metrics",
      "show_decisions", "version", "remove_lockfile", "loglevel", "dry_run", "init", "migrate_anm", "import", "confirm",
      "this_survey_delay", "this_action_delay", "interval", "force_action", "service_name", "report", "report_format", "json", "count",
      "rust_backtrace");

  private PythonNames() {}

  /** Whether the Python wnm has an option of this name. */
  static boolean has(String name) {
    return REPORTED.contains(name) || NOT_KEPT.contains(name);
  }
}
