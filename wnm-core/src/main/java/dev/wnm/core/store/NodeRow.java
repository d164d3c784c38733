package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.NODE;
import static dev.wnm.core.store.schema.Tables.NODE_HEALTH;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Reads a {@link Node} from a row whatever is in it: other programs write this table too, and one odd row must not keep wnm
 * from its other nodes. A measurement that cannot be understood is none. Where anything else cannot be, the whole row cannot
 * be read: the node is {@link NodeStatus#UNREADABLE} and says why, and its row is never written.
 */
final class NodeRow {
  private static final System.Logger LOG = System.getLogger(NodeRow.class.getName());
  private static final int LONGEST_NUMBER = 100;

  /** What a column holds, in SQLite's own words: text in a column of numbers reads as 0 otherwise. */
  static final Map<Field<?>, Field<String>> TYPES = Stream.of(NODE.CONTAINER_ID, NODE.PORT, NODE.METRICS_PORT, NODE.RPC_PORT,
      NODE.TIMESTAMP, NODE.AGE).collect(Collectors.toMap(column -> column,
          column -> DSL.field("typeof({0})", String.class, column).as("type_of_" + column.getName())));

  private final Record row;
  private final Set<Integer> containers;
  private final List<String> odd = new ArrayList<>();

  private NodeRow(Record row, Set<Integer> containers) {
    this.row = row;
    this.containers = containers;
  }

  /**
   * The node, or empty when the row's id is not a node's number (1 or more).
   *
   * @param containers the rows of containers that there are
   */
  static Optional<Node> parse(Record row, Set<Integer> containers) {
    long id = row.get(NODE.ID);
    if (id < 1 || id > Integer.MAX_VALUE) {
      LOG.log(System.Logger.Level.WARNING, "ignoring the row of node {0}: not a node''s number", Long.toString(id));
      return Optional.empty();
    }
    try {
      return Optional.of(new NodeRow(row, containers).read((int) id));
    } catch (RuntimeException e) {
      return Optional.of(unreadable((int) id, Reason.of(e)));
    }
  }

  private Node read(int id) {
    Node node = node(id);
    return odd.isEmpty() ? node : left(node, String.join(", ", odd));
  }

  /** Stands for a row of which nothing but its number is known. */
  static Node unreadable(int id, String why) {
    NodePlacement nowhere =
        new NodePlacement(String.format(Locale.ROOT, "antnode%04d", id), Path.of(""), Optional.empty(), Path.of(""));
    return left(Node.builder(id, "", nowhere, NodePorts.of(usual(55_000, id), usual(13_000, id))).nodeName("").network("").host("")
        .layout("").build(), why);
  }

  private static Node left(Node node, String why) {
    return node.withStatus(NodeStatus.UNREADABLE, node.statusAt()).withHealth(new NodeHealth(DownCause.UNKNOWN, 0, 0,
        Instant.EPOCH, "row " + node.id() + " of table node cannot be read: " + why, OptionalLong.empty()));
  }

  private static int usual(int start, int id) {
    return (int) Math.min((long) start + id, PortRange.HIGHEST);
  }

  private Node node(int id) {
    Optional<NodeProgram> program = program();
    boolean hasMetricsPage = program.map(NodeProgram::hasMetricsPage).orElse(false);
    return Node.builder(id, text(NODE.MANAGER_TYPE), placement(), ports(id, hasMetricsPage))
        .program(program.orElseGet(NodePrograms::usual)).containerId(container())
        .nodeName(text(NODE.NODE_NAME)).user(text(NODE.USER)).version(Version.parse(row.get(NODE.VERSION)))
        .network(text(NODE.NETWORK)).wallet(text(NODE.WALLET)).peerId(text(NODE.PEER_ID))
        .status(status(), seconds(NODE.TIMESTAMP)).metrics(metrics()).createdAt(seconds(NODE.AGE)).host(text(NODE.HOST))
        .method(text(NODE.METHOD)).layout(text(NODE.LAYOUT)).environment(text(NODE.ENVIRONMENT)).health(health()).logPosition(logPosition()).build();
  }

  private NodePlacement placement() {
    return new NodePlacement(text(NODE.SERVICE), path(NODE.ROOT_DIR),
        text(NODE.LOG_DIR).isEmpty() ? Optional.empty() : Optional.of(path(NODE.LOG_DIR)), path(NODE.BINARY));
  }

  private Optional<Integer> container() {
    Long id = row.get(NODE.CONTAINER_ID);
    if (id == null) {
      return Optional.empty();
    }
    if (!isNumber(NODE.CONTAINER_ID) || !containers.contains(id.intValue()) || id.intValue() != id) {
      odd.add("container_id is " + id + ", and no row of table container that can be read has that id");
      return Optional.empty();
    }
    return Optional.of(id.intValue());
  }

  /** Whether a column of numbers holds one. */
  private boolean isNumber(Field<?> column) {
    return List.of("integer", "null").contains(row.get(TYPES.get(column)));
  }

  private NodeStatus status() {
    String text = text(NODE.STATUS).strip().toUpperCase(Locale.ROOT);
    Optional<NodeStatus> known = Arrays.stream(NodeStatus.values())
        .filter(status -> status.name().equals(text) && status != NodeStatus.UNREADABLE).findFirst();
    if (known.isEmpty()) {
      odd(NODE.STATUS, text(NODE.STATUS));
    }
    return known.orElse(NodeStatus.UNREADABLE);
  }

  /** A row that other programs wrote is that of the usual program; empty for one that is not known here. */
  private Optional<NodeProgram> program() {
    String name = row.get(NODE_HEALTH.NODE_ID) == null ? "" : text(NODE_HEALTH.PROGRAM);
    Optional<NodeProgram> known = name.isEmpty() ? Optional.of(NodePrograms.usual()) : NodePrograms.named(name);
    if (known.isEmpty()) {
      odd.add("program is '" + shortened(name) + "', which no jar here knows; put the plug-in that brings it back (--plugin_path)");
    }
    return known;
  }

  private NodePorts ports(int id, boolean hasMetricsPage) {
    NodePorts ports = NodePorts.of(port(NODE.PORT, 1, usual(55_000, id)))
        .withMetrics(optional(port(NODE.METRICS_PORT, hasMetricsPage ? 1 : 0, usual(13_000, id))))
        .withBrowsers(browserPort());
    int rpc = port(NODE.RPC_PORT, 0, 0);
    return rpc == 0 ? ports : ports.withRpc(rpc);
  }

  private static OptionalInt optional(int port) {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private OptionalInt browserPort() {
    long port = row.get(NODE_HEALTH.NODE_ID) == null ? 0 : number(NODE_HEALTH.BROWSER_PORT);
    return port < 1 || port > PortRange.HIGHEST ? OptionalInt.empty() : OptionalInt.of((int) port);
  }

  private int port(Field<Long> column, int lowest, int usual) {
    long port = number(column);
    if (isNumber(column) && port >= lowest && port <= PortRange.HIGHEST) {
      return (int) port;
    }
    oddNumber(column);
    return usual;
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
    NodeTable.OURS.forEach((metric, column) -> {
      Long value = row.get(column);
      if (value != null && value >= 0) {
        values.put(metric, value);
      }
    });
    // Earlier versions of wnm wrote rewards that were not reported as 0, too.
    return new NodeMetrics(values,
        rewards().filter(amount -> amount.signum() > 0 || !absent.contains(NODE.REWARDS.getName())));
  }

  private Optional<BigInteger> rewards() {
    String text = text(NODE.REWARDS).strip();
    try {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      // Reading a number of a million digits takes minutes.
      BigDecimal amount = text.length() <= LONGEST_NUMBER ? new BigDecimal(text) : BigDecimal.ONE.negate();
      if (Math.abs((long) amount.scale()) <= LONGEST_NUMBER && amount.signum() >= 0) {
        return Optional.of(amount.toBigInteger());
      }
    } catch (NumberFormatException e) {
      // named below, like a number too long to be meant
    }
    LOG.log(System.Logger.Level.WARNING, "row {0} of table node: rewards is ''{1}'', which is no amount; taken as unknown",
        row.get(NODE.ID).toString(), shortened(text));
    return Optional.empty();
  }

  /** One that makes no sense begins anew. */
  private LogPosition logPosition() {
    return row.get(NODE_HEALTH.NODE_ID) == null || number(NODE_HEALTH.LOG_POSITION) < 0 ? LogPosition.START
        : new LogPosition(text(NODE_HEALTH.LOG_FILE), number(NODE_HEALTH.LOG_POSITION));
  }

  private NodeHealth health() {
    if (row.get(NODE_HEALTH.NODE_ID) == null) {
      return NodeHealth.FRESH;
    }
    Long pid = row.get(NODE_HEALTH.PID);
    String cause = text(NODE_HEALTH.DOWN_CAUSE);
    return new NodeHealth(
        Arrays.stream(DownCause.values()).filter(known -> known.name().equals(cause)).findFirst().orElse(DownCause.NONE),
        (int) number(NODE_HEALTH.MISSED_PROBES), (int) number(NODE_HEALTH.FAILURES), Cells.seconds(row.get(NODE_HEALTH.RETRY_AFTER)),
        text(NODE_HEALTH.LAST_ERROR), pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  private Path path(Field<String> column) {
    String text = text(column);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      odd(column, text);
      return Path.of("");
    }
  }

  private Instant seconds(Field<Long> column) {
    String type = row.get(TYPES.get(column));
    if (!isNumber(column) && !"real".equals(type) || number(column) > Cells.LAST_SECOND_OF_9999) {
      oddNumber(column);
    }
    return Cells.seconds(row.get(column));
  }

  private String text(Field<String> column) {
    String value = row.get(column);
    return value == null ? "" : value;
  }

  private long number(Field<Long> column) {
    Long value = row.get(column);
    return value == null ? 0 : value;
  }

  /** What is no number was read as 0, which nobody wrote there. */
  private void oddNumber(Field<Long> column) {
    if (isNumber(column)) {
      odd(column, Long.toString(number(column)));
    } else {
      odd.add(column.getName() + " is no whole number");
    }
  }

  private void odd(Field<?> column, String value) {
    odd.add(column.getName() + " is '" + shortened(String.valueOf(value)) + "'");
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_NUMBER ? line.substring(0, LONGEST_NUMBER) + "…" : line;
  }
}
