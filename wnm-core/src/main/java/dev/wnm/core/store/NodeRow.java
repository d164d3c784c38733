package dev.wnm.core.store;

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
import java.sql.ResultSet;
import java.sql.SQLException;
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

/**
 * Reads a {@link Node} from a row whatever is in it: other programs write this table too, and one odd row must not keep wnm
 * from its other nodes. A measurement that cannot be understood is none. Where anything else cannot be, the whole row cannot
 * be read: the node is {@link NodeStatus#UNREADABLE} and says why, and its row is never written.
 */
final class NodeRow {
  private static final System.Logger LOG = System.getLogger(NodeRow.class.getName());
  private static final int LONGEST_NUMBER = 100;

  private static final List<String> NUMBERS = List.of("container_id", "port", "metrics_port", "rpc_port", "timestamp", "age");
  /**
   * Expressions for what columns of numbers hold, in SQLite's own words: text in them reads as 0 otherwise. One says of all whether
   * they are as they should be, for nearly all rows are.
   */
  static final String TYPES = NUMBERS.stream().map(column -> "typeof(node." + column + ") IN ('integer', 'null')")
      .collect(Collectors.joining(" AND ")) + " AS numbers, " + NUMBERS.stream()
      .map(column -> "typeof(node." + column + ") AS type_of_" + column).collect(Collectors.joining(", "));

  private final ResultSet row;
  private final Set<Integer> containers;
  private final boolean numbers;
  private final boolean hasHealth;
  private final List<String> odd = new ArrayList<>();

  private NodeRow(ResultSet row, Set<Integer> containers) throws SQLException {
    this.row = row;
    this.containers = containers;
    this.numbers = row.getLong("numbers") != 0;
    this.hasHealth = Cells.number(row, "node_id") != null;
  }

  /**
   * The node, or empty when the row's id is not a node's number (1 or more).
   *
   * @param containers the rows of containers that there are
   */
  static Optional<Node> parse(ResultSet row, Set<Integer> containers) throws SQLException {
    long id = row.getLong("id");
    if (id < 1 || id > Integer.MAX_VALUE) {
      LOG.log(System.Logger.Level.WARNING, "ignoring the row of node {0}: not a node''s number", Long.toString(id));
      return Optional.empty();
    }
    if (row.getLong("text") > Cells.MOST_TEXT) {
      return Optional.of(unreadable((int) id, "it holds more than " + Cells.MOST_TEXT + " bytes"));
    }
    try {
      return Optional.of(new NodeRow(row, containers).read((int) id));
    } catch (RuntimeException e) {
      return Optional.of(unreadable((int) id, Reason.of(e)));
    }
  }

  private Node read(int id) throws SQLException {
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

  private Node node(int id) throws SQLException {
    Optional<NodeProgram> program = program();
    boolean hasMetricsPage = program.map(NodeProgram::hasMetricsPage).orElse(false);
    return Node.builder(id, text("manager_type"), placement(), ports(id, hasMetricsPage))
        .program(program.orElseGet(NodePrograms::usual)).containerId(container())
        .nodeName(text("node_name")).user(text("user")).version(Version.parse(text("version")))
        .network(text("network")).wallet(text("wallet")).peerId(text("peer_id"))
        .status(status(), seconds("timestamp")).metrics(metrics()).createdAt(seconds("age")).host(text("host"))
        .method(text("method")).layout(text("layout")).environment(text("environment")).health(health()).logPosition(logPosition()).build();
  }

  private NodePlacement placement() throws SQLException {
    return new NodePlacement(text("service"), path("root_dir"),
        text("log_dir").isEmpty() ? Optional.empty() : Optional.of(path("log_dir")), path("binary"));
  }

  private Optional<Integer> container() throws SQLException {
    Long id = Cells.number(row, "container_id");
    if (id == null) {
      return Optional.empty();
    }
    if (!isNumber("container_id") || !containers.contains(id.intValue()) || id.intValue() != id) {
      odd.add("container_id is " + id + ", and no row of table container that can be read has that id");
      return Optional.empty();
    }
    return Optional.of(id.intValue());
  }

  /** Whether a column of numbers holds one. */
  private boolean isNumber(String column) throws SQLException {
    return numbers || List.of("integer", "null").contains(text("type_of_" + column));
  }

  private NodeStatus status() throws SQLException {
    String text = text("status").strip().toUpperCase(Locale.ROOT);
    Optional<NodeStatus> known = Arrays.stream(NodeStatus.values())
        .filter(status -> status.name().equals(text) && status != NodeStatus.UNREADABLE).findFirst();
    if (known.isEmpty()) {
      odd("status", text("status"));
    }
    return known.orElse(NodeStatus.UNREADABLE);
  }

  /** A row that other programs wrote is that of the usual program; empty for one that is not known here. */
  private Optional<NodeProgram> program() throws SQLException {
    String name = !hasHealth ? "" : text("program");
    Optional<NodeProgram> known = name.isEmpty() ? Optional.of(NodePrograms.usual()) : NodePrograms.named(name);
    if (known.isEmpty()) {
      odd.add("program is '" + shortened(name) + "', which no jar here knows; put the plug-in that brings it back (--plugin_path)");
    }
    return known;
  }

  private NodePorts ports(int id, boolean hasMetricsPage) throws SQLException {
    NodePorts ports = NodePorts.of(port("port", 1, usual(55_000, id)))
        .withMetrics(optional(port("metrics_port", hasMetricsPage ? 1 : 0, usual(13_000, id))))
        .withBrowsers(browserPort());
    int rpc = port("rpc_port", 0, 0);
    return rpc == 0 ? ports : ports.withRpc(rpc);
  }

  private static OptionalInt optional(int port) {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private OptionalInt browserPort() throws SQLException {
    long port = !hasHealth ? 0 : number("browser_port");
    return port < 1 || port > PortRange.HIGHEST ? OptionalInt.empty() : OptionalInt.of((int) port);
  }

  private int port(String column, int lowest, int usual) throws SQLException {
    long port = number(column);
    if (isNumber(column) && port >= lowest && port <= PortRange.HIGHEST) {
      return (int) port;
    }
    oddNumber(column);
    return usual;
  }

  private NodeMetrics metrics() throws SQLException {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    Set<String> absent = Set.copyOf(Arrays.asList(text("absent_metrics").split(",")));
    for (NodeMetric metric : NodeTable.METRICS) {
      long value = row.getLong(metric.column());
      // The Python wnm knows nothing of that list: what it wrote since is a measurement, if it is more than 0.
      if (value > 0 || value == 0 && !row.wasNull() && !absent.contains(metric.column())) {
        values.put(metric, value);
      }
    }
    for (NodeMetric metric : NodeTable.OURS) {
      Long value = Cells.number(row, metric.column());
      if (value != null && value >= 0) {
        values.put(metric, value);
      }
    }
    // Earlier versions of wnm wrote rewards that were not reported as 0, too.
    return new NodeMetrics(values,
        rewards().filter(amount -> amount.signum() > 0 || !absent.contains("rewards")));
  }

  private Optional<BigInteger> rewards() throws SQLException {
    String text = text("rewards").strip();
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
        Long.toString(row.getLong("id")), shortened(text));
    return Optional.empty();
  }

  /** One that makes no sense begins anew. */
  private LogPosition logPosition() throws SQLException {
    return !hasHealth || number("log_position") < 0 ? LogPosition.START
        : new LogPosition(text("log_file"), number("log_position"));
  }

  private NodeHealth health() throws SQLException {
    if (!hasHealth) {
      return NodeHealth.FRESH;
    }
    Long pid = Cells.number(row, "pid");
    String cause = text("down_cause");
    return new NodeHealth(
        Arrays.stream(DownCause.values()).filter(known -> known.name().equals(cause)).findFirst().orElse(DownCause.NONE),
        (int) number("missed_probes"), (int) number("failures"), Cells.seconds(number("retry_after")),
        text("last_error"), pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  private Path path(String column) throws SQLException {
    String text = text(column);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      odd(column, text);
      return Path.of("");
    }
  }

  private Instant seconds(String column) throws SQLException {
    if (!isNumber(column) && !text("type_of_" + column).equals("real") || number(column) > Cells.LAST_SECOND_OF_9999) {
      oddNumber(column);
    }
    return Cells.seconds(number(column));
  }

  private String text(String column) throws SQLException {
    return Cells.text(row, column);
  }

  private long number(String column) throws SQLException {
    return row.getLong(column);
  }

  /** What is no number was read as 0, which nobody wrote there. */
  private void oddNumber(String column) throws SQLException {
    if (isNumber(column)) {
      odd(column, Long.toString(number(column)));
    } else {
      odd.add(column + " is no whole number");
    }
  }

  private void odd(String column, String value) {
    odd.add(column + " is '" + shortened(String.valueOf(value)) + "'");
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_NUMBER ? line.substring(0, LONGEST_NUMBER) + "…" : line;
  }
}
