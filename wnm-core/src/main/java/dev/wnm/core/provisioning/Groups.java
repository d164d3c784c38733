package dev.wnm.core.provisioning;

import dev.wnm.core.allocation.GroupAllocator;
import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.allocation.GroupPlan;
import dev.wnm.core.allocation.GroupUse;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.work.Oversight;
import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkUnderWay;
import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.PortUse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The container groups of a colony: their rows, and what the process manager makes of them. A group has a row before it has
 * a container, so that none is forgotten when wnm is killed in between.
 */
public final class Groups {
  /** Begins what stands for the id of a container that was never made. */
  private static final String PLANNED = "planned-";
  /** New groups of one call. Docker takes minutes for one that publishes many ports, and has enough to do with so many. */
  private static final int MOST_MADE_TOGETHER = 4;

  private final Settings settings;
  private final ColonyStore store;
  private final HostsGroups manager;
  private final NodeSpecs specs;
  private final CycleState cycleState;
  private final Clock clock;
  private final Oversight oversight;
  private final PortPlan ports;
  private final GroupBlocks blocks;
  private final Map<String, GroupResult> results = new LinkedHashMap<>();
  private final Set<String> madeAnew = new HashSet<>();

  /**
   * Looks at nothing yet.
   *
   * @param present the program that new nodes are of; older ones may live in the same group
   * @param oversight is told of groups that are made or removed, and says whether more may be
   */
  public Groups(Settings settings, ColonyStore store, HostsGroups manager, NodeSpecs specs, CycleState cycleState, Clock clock,
      NodeProgram present, Oversight oversight) {
    this.oversight = oversight;
    this.settings = settings;
    this.store = store;
    this.manager = manager;
    this.specs = specs;
    this.cycleState = cycleState;
    this.clock = clock;
    ports = settings.portPlan(NodePrograms.usual(), present);
    blocks = settings.groupBlocks();
  }

  /** Whether the nodes of this process manager live in groups with blocks of ids. */
  public static boolean areOf(ProcessManager manager) {
    return manager.capability(HostsGroups.class).isPresent();
  }

  /** Those that have rows, lowest first. */
  public List<ContainerGroup> all() {
    return all(rows());
  }

  private List<ContainerGroup> all(ContainerRows rows) {
    return rows.all().stream().filter(Container::isOfGroup)
        .flatMap(row -> ContainerGroup.named(row.name(), blocks.size()).stream()).toList();
  }

  /**
   * Makes the containers of all groups run, and takes down how they are. One whose nodes' storage is away stays as it is: its
   * container would come up without them.
   *
   * @param outage why nothing is known of a node's storage, if that is so
   * @return why some do not run, by name
   */
  public Map<String, String> keep(Function<Node, Optional<String>> outage) {
    Map<String, String> failures = new LinkedHashMap<>();
    List<ContainerGroup> there = new ArrayList<>();
    ContainerRows rows = rows();
    Map<Integer, List<Node>> members = members();
    for (ContainerGroup group : all(rows)) {
      Optional<String> away = members(group, rows, members).stream().flatMap(node -> outage.apply(node).stream()).findFirst();
      away.ifPresentOrElse(why -> failures.put(group.name(), why), () -> there.add(group));
      away.ifPresent(why -> results.put(group.name(), GroupResult.failed(why)));
    }
    Map<String, String> before = ids();
    failures.putAll(open(there));
    ids().forEach((name, id) -> {
      if (before.containsKey(name) && !before.get(name).equals(id)) {
        madeAnew.add(name);
      }
    });
    return failures;
  }

  /** The containers that groups have, or had last, by the groups' names. */
  private Map<String, String> ids() {
    return rows().all().stream().filter(Groups::hadContainer).collect(Collectors.toMap(Container::name, Container::dockerId));
  }

  private static boolean hadContainer(Container row) {
    return row.isOfGroup() && !row.dockerId().startsWith(PLANNED);
  }

  private Map<String, String> open(List<ContainerGroup> groups) {
    if (groups.isEmpty()) {
      return Map.of();
    }
    ContainerRows rows = rows();
    Optional<String> instead = imageInstead(rows);
    groups.forEach(group -> rows.recordPlanned(planned(spec(group, rows), instead)));
    store.save(rows.all(), List.of());
    Map<String, GroupResult> opened = manager.openGroups(groups.stream().map(group -> standing(group, rows, instead)).toList());
    Map<GroupSpec, GroupResult> outcomes = new LinkedHashMap<>();
    groups.forEach(group -> outcomes.put(spec(group, rows), opened.getOrDefault(group.name(),
        GroupResult.failed("the process manager said nothing of group " + group.name()))));
    return record(outcomes, rows);
  }

  /** Takes down what became of groups: their containers, and where the metrics of their nodes are. @return why some failed, by name */
  private Map<String, String> record(Map<GroupSpec, GroupResult> outcomes, ContainerRows rows) {
    Map<String, String> failures = new LinkedHashMap<>();
    Map<Integer, String> hosts = new HashMap<>();
    outcomes.forEach((group, result) -> {
      results.put(group.name(), result);
      if (result instanceof GroupResult.Up up) {
        Container row = rows.record(up.container().owning(group.nodePorts(), group.metricsPorts(), group.browserPorts()));
        hosts.put(row.id().orElseThrow(), up.host());
      } else {
        rows.named(group.name()).ifPresent(row -> rows.record(row.stopped()));
        result.failure().ifPresent(failed -> failures.put(group.name(), failed.reason()));
      }
    });
    List<Node> moved = hosts.isEmpty() ? List.of() : store.nodes().stream().flatMap(node -> node.containerId().map(hosts::get)
        .filter(host -> !host.equals(node.host())).map(node::withHost).stream()).toList();
    store.save(rows.all(), moved);
    specs.know(rows.all());
    return failures;
  }

  /**
   * Finds places for new nodes, and opens the groups that are needed for them.
   *
   * @param takenIds ids in use, of nodes that are being made as well
   * @param mayOpen whether groups may be made; where not, they are planned only
   * @param notes is told why places are fewer, or other than expected
   */
  GroupPlan plan(int count, Set<Integer> takenIds, boolean mayOpen, List<String> notes) {
    Set<ContainerGroup> shut = new HashSet<>();
    while (true) {
      GroupPlan plan = new GroupAllocator(blocks, settings.get(Options.MIN_CONTAINER_COUNT)).plan(uses(takenIds, shut), count);
      List<ContainerGroup> unfit = new ArrayList<>();
      plan.newGroups().forEach(group -> problem(group).ifPresent(problem -> {
        notes.add("group " + group.name() + " is not made: " + problem);
        unfit.add(group);
      }));
      if (unfit.isEmpty() && !plan.newGroups().isEmpty()) {
        imageInstead(rows()).ifPresent(image -> notes.add("new groups are made from " + image + ", since the roll-out of "
            + manager.image() + " failed"));
      }
      if (unfit.isEmpty() && mayOpen) {
        make(plan.newGroups()).forEach((name, reason) -> {
          notes.add("group " + name + " cannot be used: " + reason);
          ContainerGroup.named(name, blocks.size()).ifPresent(unfit::add);
        });
      }
      if (mayOpen && !oversight.goesOn()) {
        return new GroupPlan(List.of(), List.of());
      }
      if (unfit.isEmpty()) {
        if (plan.slots().size() < count) {
          notes.add((count - plan.slots().size()) + " of " + count + " nodes are not added: "
              + (shut.isEmpty() ? "all groups are full" : "there is no room for them in the other groups"));
        }
        return plan;
      }
      shut.addAll(unfit);
    }
  }

  /** Makes groups that are not there yet, as long as that may go on. @return why some failed, by name */
  private Map<String, String> make(List<ContainerGroup> groups) {
    Map<String, String> failures = new LinkedHashMap<>();
    try (WorkUnderWay work = oversight.begin(OperationKind.ADD, Work.Things.GROUPS, names(groups))) {
      for (int from = 0; from < groups.size() && oversight.goesOn(); from += MOST_MADE_TOGETHER) {
        List<ContainerGroup> part = groups.subList(from, Math.min(from + MOST_MADE_TOGETHER, groups.size()));
        work.begun(names(part));
        Map<String, String> failed = open(part);
        work.over(names(part), part.size() - failed.size());
        failures.putAll(failed);
      }
    }
    return failures;
  }

  private static List<String> names(List<ContainerGroup> groups) {
    return groups.stream().map(ContainerGroup::name).toList();
  }

  /** Why a group that is not there yet cannot have its block of ports. */
  private Optional<String> problem(ContainerGroup group) {
    Optional<String> beyond = ports.problem(group.lastId());
    if (beyond.isPresent()) {
      return beyond;
    }
    for (int id = group.firstId(); id <= group.lastId(); id++) {
      Optional<String> held = ListeningPorts.held(ports.portsOf(id));
      if (held.isPresent()) {
        return held;
      }
    }
    return Optional.empty();
  }

  private List<GroupUse> uses(Set<Integer> takenIds, Set<ContainerGroup> shut) {
    Map<Integer, Set<Integer>> taken = takenIds.stream().collect(Collectors.groupingBy(blocks::indexOf, Collectors.toSet()));
    Map<String, ContainerGroup> there =
        all().stream().collect(Collectors.toMap(ContainerGroup::name, group -> group, (one, same) -> one, LinkedHashMap::new));
    shut.forEach(group -> there.putIfAbsent(group.name(), group));
    return there.values().stream().map(group -> new GroupUse(group, isActive(group) && blocks.mayTake(group) && !shut.contains(group),
        taken.getOrDefault(group.index(), Set.of()))).toList();
  }

  /** Why no node is added wherever there is room on the machine, in a clause: all blocks that groups may have are full. */
  public Optional<String> hindrance(Collection<Integer> takenIds) {
    return Optional.of("the groups of the blocks that there may be are full (" + Options.GROUP_BLOCKS.name() + " " + blocks.allowed() + ")")
        .filter(words -> blocks.areFull(takenIds));
  }

  /** Nothing is added to a group whose container was not made to run. One that was not asked for in a dry run counts as fine. */
  private boolean isActive(ContainerGroup group) {
    return !results.containsKey(group.name()) || results.get(group.name()) instanceof GroupResult.Up;
  }

  /** The nodes of groups whose containers were made, started or mended of late. */
  public List<Node> changed() {
    ContainerRows rows = rows();
    List<ContainerGroup> changed =
        all(rows).stream().filter(group -> results.get(group.name()) instanceof GroupResult.Up up && up.changed()).toList();
    Map<Integer, List<Node>> members = changed.isEmpty() ? Map.of() : members();
    return changed.stream().flatMap(group -> members(group, rows, members).stream()).toList();
  }

  /** The row of a group's container. */
  private Optional<Container> row(ContainerGroup group) {
    return rows().named(group.name());
  }

  /** Makes the container of a group anew from the image of the settings. @return why that failed, if it did */
  public Optional<String> rebuild(ContainerGroup group) {
    return rebuild(rebuilt(group));
  }

  /** The same from another image. */
  public Optional<String> rebuild(ContainerGroup group, String image) {
    return rebuild(rebuilt(group).withImage(image));
  }

  private Optional<String> rebuild(GroupSpec anew) {
    return Optional.ofNullable(record(Map.of(anew, manager.rebuildGroup(anew)), rows()).get(anew.name()));
  }

  /**
   * What came of the roll-out of the settings' image: while it has failed, new groups get the image of the others.
   *
   * @param failure why it stopped before all groups had it; empty when it did not
   */
  public void rolledOut(Optional<String> failure) {
    cycleState.rolledOut(new CycleState.RollOutEnd(clock.instant(), manager.image(), failure.orElse("")));
    cycleState.save(store);
  }

  /** The image that new groups get instead of the settings', whose roll-out has failed; empty when they get that. */
  private Optional<String> imageInstead(ContainerRows rows) {
    return cycleState.isRefused(manager.image())
        ? rows.all().stream().filter(Groups::hadContainer).map(Container::image).findFirst()
        : Optional.empty();
  }

  /** The image that the settings name. */
  public String imageOfSettings() {
    return manager.image();
  }

  /** What the container of a group was made from, as far as that is known. */
  public Optional<String> image(ContainerGroup group) {
    return results.get(group.name()) instanceof GroupResult.Up up ? Optional.of(up.image())
        : row(group).map(Container::image).filter(image -> !image.equals(manager.image()));
  }

  /** Makes sure that the container of a group runs. @return what differs once it was started anew; empty when it does not run */
  public Optional<String> life(ContainerGroup group) {
    open(List.of(group));
    return results.get(group.name()) instanceof GroupResult.Up up ? Optional.of(up.life()) : Optional.empty();
  }

  /** How the container of a group is doing. */
  public GroupHealth health(ContainerGroup group) {
    return results.get(group.name()) instanceof GroupResult.Up up ? up.health() : GroupHealth.UNCHECKED;
  }

  /** Why a group does not run, after a look at it. */
  public String failure(ContainerGroup group) {
    return Optional.ofNullable(results.get(group.name())).flatMap(GroupResult::failure).map(GroupResult.Failed::reason)
        .orElse("its container does not run");
  }

  /**
   * What is wrong with groups that run, a clause each.
   *
   * @param deathsBefore how often the container of each group had died when this was last asked, by the container's id; is
   *     brought up to date
   */
  public List<String> troubles(Map<String, Integer> deathsBefore) {
    List<String> troubles = new ArrayList<>();
    Map<String, Integer> deaths = new LinkedHashMap<>();
    results.forEach((name, result) -> {
      if (result instanceof GroupResult.Up up) {
        if (madeAnew.contains(name)) {
          troubles.add("group " + name + ": its container was gone or of no use any more, and was made anew");
        }
        String id = up.container().dockerId();
        int now = up.health().deaths();
        int more = now - deathsBefore.getOrDefault(id, now);
        deaths.put(id, now);
        if (more > 0) {
          troubles.add("group " + name + ": its container died " + times(more) + " since the last cycle and was started again, "
              + times(now) + " in all");
        }
        up.health().troubles().forEach(trouble -> troubles.add("group " + name + ": " + trouble));
      }
    });
    deathsBefore.clear();
    deathsBefore.putAll(deaths);
    return troubles;
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  /** Removes the containers of all groups and forgets those that are gone. @return why others are not, by name */
  public Map<String, String> close() {
    ContainerRows rows = rows();
    List<ContainerGroup> groups = all(rows);
    if (groups.isEmpty()) {
      return Map.of();
    }
    Map<String, GroupResult> closed;
    try (WorkUnderWay work = oversight.begin(OperationKind.REMOVE, Work.Things.GROUPS, names(groups))) {
      work.begun(names(groups));
      closed = manager.closeGroups(groups.stream().map(group -> spec(group, rows)).toList());
      work.over(names(groups), closed.values().stream().filter(GroupResult.Gone.class::isInstance).count());
    }
    Map<String, String> failures = new LinkedHashMap<>();
    List<Integer> gone = new ArrayList<>();
    for (ContainerGroup group : groups) {
      if (closed.get(group.name()) instanceof GroupResult.Gone) {
        rows.named(group.name()).flatMap(Container::id).ifPresent(gone::add);
      } else {
        failures.put(group.name(), Optional.ofNullable(closed.get(group.name())).flatMap(GroupResult::failure)
            .map(GroupResult.Failed::reason).orElse("the process manager said nothing of it"));
      }
    }
    store.deleteContainers(gone);
    return failures;
  }

  /** The nodes of a group. */
  public List<Node> members(ContainerGroup group) {
    return members(group, rows(), members());
  }

  /** The nodes of all containers, by the containers' rows. */
  private Map<Integer, List<Node>> members() {
    return store.nodes().stream().filter(node -> node.containerId().isPresent())
        .collect(Collectors.groupingBy(node -> node.containerId().orElseThrow()));
  }

  private static List<Node> members(ContainerGroup group, ContainerRows rows, Map<Integer, List<Node>> members) {
    return rows.named(group.name()).flatMap(Container::id).map(id -> members.getOrDefault(id, List.of())).orElse(List.of());
  }

  private Container planned(GroupSpec spec, Optional<String> imageInstead) {
    return new Container(Optional.empty(), spec.name(), PLANNED + spec.name(), imageInstead.orElse(manager.image()), false,
        clock.instant()).owning(spec.nodePorts(), spec.metricsPorts(), spec.browserPorts());
  }

  /** One that is there keeps the ports for browsers that it was made with, or none: others would need another container. */
  private GroupSpec spec(ContainerGroup group, ContainerRows rows) {
    Optional<Container> row = rows.named(group.name());
    return new GroupSpec(group, group.ports(ports.portStart()), group.ports(ports.metricsPortStart()))
        .withBrowserPorts(row.isPresent() ? row.get().browserPorts() : ports.browserPorts(group));
  }

  /** With ports for browsers now, if it has none and nothing else has them. */
  private GroupSpec rebuilt(ContainerGroup group) {
    GroupSpec spec = spec(group, rows());
    if (spec.browserPorts().isPresent() || ports.problem(group.lastId()).isPresent()) {
      return spec;
    }
    Set<Integer> own = members(group).stream().flatMap(node -> node.ports().udp().stream()).collect(Collectors.toSet());
    return spec.withBrowserPorts(ports.browserPorts(group).filter(range -> IntStream.rangeClosed(range.first(), range.last())
        .allMatch(port -> own.contains(port) || ListeningPorts.held(NodePorts.of(port)).isEmpty())));
  }

  /**
   * Makes new nodes those of a group, as its container lets them be: in its row, at its address, with the group's port for browsers
   * or none. A group that was only planned, in a dry run, has neither row nor address.
   */
  UnaryOperator<Node> placement(ContainerGroup group) {
    ContainerRows rows = rows();
    Optional<Integer> row = rows.named(group.name()).flatMap(Container::id);
    Optional<String> host = results.get(group.name()) instanceof GroupResult.Up up ? Optional.of(up.host()) : Optional.empty();
    Optional<PortRange> range = spec(group, rows).browserPorts().filter(block -> ports.uses().contains(PortUse.BROWSERS));
    return node -> {
      OptionalInt port = range.isPresent() ? OptionalInt.of(range.get().first() + node.id() - group.firstId()) : OptionalInt.empty();
      Node fitting = node.toBuilder().ports(node.ports().withBrowsers(port)).build();
      Node placed = row.map(fitting::inContainer).orElse(fitting);
      return host.map(placed::withHost).orElse(placed);
    };
  }

  /** One that had a container gets one of the same image again: to another image only a roll-out brings it. */
  private GroupSpec standing(ContainerGroup group, ContainerRows rows, Optional<String> imageInstead) {
    GroupSpec spec = spec(group, rows);
    return rows.named(group.name()).filter(Groups::hadContainer).map(Container::image).or(() -> imageInstead)
        .map(spec::withImage).orElse(spec);
  }

  private ContainerRows rows() {
    return new ContainerRows(store.containers());
  }

  /**
   * Why these settings would take nodes out of their groups, if they would.
   *
   * @param containers the rows that there are
   */
  public static Optional<String> moved(Settings settings, Collection<Container> containers, Collection<Node> nodes) {
    int size = settings.get(Options.MAX_NODE_PER_CONTAINER);
    Map<Integer, ContainerGroup> groups = new LinkedHashMap<>();
    containers.stream().filter(Container::isOfGroup).forEach(row ->
        ContainerGroup.named(row.name(), size).ifPresent(group -> groups.put(row.id().orElseThrow(), group)));
    return nodes.stream().flatMap(node -> node.containerId().map(groups::get).filter(group -> !group.owns(node.id()))
        .map(group -> Options.MAX_NODE_PER_CONTAINER + " " + size + " would take node " + node.id() + " out of group "
            + group.name() + ", where it lives; it can be changed while only a1 has nodes,"
            + " to no less than their highest number").stream()).findFirst();
  }
}
