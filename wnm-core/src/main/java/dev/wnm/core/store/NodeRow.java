package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.NODE;
import static dev.wnm.core.store.schema.Tables.NODE_HEALTH;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodePorts;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.PortRange;
import dev.wnm.core.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;

/**
 * Reads a {@link Node} from a row whatever is in it: other programs write this table too, and one odd row must not keep wnm
 * from its other nodes. What cannot be understood gets the reading that does least, and a line in the log.
 */
final class NodeRow {
  private static final System.Logger LOG = System.getLogger(NodeRow.class.getName());
  private static final long LAST_SECOND_OF_9999 = 253_402_300_799L;
  private static final int LONGEST_NUMBER = 100;

  private final Record row;

  private NodeRow(Record row) {
    this.row = row;
  }

  /** The node, or empty when the row's id is not a node's number (1 or more). */
  static Optional<Node> parse(Record row) {
    long id = row.get(NODE.ID);
    if (id < 1 || id > Integer.MAX_VALUE) {
      LOG.log(System.Logger.Level.WARNING, "ignoring the row of node {0}: not a node''s number", Long.toString(id));
      return Optional.empty();
    }
    return Optional.of(new NodeRow(row).node((int) id));
  }

  private Node node(int id) {
    return new Node(id, container(), text(NODE.MANAGER_TYPE), text(NODE.NODE_NAME), text(NODE.SERVICE), text(NODE.USER),
        path(NODE.BINARY), Version.parse(row.get(NODE.VERSION)), path(NODE.ROOT_DIR),
        text(NODE.LOG_DIR).isEmpty() ? Optional.empty() : Optional.of(path(NODE.LOG_DIR)), ports(id), text(NODE.NETWORK),
        text(NODE.WALLET), text(NODE.PEER_ID), status(), seconds(NODE.TIMESTAMP), metrics(), seconds(NODE.AGE),
        text(NODE.HOST), text(NODE.METHOD), text(NODE.LAYOUT), text(NODE.ENVIRONMENT), health());
  }

  private Optional<Integer> container() {
    Long id = row.get(NODE.CONTAINER_ID);
    return id == null ? Optional.empty() : Optional.of(id.intValue());
  }

  /** A status that wnm does not know reads as DISABLED: nothing is done to the node until a person has looked at it. */
  private NodeStatus status() {
    String text = text(NODE.STATUS);
    try {
      return NodeStatus.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      warn(NODE.STATUS, text, NodeStatus.DISABLED);
      return NodeStatus.DISABLED;
    }
  }

  private NodePorts ports(int id) {
    return new NodePorts(port(NODE.PORT, 1, 55_000 + id), port(NODE.METRICS_PORT, 1, 13_000 + id), port(NODE.RPC_PORT, 0, 0));
  }

  private int port(Field<Long> column, int lowest, int usual) {
    long port = number(column);
    if (port >= lowest && port <= PortRange.HIGHEST) {
      return (int) port;
    }
    int reading = Math.min(usual, PortRange.HIGHEST);
    warn(column, Long.toString(port), reading);
    return reading;
  }

  private NodeMetrics metrics() {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    Set<String> absent = Set.copyOf(Arrays.asList(text(NODE_HEALTH.ABSENT_METRICS).split(",")));
    NodeTable.METRICS.forEach((metric, column) -> {
      Long value = row.get(column);
      // The Python wnm knows nothing of that list: what it wrote since is a measurement, if it is more than 0.
      if (value != null && value >= 0 && (value > 0 || !absent.contains(column.getName()))) {
        values.put(metric, value);
      }
    });
    return new NodeMetrics(values,
        rewards().filter(amount -> amount.signum() > 0 || !absent.contains(NODE.REWARDS.getName())));
  }

  private Optional<BigInteger> rewards() {
    String text = text(NODE.REWARDS).strip();
    try {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      BigDecimal amount = new BigDecimal(text);
      if (text.length() <= LONGEST_NUMBER && Math.abs((long) amount.scale()) <= LONGEST_NUMBER && amount.signum() >= 0) {
        return Optional.of(amount.toBigInteger());
      }
    } catch (NumberFormatException e) {
      // warned below, like a number too long to be meant
    }
    warn(NODE.REWARDS, text, "unknown");
    return Optional.empty();
  }

  private NodeHealth health() {
    if (row.get(NODE_HEALTH.NODE_ID) == null) {
      return NodeHealth.FRESH;
    }
    Long pid = row.get(NODE_HEALTH.PID);
    String cause = text(NODE_HEALTH.DOWN_CAUSE);
    return new NodeHealth(
        Arrays.stream(DownCause.values()).filter(known -> known.name().equals(cause)).findFirst().orElse(DownCause.NONE),
        (int) number(NODE_HEALTH.MISSED_PROBES), (int) number(NODE_HEALTH.FAILURES), seconds(NODE_HEALTH.RETRY_AFTER),
        text(NODE_HEALTH.LAST_ERROR), pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  private Path path(Field<String> column) {
    String text = text(column);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      warn(column, text, "no path");
      return Path.of("");
    }
  }

  private Instant seconds(Field<Long> column) {
    return Instant.ofEpochSecond(Math.max(0, Math.min(number(column), LAST_SECOND_OF_9999)));
  }

  private String text(Field<String> column) {
    String value = row.get(column);
    return value == null ? "" : value;
  }

  private long number(Field<Long> column) {
    Long value = row.get(column);
    return value == null ? 0 : value;
  }

  private void warn(Field<?> column, String value, Object reading) {
    LOG.log(System.Logger.Level.WARNING, "node {0}: {1} is ''{2}'', which wnm does not understand; taken as {3}",
        row.get(NODE.ID).toString(), column.getName(), value, reading.toString());
  }
}
