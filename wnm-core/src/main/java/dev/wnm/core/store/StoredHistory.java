package dev.wnm.core.store;

import dev.wnm.core.history.Course;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.NodePoint;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.SettingsChange;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Incident;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Answers from the tables. */
final class StoredHistory implements History {
  private final Database database;
  private final Clock clock;

  StoredHistory(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Course<MachinePoint> machine(TimeRange range, int points) {
    return database.query(connection -> HostSamples.machine(connection, range, step(Retention.HOST, range, points)));
  }

  @Override
  public Course<StatesPoint> states(TimeRange range, int points) {
    return database.query(connection -> HostSamples.states(connection, range, step(Retention.HOST, range, points)));
  }

  @Override
  public Course<NodePoint> node(int nodeId, TimeRange range, int points) {
    return database.query(connection -> NodeSamples.course(connection, nodeId, range, step(Retention.NODES, range, points)));
  }

  /** Whole intervals of what is kept from the oldest time on, so that each step has a sample where nothing is missing. */
  private Duration step(Retention retention, TimeRange range, int points) {
    long interval = retention.intervalAt(Duration.between(range.from(), clock.instant())).toSeconds();
    double wished = (double) range.length().toSeconds() / Math.max(1, points);
    return Duration.ofSeconds(Math.max(1, (long) Math.ceil(wished / interval)) * interval);
  }

  @Override
  public List<PastDecision> decisions(DecisionQuery query) {
    return database.query(connection -> DecisionTable.find(connection, query));
  }

  @Override
  public Optional<PastDecision> decision(long id) {
    return database.query(connection -> DecisionTable.find(connection, id));
  }

  @Override
  public List<PastOperation> operations(OperationQuery query) {
    return database.query(connection -> Journal.find(connection, query));
  }

  @Override
  public List<Incident> incidents(TimeRange range, Set<Integer> nodes, int most) {
    return database.query(connection -> IncidentTable.find(connection, range, nodes, most));
  }

  @Override
  public List<SettingsChange> settings(TimeRange range) {
    return database.query(connection -> DecisionTable.settings(connection, range));
  }

  @Override
  public void moments(TimeRange range, Consumer<Moment> reader) {
    database.query(connection -> {
      HostSamples.moments(connection, range, reader);
      return true;
    });
  }
}
