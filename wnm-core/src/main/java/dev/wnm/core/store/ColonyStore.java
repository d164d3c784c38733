package dev.wnm.core.store;

import dev.wnm.core.history.CycleRecord;
import dev.wnm.core.history.History;
import dev.wnm.core.history.HistoryLimits;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.RollOutStep;
import dev.wnm.core.model.Trial;
import dev.wnm.core.model.Wave;
import dev.wnm.spi.model.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The colony's database. Every change is one transaction, on disk when the call returns. Safe for use from many threads;
 * their calls run one after another. All methods throw {@link StoreException} when the database cannot be used; then nothing
 * of the call was done.
 */
public final class ColonyStore implements AutoCloseable {
  /** How long to wait for another program that is writing: longer than any transaction of ours, shorter than a cron interval. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(15);

  private final Database database;
  private final Clock clock;
  private final Remembered<Container> containers = new Remembered<>(ContainerTable::all);
  private final Remembered<Node> nodes = new Remembered<>(NodeTable::all);

  private ColonyStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the file, or makes it (only its owner may read it). An older schema, or one of the Python wnm, is brought up to
   * date after a copy {@code <file>.backup-<time>} was made; a newer one is refused.
   */
  public static ColonyStore open(Path file, Clock clock) {
    return open(file, clock, BUSY_TIMEOUT, false);
  }

  /** Throws when the file is missing or plainly unusable; changes nothing. */
  public static void requireExisting(Path file) {
    ColonyFile.check(file.toAbsolutePath(), true);
  }

  /**
   * Whether {@code --init} has made what is in this file. A run of it that was killed leaves no file, an empty one or one
   * without settings, which the next run completes.
   *
   * @param mayMend whether what a killed writer left unfinished may be taken back, as any use of the file for writing does
   * @throws StoreException when the file is none of ours, or cannot be read
   */
  public static boolean holdsSettings(Path file, boolean mayMend) {
    Path path = file.toAbsolutePath();
    if (!Files.exists(path)) {
      return false;
    }
    ColonyFile.check(path, mayMend);
    Connections connections = new Connections(path, BUSY_TIMEOUT);
    boolean cutOff = mayMend && ColonyFile.hasJournal(path);
    try (Connection connection = cutOff ? connections.forWriting() : connections.forReading()) {
      SchemaState state = SchemaState.of(connection);
      state.refuseUnusable(path);
      return state.machines() > 0;
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  /** What is to be said of a file in which {@link #machine} finds nothing. */
  public static StoreException withoutSettings(Path file) {
    return SchemaState.withoutSettings(file);
  }

  /** As {@link #open}, but a missing file is refused, and an empty one. */
  public static ColonyStore openExisting(Path file, Clock clock) {
    ColonyFile.check(file.toAbsolutePath(), true);
    return open(file, clock, BUSY_TIMEOUT, true);
  }

  /**
   * Opens the file for reading while others may write. Every method that changes something then throws.
   *
   * @throws StoreException also when the schema is not up to date, which only {@link #open} can mend
   */
  public static ColonyStore openReadOnly(Path file, Clock clock) {
    Path path = file.toAbsolutePath();
    return new ColonyStore(new Database(path, connectForReading(path)), clock);
  }

  /**
   * One setting that is no column of the Python wnm's, as text. Asked at every start, so it takes the short way.
   *
   * @param name such as {@code plugin_path}
   * @return empty where it is not stored
   * @throws StoreException also when the schema is not up to date
   */
  public static Optional<String> readSetting(Path file, String name) {
    Path path = file.toAbsolutePath();
    try (Connection connection = connectForReading(path)) {
      return Sql.text(connection, "SELECT value FROM setting WHERE name = ?", name);
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  private static Connection connectForReading(Path path) {
    ColonyFile.check(path, false);
    try {
      Connection connection = new Connections(path, BUSY_TIMEOUT).forReading();
      try {
        if (!SchemaState.isCurrent(connection)) {
          SchemaState state = SchemaState.of(connection);
          state.refuseUnusable(path);
          if (state.isEmpty()) {
            throw SchemaState.withoutSettings(path);
          }
          throw new StoreException("the database " + path
              + " is from an older wnm; run a cycle, which brings it up to date, before reading it");
        }
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  /** What a killed writer left is taken back by the next one; who only reads may not. */
  private static StoreException unreadable(Path path, SQLException e) {
    return ColonyFile.hasJournal(path)
        ? new StoreException("the database " + path + " cannot be read: a run was cut off while it wrote; the next cycle puts"
            + " that right, or wnm --init if that was cut off", e)
        : SqliteErrors.explain(path, e);
  }

  static ColonyStore open(Path file, Clock clock, Duration busyTimeout) {
    return open(file, clock, busyTimeout, false);
  }

  /** @param existing whether an empty file is refused instead of made a database */
  private static ColonyStore open(Path file, Clock clock, Duration busyTimeout, boolean existing) {
    Path path = file.toAbsolutePath();
    boolean isNew = !Files.exists(path);
    if (isNew) {
      ColonyFile.create(path);
    } else {
      ColonyFile.check(path, true);
    }
    try {
      return new ColonyStore(new Database(path, connect(path, clock, busyTimeout, existing)), clock);
    } catch (SQLException | RuntimeException e) {
      if (isNew) {
        ColonyFile.discard(path);
      }
      throw e instanceof StoreException known ? known : SqliteErrors.explain(path, e);
    }
  }

  private static Connection connect(Path path, Clock clock, Duration busyTimeout, boolean existing) throws SQLException {
    Connections connections = new Connections(path, busyTimeout);
    Connection connection = connections.forWriting();
    try {
      if (!SchemaState.isCurrent(connection)) {
        if (existing && SchemaState.of(connection).isEmpty()) {
          throw SchemaState.withoutSettings(path);
        }
        new SchemaUpgrade(path, connection, connections, clock, Migration.all()).run();
      }
      ColonyFile.protect(path);
      Connections.useWriteAheadLog(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What SQLite finds wrong with the file, if anything: reads all of it, but does not compare indexes with tables. */
  public Optional<String> damage() {
    return database.query(SchemaState::damage);
  }

  /** The file of the database, with an absolute path. */
  public Path file() {
    return database.file();
  }

  // machine and settings

  /**
   * All settings as text, by the name of their column or option; those that are null are left out.
   *
   * @return empty before {@link #createMachine}
   */
  public Optional<Map<String, String>> machine() {
    return database.query(MachineTable::read);
  }

  /** Stores the settings of a new machine. Throws when there are settings already. */
  public void createMachine(Map<String, String> values) {
    createMachine(values, List.of(), List.of());
  }

  /** Stores the settings of a new machine and the nodes that it brings along with their containers, all or none. */
  public void createMachine(Map<String, String> values, Collection<Container> containers, Collection<Node> nodes) {
    database.change(connection -> {
      MachineTable.create(connection, values);
      ContainerTable.save(connection, containers);
      NodeTable.save(connection, nodes);
    });
  }

  /** Stores changed settings, all or none; the others stay. */
  public void saveSettings(Map<String, String> changed) {
    database.change(connection -> MachineTable.save(connection, changed));
  }

  // containers and nodes

  /** All containers by row, but for rows that cannot be read. */
  public List<Container> containers() {
    return database.query(containers::rows);
  }

  /** A sentence for each row of a container that cannot be read. Its nodes cannot be, either. */
  public List<String> unreadableContainers() {
    return database.query(ContainerTable::problems);
  }

  /** Inserts or replaces containers by their row, then nodes that may live in them, all or none. */
  public void save(Collection<Container> containers, Collection<Node> nodes) {
    database.change(connection -> {
      ContainerTable.save(connection, containers);
      NodeTable.save(connection, nodes);
    });
  }

  /** Forgets containers, which no node may live in any more. */
  public void deleteContainers(Collection<Integer> ids) {
    database.run(sql -> ContainerTable.delete(sql, ids));
  }

  /** All nodes by id; those whose rows cannot be read as {@link dev.wnm.core.model.NodeStatus#UNREADABLE}, with the reason. */
  public List<Node> nodes() {
    return database.query(nodes::rows);
  }

  public Optional<Node> node(int id) {
    return database.query(connection -> NodeTable.find(connection, id));
  }

  /**
   * Inserts or replaces nodes by their id, all or none; rows that cannot be read stay as they are. Throws when two would have
   * one service in one container.
   */
  public void save(Collection<Node> nodes) {
    database.change(connection -> NodeTable.save(connection, nodes));
  }

  /**
   * Puts nodes in the place of others and stores settings, all or none.
   *
   * @param old the ids of the nodes that the new ones replace, with what is known of their health
   */
  public void rewrite(Collection<Integer> old, Collection<Node> nodes, Map<String, String> settings) {
    database.change(connection -> {
      NodeTable.delete(connection, old);
      NodeTable.save(connection, nodes);
      MachineTable.save(connection, settings);
    });
  }

  // storages

  /** Those that carry the colony's marker, or did when they were last there. */
  public List<MarkedStorage> storages() {
    return database.query(StorageTable::all);
  }

  /** Remembers that a storage was given the marker. */
  public void saveStorage(MarkedStorage storage) {
    database.run(sql -> StorageTable.save(sql, storage));
  }

  /**
   * Forgets storages, and nodes that lived in them: their rows and nothing else. All or none.
   *
   * @param nodes the ids of the nodes
   */
  public void forget(Collection<MarkedStorage> storages, Collection<Integer> nodes) {
    database.change(connection -> {
      NodeTable.delete(connection, nodes);
      storages.forEach(storage -> StorageTable.delete(database.sql(), storage.path(), storage.container()));
    });
  }

  // journal

  /**
   * Notes what is about to be done to a node, before it is done.
   *
   * @param nodeId the node; need not exist yet
   * @param service the name its process manager knows it by
   * @param plan what recovery needs to adopt or undo it, as JSON
   * @param settings stored in the same transaction, such as the highest node id used; may be empty
   * @return the operation's number, for {@link #finish}
   */
  public long begin(OperationKind kind, int nodeId, String service, String plan, Map<String, String> settings) {
    return beginAll(kind, List.of(new Beginning(nodeId, service, plan)), Motive.of(""), settings).get(0);
  }

  /**
   * What is about to be done to one node.
   *
   * @param nodeId the node; need not exist yet
   * @param service the name its process manager knows it by
   * @param plan what recovery needs to adopt or undo it, as JSON
   */
  public record Beginning(int nodeId, String service, String plan) {}

  /**
   * The same for several nodes, all or none.
   *
   * @param motive why, for whoever reads the journal later
   * @return the operations' numbers in the order of the nodes
   */
  public List<Long> beginAll(OperationKind kind, List<Beginning> nodes, Motive motive, Map<String, String> settings) {
    return database.transaction(connection -> {
      MachineTable.save(connection, settings);
      return nodes.stream().map(node ->
          Journal.begin(database.sql(), kind, node.nodeId(), node.service(), node.plan(), motive, clock.instant())).toList();
    });
  }

  /** What was begun and not finished, oldest first. */
  public List<OpenOperation> openOperations() {
    return database.query(Journal::open);
  }

  /**
   * Closes an operation and changes its node, both or neither.
   *
   * @param detail why it failed, or what it did; may be empty
   * @throws IllegalArgumentException when the operation is not open
   */
  public void finish(long operation, boolean succeeded, String detail, NodeChange change) {
    finishAll(List.of(new Ending(operation, succeeded, detail, change)));
  }

  /**
   * How an operation ended.
   *
   * @param detail why it failed, or what it did; may be empty
   */
  public record Ending(long operation, boolean succeeded, String detail, NodeChange change) {}

  /** The same for several operations on different nodes, all or none. */
  public void finishAll(List<Ending> endings) {
    database.change(connection -> {
      for (Ending ending : endings) {
        Journal.close(database.sql(), ending.operation(), ending.succeeded(), ending.detail(), clock.instant());
        if (ending.change() instanceof NodeChange.Delete delete) {
          NodeTable.delete(connection, List.of(delete.id()));
        }
      }
      NodeTable.save(connection, endings.stream().flatMap(ending -> ending.change() instanceof NodeChange.Save save
          ? Stream.of(save.node()) : Stream.empty()).toList());
    });
  }

  // waves of upgrades

  /** What came of this binary so far; empty when wnm has brought it to no node yet. */
  public Optional<Wave> wave(String binary) {
    return database.query(connection -> WaveTable.find(connection, binary));
  }

  /** Inserts or replaces it. */
  public void save(Wave wave) {
    database.run(sql -> WaveTable.save(sql, wave));
  }

  /** All binaries that wnm has brought to nodes, or tried to. */
  public List<Wave> waves() {
    return database.query(WaveTable::all);
  }

  /** The nodes that have not proven their binary yet, by id. */
  public List<Trial> trials() {
    return database.query(WaveTable::trials);
  }

  /** That of one node. */
  public Optional<Trial> trial(int nodeId) {
    return database.query(connection -> WaveTable.trial(connection, nodeId));
  }

  /** Inserts or replaces it by its node, which must exist. */
  public void save(Trial trial) {
    database.run(sql -> WaveTable.save(sql, trial));
  }

  /** A node's trial is over. */
  public void endTrial(int nodeId) {
    database.run(sql -> WaveTable.delete(sql, nodeId));
  }

  // incidents

  /** Keeps what befell nodes. */
  public void record(Collection<Incident> incidents) {
    database.run(sql -> IncidentTable.add(sql, incidents));
  }

  /** The last thing that befell each node, by its id, also of nodes that are gone. */
  public Map<Integer, Incident> lastIncidents() {
    return database.query(IncidentTable::last);
  }

  /** When each node that was started since that time was last started, by its id; as the journal has it. */
  public Map<Integer, Instant> startsSince(Instant time) {
    return database.query(connection -> Journal.startsSince(connection, time));
  }

  // roll-outs of images

  /** The groups of a roll-out that is under way or was cut off, in their order; empty when there is none. */
  public List<RollOutStep> rollOut() {
    return database.query(RollOutTable::all);
  }

  /** Puts these in the place of all that there are, all or none; none when the roll-out is over. */
  public void saveRollOut(Collection<RollOutStep> steps) {
    database.run(sql -> RollOutTable.replace(sql, steps));
  }

  /** Inserts or replaces it by its group. */
  public void save(RollOutStep step) {
    database.run(sql -> RollOutTable.save(sql, step));
  }

  // history

  public Optional<HostCounters> counters() {
    return database.query(CountersTable::read);
  }

  public void saveCounters(HostCounters counters) {
    database.change(connection -> CountersTable.save(connection, counters));
  }

  /** What was, as it can be asked for. */
  public History history() {
    return new StoredHistory(database, clock);
  }

  /** What is to be told of, and to whom it was told. */
  public EventLog eventLog() {
    return new EventLog(database);
  }

  /** Saves the nodes, and keeps a sample of each that has none in this interval of {@code at}, all or none. */
  public void recordSurvey(Collection<Node> nodes, Instant at) {
    database.change(connection -> {
      NodeTable.save(connection, nodes);
      NodeSamples.add(connection, nodes, at);
    });
  }

  /**
   * Keeps a decision before something is done for it. One that is like the last one, for which nothing was done, is counted there.
   *
   * @return its number, for the operations that follow from it
   */
  public long recordDecision(CycleRecord cycle) {
    return database.transaction(connection -> DecisionTable.add(connection, cycle));
  }

  /**
   * Keeps what a cycle leaves: its decision, a sample of the host unless there is one of the same minute, and the host's counters, all or
   * none.
   *
   * @param decision the decision's number, where {@link #recordDecision} has kept it already
   * @param took how long the cycle took
   */
  public void recordCycle(CycleRecord cycle, OptionalLong decision, Duration took, HostCounters counters) {
    database.change(connection -> {
      CountersTable.save(connection, counters);
      HostSamples.add(connection, cycle.input(), cycle.at());
      DecisionTable.noteSettings(connection, cycle);
      DecisionTable.ended(connection, decision.isPresent() ? decision.getAsLong() : DecisionTable.add(connection, cycle), took);
    });
  }

  /** Forgets what of history and journal has had its time. Cheap when there is nothing to forget. */
  public void thin(Instant now, HistoryLimits limits) {
    database.change(connection -> new Thinning(connection, now).run(limits));
  }

  @Override
  public void close() {
    database.close();
  }
}
