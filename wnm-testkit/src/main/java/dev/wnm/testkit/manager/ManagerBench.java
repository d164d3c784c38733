package dev.wnm.testkit.manager;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.OperationResult.Failed;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ProcessState.Missing;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the conformance suite is made of: its hooks, its folders, and the questions it asks of manager and nodes. Also for tests
 * of a back end's own. What a test makes with {@link #create} is removed after it.
 */
public abstract class ManagerBench {
  private Path folder;
  protected ContractMachine machine;
  protected ProcessManager manager;
  private final Map<Integer, NodeSpec> made = new LinkedHashMap<>();
  private TroubledRunner runner;

  /** The provider under test. Called more than once in a test; what it makes must not depend on which one made it. */
  protected abstract ProcessManagerProvider provider();

  /** Which of the provider's types is tested. It must be able to work on the machine that runs the suite. */
  protected abstract String type();

  /** What the options of the back end say, by name, as an operator would write it with whole paths. */
  protected Map<String, String> settings(Path home) {
    return Map.of();
  }

  /** How container groups are laid out, for back ends that have some. */
  protected GroupLayout groups() {
    return GroupLayout.USUAL;
  }

  /** What runs the back end's commands. */
  protected CommandRunner runner() {
    return new ProcessCommandRunner();
  }

  /** How the list that the back end's tool keeps of its nodes is emptied behind the tool's back. */
  protected Outage lostList() {
    return Outage.cannotHappen("it keeps no list of its own beside processes and folders");
  }

  /**
   * How what its commands run through fails, such as sudo, {@code docker exec} or the tool that it drives, though what is behind
   * is fine: mostly by {@link #failing}. None where it runs nothing through anything.
   */
  protected List<Outage> failingWrappers() {
    return List.of();
  }

  /** How something is thrown in the middle of its work: by what runs its commands, unless it works by other means. */
  protected Outage throwing() {
    return runner.throwing();
  }

  /**
   * Lets some of the back end's commands fail.
   *
   * @param which which of them
   * @param exitCode how those end
   * @param stderr what they say
   */
  protected final Outage failing(String what, Predicate<Command> which, int exitCode, String stderr) {
    return runner.failing(what, which, exitCode, stderr);
  }

  /** sudo wants a password. */
  protected final Outage failingSudo() {
    return failing("sudo wants a password", command -> command.argv().get(0).equals("sudo"), 1, "sudo: a password is required\n");
  }

  /** Docker cannot run anything in a container, though that runs. */
  protected final Outage failingDockerExec() {
    return failing("docker exec fails", command -> command.argv().contains("exec") && isOf(command, "docker"), 126,
        "OCI runtime exec failed: exec failed: unable to start container process\n");
  }

  /** Docker's engine does not answer. */
  protected final Outage failingDocker() {
    return failing("the engine does not answer", command -> isOf(command, "docker"), 1,
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n");
  }

  /** Whether a program of this name is run, by a wrapper or not. */
  protected static boolean isOf(Command command, String program) {
    return command.argv().stream().anyMatch(word -> word.equals(program) || word.endsWith("/" + program));
  }

  /** The group that the nodes live in, for back ends that run nodes in containers. */
  protected String group() {
    return "a1";
  }

  /** Ports for node {@code id} that are free; those of a group whose block is fixed are the back end's matter. */
  protected NodePorts ports(int id) {
    return standIn().ports();
  }

  /** The program that nodes are made of. */
  protected StandIn standIn() {
    return StandIn.ANTNODE;
  }

  /** Puts the antnode of a version into a folder; another one than the usual stand-in must behave as that does. */
  protected Path installAntnode(Path into, Version version) throws IOException {
    return standIn().install(into, version);
  }

  /** Whether node folders may have blanks in their paths. Where not, {@code create} must refuse them in a sentence. */
  protected boolean takesBlanksInPaths() {
    return true;
  }

  /**
   * Is told which antnode new nodes and upgrades are to get from here on, for back ends that
   * {@linkplain Traits.Binaries.Fetched fetch} it themselves: make it the newest of what they can fetch.
   */
  protected void offer(Path antnode) throws IOException {}

  /** How long a start takes at least, for nodes that are to end only after it. */
  protected Duration startTakes() {
    return Duration.ZERO;
  }

  /** Whether a pid among the facts is one of this machine's, to be looked up here, and not one inside a container. */
  protected boolean pidsAreOfThisMachine() {
    return true;
  }

  @BeforeEach
  void prepare(@TempDir Path newFolder) throws IOException {
    folder = newFolder;
    runner = new TroubledRunner(runner());
    assertThat(provider().types()).extracting(ManagerType::name).contains(type());
    useStorage("storage");
    assertThat(provider().availability(type(), context())).isInstanceOf(Availability.Available.class);
  }

  /** From here on the nodes' folders are in a folder of that name. */
  protected final void useStorage(String name) throws IOException {
    machine = new ContractMachine(folder, name, standIn(), this::installAntnode);
    offer(machine.oldAntnode());
    manager = newManager();
  }

  @AfterEach
  void removeWhatWasMade() {
    made.values().forEach(manager::remove);
    assertThat(made.values()).as("nodes that still answer after the test").noneMatch(this::answers);
  }

  protected final ManagerContext context() {
    return machine.context(runner).with(OptionValues.read(provider().options(), settings(machine.home()))).with(groups());
  }

  protected final ProcessManager newManager() {
    return provider().create(type(), context());
  }

  /** That of another colony of the same account on the same machine, whose nodes are in this storage. */
  protected final ProcessManager managerOf(ColonyId colony, Path storage) {
    return provider().create(type(), context().of(colony, storage));
  }

  protected final NodeSpec ask(int id) {
    return machine.node(id, manager.capability(RunsInContainers.class).isPresent() ? Optional.of(group()) : Optional.empty()).toBuilder()
        .ports(ports(id)).startArgs(standIn().usualArguments()).build();
  }

  protected final NodeSpec misbehaving(String... settings) {
    return misbehaving(1, settings);
  }

  protected final NodeSpec misbehaving(int id, String... settings) {
    Assumptions.assumeTrue(standIn().misbehaves(), "SKIPPED: the real program cannot be told to misbehave");
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(standIn().variable(settings[i]), settings[i + 1]);
    }
    return ask(id).toBuilder().environment(environment).build();
  }

  protected final NodeSpec create(NodeSpec asked) {
    made.put(asked.id(), asked); // also when it fails half-way
    claimStorage(asked);
    return remember(recorded(asked, done(manager.create(asked)).facts()));
  }

  /** As core does before it makes a node. */
  protected final void claimStorage(NodeSpec asked) {
    assertThat(KeepsStorages.of(manager).claim(machine.colony(), NodeStorage.of(asked))).isEmpty();
  }

  protected final NodeSpec remember(NodeSpec node) {
    made.put(node.id(), node);
    return node;
  }

  /** Starts it and waits until it answers. */
  protected final NodeSpec up(NodeSpec node) {
    NodeSpec started = recorded(node, done(manager.start(node)).facts());
    eventually(started.service() + " answers", () -> answers(started));
    return started;
  }

  protected final OperationResult upgrade(NodeSpec node, Path source) {
    try {
      offer(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NodeSpec newer = node.toBuilder().source(source).build();
    Optional<Upgrades> backEnd = manager.capability(Upgrades.class);
    if (backEnd.isPresent()) {
      return backEnd.get().upgrade(newer);
    }
    OperationResult staged = binaries().stage(newer);
    if (staged.failure().isPresent()) {
      return staged;
    }
    done(manager.stop(node));
    done(binaries().swap(newer));
    return manager.start(newer);
  }

  /** Whether it gives nodes other binaries by itself, by its own means. */
  protected final boolean upgradesByItself() {
    return manager.capability(Upgrades.class).isPresent();
  }

  protected final InstallsBinaries binaries() {
    return manager.capability(InstallsBinaries.class).orElseThrow();
  }

  protected final boolean fetches() {
    return manager.traits().binaries() instanceof Traits.Binaries.Fetched;
  }

  protected static NodeSpec recorded(NodeSpec node, NodeFacts facts) {
    return node.withFacts(facts);
  }

  protected final ProcessState state(NodeSpec node) {
    return manager.status(List.of(node)).get(node.id());
  }

  /** What a survey finds in the storage folder of this run. */
  protected final List<FoundNode> survey(ProcessManager surveyor) {
    try {
      return surveyor.survey().stream()
          .filter(node -> node.facts().rootDir().startsWith(machine.nodeStorage())).toList();
    } catch (ManagerUnavailableException e) {
      throw new AssertionError("the survey failed: " + e.getMessage(), e);
    }
  }

  protected final boolean answers(NodeSpec node) {
    return version(node).isPresent();
  }

  protected final Optional<Version> version(NodeSpec node) {
    return standIn().version(node);
  }

  protected final void assertGone(NodeSpec node) {
    assertThat(answers(node)).as("%s answers", node.service()).isFalse();
    if (pidsAreOfThisMachine()) {
      // One that ended but was not yet asked for by its parent has a pid, but no command any more.
      node.pid().ifPresent(pid -> assertThat(
          ProcessHandle.of(pid).filter(process -> process.isAlive() && process.info().command().isPresent()))
          .as("process of %s", node.service()).isEmpty());
    }
  }

  protected final Failed assertRefused(NodeSpec asked) throws IOException {
    var before = machine.stored();
    made.put(asked.id(), asked);

    Failed failure = failed(manager.create(asked));

    assertSentence(failure);
    assertThat(machine.stored()).isEqualTo(before);
    assertThat(Files.exists(asked.rootDir(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(state(asked)).isInstanceOf(Missing.class);
    assertThat(survey(manager)).isEmpty();
    return failure;
  }

  protected static void assertSentence(Failed failure) {
    assertThat(failure.reason()).contains(" ").hasSizeGreaterThan(15).doesNotContain("Exception:", "null");
  }

  protected static Done done(OperationResult result) {
    assertThat(result).isInstanceOf(Done.class);
    return (Done) result;
  }

  protected static Failed failed(OperationResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }
}
