package dev.wnm.cli.packaged;

import java.nio.file.Path;
import java.util.Map;

/** A node as the database has it. */
record NodeRow(int id, String status, Path rootDir, int port, int metricsPort, String peerId, String downCause) {
  static final String QUERY = "SELECT node.*, down_cause FROM node LEFT JOIN node_health ON node_id = node.id ORDER BY id";

  static NodeRow of(Map<String, String> row) {
    return new NodeRow(Integer.parseInt(row.get("id")), row.get("status"), Path.of(row.get("root_dir")),
        Integer.parseInt(row.get("port")), Integer.parseInt(row.get("metrics_port")), row.getOrDefault("peer_id", ""),
        row.getOrDefault("down_cause", ""));
  }

  boolean is(String wanted) {
    return status.equals(wanted);
  }

  String service() {
    return rootDir.getFileName().toString();
  }
}
