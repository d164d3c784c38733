package dev.wnm.cli.top;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Condition;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Features;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.history.Course;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.NodeLine;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A colony as it is seen. */
final class Sample {
  static final Instant NOW = Instant.ofEpochSecond(1_795_219_789L);
  private static final Path HOME = Path.of("/home/op");
  private static final Settings SETTINGS = SettingsResolver.read(new Platform(OperatingSystem.LINUX, HOME, "op", false, 2, Map.of(), HOME),
      List.of("--node_cap", "6000", "--dbpath", "/srv/my colony.db")).settle(Map.of(), List.of());

  private Sample() {}

  static Node node(int id, NodeStatus status) {
    return node(id, "antnode%04d".formatted(id), status);
  }

  static Node node(int id, String name, NodeStatus status) {
    return Node.builder(id, "systemd+user", NodePlacement.of(name, Path.of("/nodes", "n" + id)), NodePorts.of(10_000 + id, 23_000 + id)).user("ant")
        .version(Version.parse("0.4.7")).wallet("0x" + "1".repeat(40)).status(status, NOW).createdAt(NOW.minusSeconds(60)).build();
  }

  /** One of which nothing is known. */
  static Node unknown(int id) {
    Node node = node(id, NodeStatus.RUNNING);
    return node.withHealth(node.health().unknown(DownCause.UNKNOWN, "its socket is gone"));
  }

  static List<Node> running(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(id -> node(id, NodeStatus.RUNNING)).toList();
  }

  static Snapshot snapshot(List<Node> nodes) {
    return snapshot(nodes, NOW.minusSeconds(40));
  }

  static Snapshot snapshot(List<Node> nodes, Instant lastCycle) {
    HostMetrics host = new HostMetrics(Instant.ofEpochSecond(1_795_000_000L), "5f3a", 0.77, 1.2, 2, 64.1, 0.5, 33.3, 50.25, 1_000_000_000_000L, 10, 20, 30, 40);
    DecisionInput input = new DecisionInput(SETTINGS.decisionLimits(), host, FleetCounts.of(nodes, Optional.empty(), NOW), Optional.empty(), false);
    FleetStatus.Health health = new FleetStatus.Health(0, List.of(), List.of(), Optional.empty());
    FleetStatus status = new FleetStatus(NOW, Optional.of(lastCycle), nodes, 6_000, health, DecisionEngine.outlook(input), Optional.empty(),
        new FleetStatus.Programs(true, Optional.of(Path.of("/opt/antnode")), Optional.empty(), Map.of(), true, List.of()), FleetStatus.Room.UNKNOWN,
        FleetStatus.Past.UNKNOWN, Optional.empty(), Map.of());
    PastDecision decision = new PastDecision(7, NOW.minusSeconds(3_600), NOW.minusSeconds(40), 60, new Features(Set.of()),
        List.of(new PlannedAction(ActionType.SURVEY, PlannedAction.Target.FLEET, 1, 0, "idle monitoring")), List.of("memory is not below 60 %"),
        Map.of("cpu", 64.1), Optional.of(Duration.ofSeconds(3)));
    WhyNot whyNot = new WhyNot(ActionType.ADD, List.of(new Condition("cpu", "CPU", Condition.State.UNMET, "64.1 %", "below 50 %", Optional.of("cpu_less_than"),
        "14.1 % too much")), 0);
    return new Snapshot(status, NodeLine.of(nodes, List.of(), NOW), List.of(decision), past(), whyNot, SETTINGS);
  }

  /** A day of which the first half is unknown; CPU was high for a moment. */
  private static Past past() {
    List<StatesPoint> states = IntStream.range(48, 96).mapToObj(i -> new StatesPoint(NOW.minusSeconds(900L * (95 - i)), 30,
        Map.of(NodeStatus.RUNNING, i < 70 ? 12 : 24, NodeStatus.DEAD, i == 80 ? 3 : 0))).toList();
    List<MachinePoint> machine = IntStream.range(48, 96).mapToObj(i -> new MachinePoint(NOW.minusSeconds(900L * (95 - i)), 1,
        Map.of(Measure.CPU, new MachinePoint.Spread(20, i == 60 ? 95 : 25)))).toList();
    return new Past(TimeRange.last(Duration.ofDays(1), NOW), new Course<>(Duration.ofMinutes(15), states), new Course<>(Duration.ofMinutes(15), machine));
  }

  static Sight sight(List<Node> nodes) {
    return new Sight(Optional.of(snapshot(nodes)), "");
  }

  static Model model(List<Node> nodes) {
    return Model.FIRST.seeing(sight(nodes));
  }
}
