package dev.wnm.core.model;

import java.util.Locale;

/**
 * A whole number that a node reports about itself, or that wnm measures of it. One row here is all that it takes to parse, store and
 * report it: the constant's lower-case name is its column and the key in reports.
 */
public enum NodeMetric {
  /** Seconds since the node's process started. */
  UPTIME("ant_node_uptime"),
  /** Records stored. */
  RECORDS("ant_networking_records_stored"),
  /** Peers that shun this node. */
  SHUNNED("ant_networking_shunned_by_close_group"),
  CONNECTED_PEERS("ant_networking_connected_peers"),
  /** On no page of metrics; programs without one tell it in their logs. */
  GETS(""),
  /** Successful PUTs; one series for each record type, summed. */
  PUTS("ant_node_put_record_ok_total"),
  /** Memory in hundredths of a megabyte (10^6 bytes). */
  MEM("ant_networking_process_memory_used_mb", 100),
  /** CPU in hundredths of a percent of all cores. */
  CPU("ant_networking_process_cpu_usage_percentage", 100),
  OPEN_CONNECTIONS("ant_networking_open_connections"),
  /** Peers in the routing table. */
  TOTAL_PEERS("ant_networking_peers_in_routing_table"),
  BAD_PEERS("ant_networking_bad_peers_count_total"),
  /** Records this node is responsible for. */
  REL_RECORDS("ant_networking_relevant_records"),
  MAX_RECORDS("ant_networking_max_records"),
  PAYMENT_COUNT("ant_networking_received_payment_count"),
  /** Seconds since the node's very first start. */
  LIVE_TIME("ant_networking_live_time"),
  /** Estimated number of nodes in the network. */
  NETWORK_SIZE("ant_networking_estimated_network_size"),
  /** Connections of others that the node relays now. */
  RELAY_SESSIONS(true),
  /** Audits of other nodes that these passed, since this node's process started. */
  AUDITS_PASSED(true),
  /** Audits of other nodes that these failed, since this node's process started. */
  AUDITS_FAILED(true),
  /** Threads of the node's process. */
  THREADS(true),
  /** Files and sockets that the node's process has open. */
  OPEN_FILES(true),
  /** Bytes in the files of the node's data folder. */
  DISK_BYTES(true),
  /** When {@link #DISK_BYTES} was measured, or that was tried in vain, in seconds since 1970. */
  DISK_MEASURED_AT(true),
  /** How often the node's process ended, or gave way to another, without an order, as far as wnm saw. */
  RESTARTS(true);

  private final String series;
  private final int scale;
  private final boolean ours;

  NodeMetric(boolean ours) {
    this("", 1, ours);
  }

  NodeMetric(String series) {
    this(series, 1);
  }

  NodeMetric(String series, int scale) {
    this(series, scale, false);
  }

  NodeMetric(String series, int scale, boolean ours) {
    this.series = series;
    this.scale = scale;
    this.ours = ours;
  }

  /** Whether the Python wnm knows nothing of it and has no column for it; wnm has measured it, or read it from a node's log. */
  public boolean isOurs() {
    return ours;
  }

  /** The OpenMetrics series it is read from; empty where antnode has none. */
  public String series() {
    return series;
  }

  /** What the reported number is multiplied by before its fraction is cut off. */
  public int scale() {
    return scale;
  }

  /** Column of the {@code node} table, or of {@code node_health} where it {@linkplain #isOurs is ours}, and key in reports. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
