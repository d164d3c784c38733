package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BinaryFiles;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Runs nodes on an {@link InMemoryMachine}. */
final class InMemoryProcessManager implements ProcessManager, Batches, BulkTeardown, GivesNotice, HostsGroups, InstallsBinaries,
    KeepsKeys, MovesNodes, OpensPorts, PlacesNodes, ReadsListings, ReadsLogs, ReservesPorts, RunsCompanions, Upgrades {
  /** That of wnm's own back ends. */
  static final ManagerOption<String> IMAGE = ManagerOption.text("docker_image", "IMAGE", "an image name without blanks", "\\S+")
      .initially("iweave/antnode:latest").topic(ManagerOption.Topic.CONTAINERS).help("The image of new containers.");

  private static final long LEAST_ROOM = 64L << 20;

  private final InMemoryMachine machine;
  private final ManagerContext context;
  private final BinaryFiles binaries;

  InMemoryProcessManager(InMemoryMachine machine, ManagerContext context) {
    this.machine = machine;
    this.context = context;
    binaries = new BinaryFiles(context.runner());
  }

  private interface Work {
    OperationResult run() throws IOException;
  }

  @Override
  public Traits traits() {
    return machine.traits();
  }

  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return machine.offers(type) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return logged(Operation.CREATE, node, () -> {
      Path source = machine.tool().source(node.source());
      versionOf(source);
      NodeFacts facts = find(node).map(MemoryNode::facts).orElseGet(() -> machine.place(node));
      boolean known = find(node).isPresent();
      if (known && Files.exists(facts.binary())) {
        return OperationResult.unchanged(facts);
      }
      Optional<String> key = known ? Optional.empty() : NodeFolder.keyIn(facts.rootDir());
      if (key.isPresent()) {
        return OperationResult.failed(key.get(), false);
      }
      Files.createDirectories(facts.rootDir());
      Files.createDirectories(facts.logDir());
      NodeFiles.install(source, facts.binary());
      machine.add(new MemoryNode(node, facts));
      return OperationResult.done(facts);
    });
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return logged(Operation.START, node, () -> startNow(node));
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return logged(Operation.STOP, node, () -> stopNow(node));
  }

  @Override
  public OperationResult stage(NodeSpec node) {
    return logged(Operation.STAGE, node, () -> {
      versionOf(node.source());
      return binaries.stage(node);
    });
  }

  @Override
  public OperationResult swap(NodeSpec node) {
    return logged(Operation.SWAP, node, () -> binaries.swap(node));
  }

  @Override
  public OperationResult restore(NodeSpec node) {
    return logged(Operation.RESTORE, node, () -> binaries.restore(node));
  }

  @Override
  public OperationResult keepKey(NodeSpec node, Path folder) {
    return logged(Operation.KEEP_KEY, node, () -> {
      Path key = NodeFiles.keyFile(require(node).facts());
      if (!Files.exists(key)) {
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path copy = Files.copy(key, folder.resolve(key.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
      return OperationResult.done(NodeFacts.asSuggested(node));
    });
  }

  @Override
  public OperationResult forgetKept(NodeSpec node) {
    return binaries.forgetKept(node);
  }

  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return Batches.oneByOne(nodes, this::create);
  }

  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    return Batches.oneByOne(nodes, this::start);
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    return Batches.oneByOne(nodes, this::stop);
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
    return Batches.oneByOne(nodes, this::remove);
  }

  @Override
  public OperationResult upgrade(NodeSpec node) {
    return logged(Operation.UPGRADE, node, () -> {
      Path source = machine.tool().source(node.source());
      versionOf(source);
      stopNow(node);
      NodeFiles.install(source, require(node).facts().binary());
      return startNow(node);
    });
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return logged(Operation.REMOVE, node, () -> removeNow(node));
  }

  @Override
  public Optional<String> moveObstacle(NodeSpec node, NodePlacement target) {
    Path storage = target.rootDir().getParent();
    if (!(StorageMarker.look(context.colony(), storage) instanceof StorageState.Ours)) {
      return Optional.of(storage + " is no storage of this colony");
    }
    long free = storage.toFile().getUsableSpace();
    return Files.exists(target.rootDir()) ? Optional.of(target.rootDir() + " is there already")
        : free < LEAST_ROOM ? Optional.of(storage + " has " + free + " bytes free") : Optional.empty();
  }

  @Override
  public OperationResult move(NodeSpec node, NodePlacement target) {
    return logged(Operation.MOVE, node, () -> {
      Optional<String> obstacle = moveObstacle(node, target);
      if (obstacle.isPresent()) {
        return OperationResult.refused(obstacle.get(), true);
      }
      stopNow(node);
      NodeFiles.copy(node.rootDir(), target.rootDir());
      Optional<OperationResult> between = machine.interception().apply(Operation.SETTLE_MOVE, node);
      if (between.isPresent()) {
        return between.get();
      }
      machine.forget(require(node));
      machine.add(new MemoryNode(node, NodeFacts.at(target)));
      return settled(node, target);
    });
  }

  @Override
  public OperationResult settleMove(NodeSpec node, NodePlacement target) {
    return logged(Operation.SETTLE_MOVE, node, () -> settled(node, target));
  }

  private OperationResult settled(NodeSpec node, NodePlacement target) throws IOException {
    NodeFacts facts = require(node).facts();
    Path other = facts.rootDir().equals(target.rootDir()) ? node.rootDir() : target.rootDir();
    Path draft = NodeFolder.copyOf(target.rootDir());
    new NodeFolder(draft, NodeFolder.Content.COPY, draft.getFileName().toString(), context.home(), context.colony()).delete();
    Path key = Path.of(node.program().keyFile());
    if (Files.exists(other.resolve(key)) && (!Files.exists(facts.rootDir().resolve(key))
        || Files.mismatch(other.resolve(key), facts.rootDir().resolve(key)) >= 0)) {
      throw new IOException(other + " is not deleted: " + facts.rootDir() + " has not the same key");
    }
    boolean deleted = new NodeFolder(other, NodeFolder.Content.DATA, nameOfFolder(node), context.home(), context.colony()).delete();
    return OperationResult.done(facts, deleted);
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    machine.log().note(Operation.STATUS);
    Map<Integer, ProcessState> states = new HashMap<>();
    nodes.forEach(node -> states.put(node.id(), state(node)));
    return states;
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    machine.log().note(Operation.SURVEY);
    machine.tool().check();
    return machine.all(context.clock()).stream().map(this::found).toList();
  }

  @Override
  public List<FoundNode> read(String listing) throws ManagerUnavailableException {
    return machine.tool().read(listing);
  }

  @Override
  public Set<Integer> reservedPorts() throws ManagerUnavailableException {
    return machine.tool().reservedPorts();
  }

  @Override
  public List<Container> containers() throws ManagerUnavailableException {
    return machine.tool().containers();
  }

  @Override
  public List<String> notices(List<NodeSpec> known) {
    return machine.tool().notices();
  }

  @Override
  public String image() {
    return context.get(IMAGE);
  }

  @Override
  public Map<String, GroupResult> openGroups(List<GroupSpec> groups) {
    return machine.groups().open(groups);
  }

  @Override
  public GroupResult rebuildGroup(GroupSpec group) {
    return machine.groups().rebuild(group);
  }

  @Override
  public Map<String, GroupResult> closeGroups(List<GroupSpec> groups) {
    return machine.groups().close(groups);
  }

  @Override
  public Map<String, GroupCompanions> companions(List<String> groups) {
    return machine.companions().of(groups, machine.groups().running()::contains);
  }

  @Override
  public CompanionResult operate(CompanionName companion, CompanionAction action, String by) {
    return machine.companions().operate(companion, action, by);
  }

  @Override
  public LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    return machine.companions().log(companion, request);
  }

  @Override
  public String explain(CompanionName companion) throws ManagerUnavailableException {
    return machine.companions().explain(companion);
  }

  @Override
  public String trace(CompanionName companion, Duration time) {
    return companion.service() + " did nothing for " + time.toSeconds() + " s";
  }

  @Override
  public OperationResult teardown(List<NodeSpec> nodes) {
    machine.log().note(Operation.TEARDOWN);
    OperationResult result = OperationResult.failed("no nodes were named", false);
    for (NodeSpec node : nodes) {
      result = logged(Operation.REMOVE, node, () -> removeNow(node));
      if (result.failure().isPresent()) {
        return result;
      }
    }
    return result;
  }

  private OperationResult logged(Operation operation, NodeSpec node, Work work) {
    machine.log().begin(operation, node);
    try {
      Optional<OperationResult> instead = machine.interception().apply(operation, node);
      if (instead.isEmpty()) {
        instead = machine.mishap(operation);
      }
      return instead.isPresent() ? instead.get() : work.run();
    } catch (IOException e) {
      return OperationResult.failed(operation + " of " + node.service() + " failed: " + e.getMessage(), true);
    } finally {
      machine.log().end(node);
    }
  }

  private OperationResult startNow(NodeSpec asked) throws IOException {
    MemoryNode node = require(asked);
    NodeFacts facts = node.facts();
    if (node.runs()) {
      return OperationResult.unchanged(facts);
    }
    if (!Files.exists(facts.binary())) {
      binaries.restore(asked);
    }
    Version version = versionOf(facts.binary());
    NodeFiles.started(facts);
    if (!node.setting("exit_at_start").isEmpty()) {
      NodeFiles.log(facts, "Error: told to die at start");
      machine.end(node, "ended with code " + node.setting("exit_at_start"));
      return OperationResult.done(node.facts());
    }
    machine.begin(node, asked, version, NodeFiles.key(facts), context.clock());
    context.openPorts(asked);
    return OperationResult.done(node.facts());
  }

  @Override
  public String logs(NodeSpec asked) {
    return find(asked).filter(node -> !node.runs()).map(node -> "==> console.log <==\n"
        + (node.setting("exit_at_start").isEmpty() ? "told nothing" : "Error: told to die at start") + "\n").orElse("");
  }

  /** The lines of {@code antnode.log} in its log folder, which a test may write; a position is how many of them were read. */
  @Override
  public LogPart log(NodeSpec asked, LogRequest request) {
    Path log = find(asked).map(node -> node.facts().logDir()).orElse(asked.logDir()).resolve("antnode.log");
    try {
      List<String> lines = Files.readAllLines(log);
      int read = request.from().map(Integer::parseInt).filter(number -> number <= lines.size()).orElse(0);
      return LogPart.of(lines.subList(request.from().isPresent() ? read : Math.max(0, lines.size() - request.lines()), lines.size()),
          Integer.toString(lines.size()));
    } catch (IOException e) {
      return LogPart.none("there is no " + log, "0");
    }
  }

  private OperationResult stopNow(NodeSpec asked) throws IOException {
    MemoryNode node = require(asked);
    if (!node.runs()) {
      return OperationResult.unchanged(node.facts());
    }
    machine.end(node, "");
    Files.writeString(node.facts().logDir().resolve("critical_failure.log"), "Ctrl-C received!\n");
    context.closePorts(asked);
    return OperationResult.done(node.facts());
  }

  private OperationResult removeNow(NodeSpec asked) throws IOException {
    Optional<MemoryNode> known = find(asked);
    NodeFolder folder = new NodeFolder(asked.rootDir(), NodeFolder.Content.DATA, nameOfFolder(asked), context.home(), context.colony());
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    if (known.isPresent() && known.get().runs()) {
      machine.end(known.get(), "");
    }
    boolean deleted = folder.delete();
    if (known.isPresent()) {
      machine.forget(known.get());
      context.closePorts(asked);
    }
    NodeFacts facts = NodeFacts.asSuggested(asked);
    return deleted || known.isPresent() ? OperationResult.done(facts) : OperationResult.unchanged(facts);
  }

  /** What the folder of a node must be called: as it was placed, or as core suggests. */
  private String nameOfFolder(NodeSpec asked) {
    return find(asked).map(known -> known.facts().rootDir().getFileName().toString())
        .orElseGet(() -> asked.service().replaceFirst("\\.service$", ""));
  }

  private ProcessState state(NodeSpec asked) {
    Optional<MemoryNode> known = find(asked);
    if (known.isPresent() && known.get().runs()) {
      replaceItself(known.get());
      return machine.state(known.get());
    }
    ProcessState byFolder = new StorageView(context.colony()).ofNodeThatIsDown(asked.rootDir(), () -> "");
    return known.isPresent() && byFolder instanceof ProcessState.Stopped ? machine.state(known.get()) : byFolder;
  }

  /** What a node does by itself once the binary that it is told of is there; here it does so when it is looked at. */
  private void replaceItself(MemoryNode node) {
    NodeFacts facts = node.facts();
    Path newer = facts.rootDir().resolve(node.setting("upgrade_to"));
    try {
      if (!node.setting("upgrade_to").isEmpty() && Files.exists(newer) && Files.mismatch(newer, facts.binary()) >= 0) {
        NodeFiles.install(newer, facts.binary());
        machine.end(node, "");
        machine.begin(node, node.spec(), versionOf(facts.binary()), NodeFiles.key(facts), context.clock());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FoundNode found(MemoryNode known) {
    NodeSpec spec = known.spec();
    NodeFacts facts = known.facts();
    NodeFacts found = facts.withContainer(spec.group().flatMap(machine.tool()::container));
    FoundNode.Builder node = FoundNode.builder(found, machine.state(known)).id(OptionalInt.of(spec.id()))
        .program(Optional.of(spec.program())).nodePort(OptionalInt.of(spec.ports().node())).metricsPort(spec.ports().metrics())
        .rpcPort(spec.ports().rpc()).wallet(Optional.of(spec.wallet())).network(Optional.of(spec.network())).user(spec.user())
        .environment(spec.environment());
    try {
      node.createdAt(Optional.of(Files.getLastModifiedTime(NodeFiles.keyFile(facts)).toInstant()))
          .peerId(Optional.of(MemoryNode.peerId(NodeFiles.key(facts))));
    } catch (IOException neverStarted) {
      // It has no key yet, hence no identity.
    }
    return node.build();
  }

  private Optional<MemoryNode> find(NodeSpec node) {
    return machine.find(node, context.clock());
  }

  private MemoryNode require(NodeSpec node) throws IOException {
    return find(node).orElseThrow(() -> new IOException("there is no node of that name"));
  }

  private static Version versionOf(Path binary) throws IOException {
    if (!Files.isRegularFile(binary)) {
      throw new IOException("there is no antnode at " + binary);
    }
    if (!Files.isExecutable(binary)) {
      throw new IOException(binary + " is not executable");
    }
    Optional<Version> antnode = StandInAntnode.versionOf(binary);
    return antnode.isPresent() ? antnode.get() : StandInAntNode2.versionOf(binary)
        .orElseThrow(() -> new IOException(binary + " is not the stand-in for antnode or ant-node"));
  }
}
