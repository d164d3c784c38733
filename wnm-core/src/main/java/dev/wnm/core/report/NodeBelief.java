package dev.wnm.core.report;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.spi.internal.Human;
import java.time.Instant;

/**
 * What is believed of a node, and on what evidence.
 *
 * @param state its status for a person
 * @param evidence how that is known, as a clause with its age
 */
record NodeBelief(String state, String evidence) {
  static NodeBelief of(Node node, Instant now) {
    return new NodeBelief(node.shownStatus(), evidence(node, Human.ago(node.statusAt(), now)));
  }

  private static String evidence(Node node, String ago) {
    String error = node.health().lastError();
    if (node.isUnknown()) {
      return "how it is cannot be told" + after(": ", error) + "; it was " + node.status() + " when that was last known, " + ago;
    }
    return switch (node.status()) {
      case RUNNING -> running(node, ago);
      case STOPPED -> stopped(node, ago);
      case RESTARTING -> "its process was started " + ago;
      case UPGRADING -> "it was started with another binary " + ago;
      case REMOVING -> "it was stopped for good " + ago + ", and its data is still there" + after("; ", error);
      case DISABLED -> "it was disabled by hand " + ago + ", and is left alone since";
      case DEAD -> "its process and its folder were gone " + ago + ", while its storage was there";
      case MIGRATING -> "it was sent to another place " + ago;
      case UNREADABLE -> "its row in the database cannot be read" + after(": ", error);
    };
  }

  private static String running(Node node, String ago) {
    if (node.health().missedProbes() > 0) {
      int missed = node.health().missedProbes();
      return "its process ran " + ago + ", says " + node.managerType() + "; it has not answered at the last " + (missed == 1 ? "look" : missed + " looks")
          + after(": ", node.health().lastError());
    }
    boolean hasTold = node.metrics().find(NodeMetric.UPTIME).isPresent() || node.metrics().find(NodeMetric.CONNECTED_PEERS).isPresent();
    return !hasTold ? "its process ran " + ago + ", says " + node.managerType() + "; it has told nothing of itself yet"
        : node.program().hasMetricsPage() && node.ports().metrics().isPresent() ? "it answered on its metrics port " + node.ports().metrics().getAsInt() + " " + ago
        : "its process, its port and its log said so " + ago;
  }

  private static String stopped(Node node, String ago) {
    String error = node.health().lastError();
    return switch (node.health().downCause()) {
      case STOPPED -> "it was stopped on purpose " + ago;
      case DIED -> "its process had ended by itself " + ago + after("; ", error);
      case CRASH_LOOP -> "it " + (error.isEmpty() ? "died again and again" : error) + "; that was seen " + ago;
      case UPGRADED -> "it ended " + ago + " to be started again as a newer version, which it has put in place itself";
      case REBOOT -> "the machine was restarted under it; that was seen " + ago;
      case NONE, UNKNOWN -> "it had no process " + ago + ", says " + node.managerType() + after("; ", error);
    };
  }

  private static String after(String sign, String text) {
    return text.isEmpty() ? "" : sign + text;
  }
}
