package dev.wnm.core.cycle;

import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.firewall.FirewallKeeper;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.observation.FolderSizes;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.observation.Observations;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.NodeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at nodes, and records what is believed of what was seen. */
final class Surveyor {
  private static final System.Logger LOG = System.getLogger(Surveyor.class.getName());
  /** Process managers are asked of all nodes for it, also of those that tell by themselves how they are. */
  private static final Duration BETWEEN_MEASUREMENTS = Duration.ofMinutes(10);

  private final CycleContext context;
  private final NodeObserver observer;
  private final FleetRecorder recorder;
  private final UpgradeWaves waves;
  private final FirewallKeeper firewall;

  Surveyor(CycleContext context, NodeObserver observer, FleetRecorder recorder, UpgradeWaves waves, FirewallKeeper firewall) {
    this.context = context;
    this.observer = observer;
    this.recorder = recorder;
    this.waves = waves;
    this.firewall = firewall;
  }

  /** Looks at every node that is not left alone, and believes what it sees of those that are settled. */
  void survey() {
    List<Node> all = context.fleet().nodes().stream().filter(Surveyor::isLookedAt).toList();
    boolean isMeasured = context.state().measuredWithin(BETWEEN_MEASUREMENTS, context.now());
    Duration pause = context.settings().surveyDelay();
    NodeObserver listening = observer.listening();
    recorded(FolderSizes.measured(seen(all, isMeasured ? listening.look(all, pause) : listening.measure(all, pause)), context.now()));
    if (!isMeasured) {
      context.state().measured(context.now());
    }
    context.state().surveyed(context.now());
    if (!context.isDryRun()) {
      firewall.checkIfDue(context.fleet(), context.now());
    }
    showNotices();
  }

  /** The same for these nodes. @return how they are now */
  List<Node> survey(List<Node> nodes) {
    List<Node> seen = look(nodes.stream().filter(node -> node.status() != NodeStatus.UNREADABLE).toList());
    context.state().surveyed(context.now());
    return seen;
  }

  /** The same where it is not to count as the survey that the next cycles may do without. */
  List<Node> look(List<Node> nodes) {
    return recorded(seen(nodes, observer.look(nodes, context.settings().surveyDelay())));
  }

  /** Looks at those nodes whose processes are said to have ended, and asks their process managers too. */
  void lookInto(Set<Integer> ended) {
    List<Node> nodes = context.fleet().nodes().stream().filter(node -> ended.contains(node.id()) && isLookedAt(node)).toList();
    if (!nodes.isEmpty()) {
      recorded(seen(nodes, observer.measure(nodes, Duration.ZERO)));
    }
  }

  /** What is believed of nodes that were looked at. */
  private List<Node> seen(List<Node> nodes, Observations observations) {
    Instant now = context.now();
    return nodes.stream().map(node -> node.status().settled() ? NodeStates.settled(node, observations.of(node), now)
        : NodeStates.heard(node, observations.of(node))).toList();
  }

  private List<Node> recorded(List<Node> seen) {
    recorder.recordSurvey(seen, context.now());
    return seen;
  }

  /** Passes on what the process managers want their operator to know; what was passed on before is not repeated. */
  private void showNotices() {
    Map<String, List<NodeSpec>> known = context.fleet().nodes().stream()
        .collect(Collectors.groupingBy(Node::managerType, TreeMap::new, Collectors.mapping(context.specs()::of, Collectors.toList())));
    known.putIfAbsent(context.managers().mainType(), List.of());
    List<String> notices = new ArrayList<>(context.state().firewallNotices());
    known.forEach((type, members) ->
        context.managers().of(type).capability(GivesNotice.class).ifPresent(manager -> notices.addAll(manager.notices(members))));
    context.state().keepStrangersOf(context.fleet().nodes().stream().map(Node::id).collect(Collectors.toSet()));
    context.state().unseen(notices).forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice));
  }

  /** After a reboot: looks at every node that is not left alone; what is down was taken down, not broken. */
  void resurvey() {
    Instant now = context.now();
    List<Node> nodes = context.fleet().nodes().stream()
        .filter(node -> isLookedAt(node) && node.status() != NodeStatus.REMOVING).toList();
    Observations observations = observer.look(nodes, context.settings().surveyDelay());
    waves.silence(nodes);
    recorder.recordSurvey(nodes.stream().map(node -> NodeStates.afterReboot(node, observations.of(node), now)).toList(), now);
    context.state().surveyed(now);
  }

  /** Whether anything is asked of a node: not where it is to be left alone, or cannot be told what it is. */
  static boolean isLookedAt(Node node) {
    return node.status() != NodeStatus.DISABLED && node.status() != NodeStatus.UNREADABLE;
  }
}
