package dev.wnm.managers.docker;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.BatchManager;
import dev.wnm.managers.support.NativeManager;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeLog;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs each node in a container of its own. Safe to use for different nodes from many threads. */
final class DockerManager extends NativeManager implements BatchManager, Describes, GivesNotice, NoticesEnds {
  private final ManagerContext context;
  private final ContainerSpec containerSpec;
  private final NodeContainers containers;
  private final ContainerStarter starter;
  private final ContainerSurvey survey;

  DockerManager(ManagerContext context, ContainerSpec containerSpec, NodeContainers containers, ContainerStarter starter,
      ContainerSurvey survey, NodeHome homes) {
    super(homes);
    this.context = context;
    this.containerSpec = containerSpec;
    this.containers = containers;
    this.starter = starter;
    this.survey = survey;
  }

  /** What docker publishes passes before ufw's rules. */
  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return type == OpensPorts.class && !usesFirewall() ? Optional.empty() : super.capability(type);
  }

  private boolean usesFirewall() {
    return containerSpec.network() == NodeNetwork.HOST;
  }

  @Override
  public LookOut lookOut() throws ManagerUnavailableException {
    return containers.lookOut();
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return homes().makeAll(nodes, () -> Batches.oneByOne(nodes, this::made));
  }

  private OperationResult made(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean changed = homes().make(node, () -> starter.knows(node), () -> starter.makeMissing(node));
      return OperationResult.done(factsOf(node), changed);
    });
  }

  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    try {
      Map<Integer, DockerContainer> there = containers.of(nodes);
      List<NodeSpec> down = nodes.stream().filter(node -> !isUp(there.get(node.id()))).toList();
      nodes.stream().filter(node -> isUp(there.get(node.id())))
          .forEach(node -> results.put(node.id(), keep(node, there.get(node.id()))));
      // Those that die again and again: docker would start them meanwhile.
      containers.stop(running(down, there));
      String imageId = down.isEmpty() ? "" : starter.imageId();
      down.forEach(node -> results.put(node.id(), Attempt.on(node, () -> {
        starter.prepare(node, Optional.ofNullable(there.get(node.id())), imageId);
        return OperationResult.done(factsOf(node));
      })));
      List<NodeSpec> prepared = down.stream().filter(node -> results.get(node.id()).failure().isEmpty()).toList();
      results.putAll(started(prepared));
    } catch (OperationFailedException e) {
      fail(nodes, results, e);
    }
    return results;
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    try {
      Map<Integer, Boolean> ended = end(nodes, containers.of(nodes), results);
      ended.forEach((id, ran) -> results.put(id, OperationResult.done(NodeFacts.asSuggested(byId(nodes, id)), ran)));
    } catch (OperationFailedException e) {
      fail(nodes, results, e);
    }
    return results;
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> asked) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    List<NodeSpec> nodes = homes().removable(asked, results);
    try {
      Map<Integer, DockerContainer> there = containers.of(nodes);
      Map<Integer, Boolean> ended = end(nodes, there, results);
      containers.remove(ended.keySet().stream().filter(there::containsKey).map(there::get).toList());
      for (int id : ended.keySet()) {
        NodeSpec node = byId(nodes, id);
        results.put(id, Attempt.on(node, () -> {
          boolean hadFolder = homes().delete(node, NodeHome.nameOf(node));
          return OperationResult.done(NodeFacts.asSuggested(node), hadFolder || there.containsKey(id));
        }));
      }
    } catch (OperationFailedException e) {
      fail(nodes, results, e);
    }
    return results;
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    try {
      Map<Integer, DockerContainer> there = containers.of(nodes);
      StorageView storages = new StorageView(context.colony());
      nodes.forEach(node -> states.put(node.id(), stateOf(node, Optional.ofNullable(there.get(node.id())), storages)));
    } catch (OperationFailedException e) {
      nodes.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
    }
    return states;
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return survey.take();
  }

  /** Core starts no node that runs, so that changed limits wait for its next start. */
  @Override
  public List<String> notices(List<NodeSpec> known) {
    try {
      List<String> others = containers.of(known).values().stream()
          .filter(container -> container.running() && !containerSpec.limits().areThoseOf(container))
          .map(ContainerSpec::serviceOf).sorted().toList();
      return others.isEmpty() ? List.of() : List.of("these nodes run with other limits than container_memory,"
          + " container_cpus and container_pids say, and get those with their next start: " + String.join(", ", others));
    } catch (OperationFailedException e) {
      return List.of(); // the look before has said so
    }
  }

  @Override
  public Map<Integer, String> describe(List<NodeSpec> nodes) {
    Map<Integer, String> words = new HashMap<>();
    try {
      containers.of(nodes).forEach((id, container) -> words.put(id, "docker: container " + container.name() + " of image "
          + container.image() + ", " + container.state().restarts() + " restarts"));
    } catch (OperationFailedException e) {
      context.progress().report("docker says nothing of the nodes: " + e.getMessage());
    }
    return words;
  }

  /** A node that runs gets the limits of the settings. */
  private OperationResult keep(NodeSpec node, DockerContainer container) {
    return Attempt.on(node, () -> OperationResult.done(
        factsOf(node).withPid(container.state().pid()), containers.adjust(List.of(container))));
  }

  /** The container of a node whose data are gone. */
  @Override
  public OperationResult forget(NodeSpec node) {
    return Attempt.on(node, () -> {
      var there = containers.of(List.of(node)).values();
      containers.remove(there);
      return OperationResult.done(NodeFacts.asSuggested(node), !there.isEmpty());
    });
  }

  @Override
  protected void requireMovable(NodeSpec node, NodeSpec moved) {
    // Its container is made anew.
  }

  /** The container follows at the next start. */
  @Override
  protected void become(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException, IOException {
    if (!isAlready(moved)) {
      containers.remove(containers.of(List.of(node)).values());
      starter.describe(moved);
    }
  }

  @Override
  protected boolean isAlready(NodeSpec moved) throws CommandFailedException {
    return starter.describes(moved);
  }

  private Map<Integer, OperationResult> started(List<NodeSpec> prepared) throws OperationFailedException {
    Map<Integer, OperationResult> results = new HashMap<>();
    Map<Integer, DockerContainer> now = starter.start(prepared);
    containers.adjust(now.values().stream().filter(this::isUp).toList());
    for (NodeSpec node : prepared) {
      DockerContainer container = now.get(node.id());
      results.put(node.id(), Attempt.on(node, () -> {
        if (container == null) {
          throw OperationFailedException.forNow("its container " + containerSpec.containerOf(node) + " was removed while it started");
        }
        if (!isUp(container)) {
          throw starter.failure(container);
        }
        if (usesFirewall()) {
          context.openPorts(node);
        }
        return OperationResult.done(factsOf(node).withPid(container.state().pid()));
      }));
    }
    return results;
  }

  /**
   * Ends nodes and keeps them down.
   *
   * @param results where a failure is put
   * @return of each that is down now, whether it had run
   */
  private Map<Integer, Boolean> end(List<NodeSpec> nodes, Map<Integer, DockerContainer> there,
      Map<Integer, OperationResult> results) throws OperationFailedException {
    var stopped = containers.stop(running(nodes, there));
    containers.keepDown(there.values());
    List<NodeSpec> stubborn = stopped.succeeded() ? List.of() : running(nodes, containers.of(nodes)).stream()
        .map(container -> nodes.stream().filter(node -> node.service().equals(ContainerSpec.serviceOf(container))).findFirst())
        .flatMap(Optional::stream).toList();
    Map<Integer, Boolean> ended = new LinkedHashMap<>();
    for (NodeSpec node : nodes) {
      if (stubborn.contains(node)) {
        results.put(node.id(), OperationResult.failed(node.service() + " still runs: " + stopped.describe(), true));
      } else {
        boolean ran = there.containsKey(node.id()) && there.get(node.id()).running();
        if (ran && usesFirewall()) {
          context.closePorts(node);
        }
        ended.put(node.id(), ran);
      }
    }
    return ended;
  }

  @Override
  protected String printed(NodeSpec node) {
    try {
      DockerContainer container = containers.of(List.of(node)).get(node.id());
      return container == null ? "" : containers.printed(container);
    } catch (OperationFailedException e) {
      return "";
    }
  }

  @Override
  protected NodeLog.Printed printedPart(NodeSpec node) {
    return (lines, position) -> {
      try {
        DockerContainer container = containers.of(List.of(node)).get(node.id());
        return container == null ? LogPart.none("it has no container", position) : containers.printed(container, lines, position);
      } catch (OperationFailedException e) {
        return LogPart.none(e.getMessage(), position);
      }
    };
  }

  private ProcessState stateOf(NodeSpec node, Optional<DockerContainer> container, StorageView storages) {
    if (container.filter(this::isUp).isPresent()) {
      return new ProcessState.Running(OptionalLong.of(container.get().state().pid()));
    }
    return storages.ofNodeThatIsDown(node.rootDir(), container.map(Health::deaths).orElse(0), () -> {
      List<String> details = new ArrayList<>();
      container.map(Health::ending).filter(text -> !text.isEmpty()).ifPresent(details::add);
      Optional.of(homes().logs().lastFailure(node)).filter(text -> !text.isEmpty()).or(() -> container.flatMap(this::lastWords))
          .ifPresent(details::add);
      return String.join("; ", details);
    });
  }

  private Optional<String> lastWords(DockerContainer container) {
    try {
      return Optional.of(containers.lastWords(container)).filter(text -> !text.isEmpty());
    } catch (OperationFailedException e) {
      return Optional.empty();
    }
  }

  private boolean isUp(DockerContainer container) {
    return container != null && Health.isUp(container, context.clock().instant());
  }

  private static List<DockerContainer> running(List<NodeSpec> nodes, Map<Integer, DockerContainer> there) {
    return nodes.stream().map(node -> there.get(node.id())).filter(one -> one != null && one.running()).toList();
  }

  private NodeFacts factsOf(NodeSpec node) {
    NodeFacts facts = homes().facts(node);
    return facts.withHost(NodeNetwork.METRICS_HOST);
  }

  private static void fail(List<NodeSpec> nodes, Map<Integer, OperationResult> results, OperationFailedException e) {
    nodes.forEach(node -> {
      if (!results.containsKey(node.id()) || results.get(node.id()).failure().isEmpty()) {
        results.put(node.id(), OperationResult.failed(node.service() + ": " + e.getMessage(), e.isRetryable()));
      }
    });
  }

  private static NodeSpec byId(List<NodeSpec> nodes, int id) {
    return nodes.stream().filter(node -> node.id() == id).findFirst().orElseThrow();
  }
}
