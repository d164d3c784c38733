package dev.wnm.managers.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A colony of one container per node on the real Docker Engine, and all commands that its manager runs. */
abstract class DockerBench {
  private static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  final List<String> firewall = Collections.synchronizedList(new ArrayList<>());
  final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  final Map<String, String> settings = new HashMap<>();
  final NodePages pages = new NodePages();
  Path home;
  Path storage;
  Path antnode;

  @BeforeEach
  void aColony(@TempDir Path folder) throws IOException {
    home = folder.toRealPath();
    storage = Files.createDirectory(home.resolve("storage"));
    StorageMarker.write(colony(), storage);
    antnode = StandInAntnode.installInto(Files.createDirectory(home.resolve("bin")));
    settings.putAll(Engine.settings());
  }

  @AfterEach
  void removeContainers() {
    Engine.removeContainers(home);
  }

  ProcessManager manager() {
    assertThat(availability()).isInstanceOf(Availability.Available.class);
    return new DockerProvider(Engine.GRACE).create("docker+user", context());
  }

  Availability availability() {
    return new DockerProvider().availability("docker+user", context());
  }

  /** What is in the storage besides its marker. */
  List<String> stored() {
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(name -> !StorageMarker.isOne(name)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whose nodes they are: tests run side by side. */
  ColonyId colony() {
    return ColonyId.of(storage);
  }

  ManagerContext context() {
    return new ManagerContext(colony(), new Recording(), new Recorded(), Clock.systemUTC(), storage, home, progress::add)
        .with(OptionValues.read(DockerOptions.all(), settings));
  }

  NodeSpec node(int id, String... environment) {
    String name = String.format("antnode%04d", id);
    Path root = storage.resolve(name);
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return NodeSpec.builder(id, NodePlacement.of(name + ".service", root),
            NodePorts.of(FreePorts.next(), FreePorts.next()).withRpc(FreePorts.next()))
        .source(antnode).user("ant").wallet(WALLET).environment(variables).bootstrapCache(home.resolve("cache"))
        .build();
  }

  static NodeSpec misbehaving(NodeSpec node, String what, String how) {
    return node.toBuilder().environment(Map.of(StandInAntnode.variable(what), how)).build();
  }

  /** Makes and starts it, and waits until it answers. */
  NodeSpec running(ProcessManager manager, NodeSpec asked) {
    assertThat(Offered.by(manager, KeepsStorages.class).claim(colony(), NodeStorage.of(asked))).isEmpty();
    NodeSpec made = asked.withFacts(done(manager.create(asked)).facts());
    NodeSpec started = made.withFacts(done(manager.start(made)).facts());
    eventually(started.service() + " answers", () -> answers(started));
    return started;
  }

  boolean answers(NodeSpec node) {
    return pages.version(node.host(), node.ports().metrics().orElseThrow()).isPresent();
  }

  static ProcessState state(ProcessManager manager, NodeSpec node) {
    return manager.status(List.of(node)).get(node.id());
  }

  static OperationResult.Done done(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Done.class);
    return (OperationResult.Done) result;
  }

  static String reason(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Failed.class);
    String reason = ((OperationResult.Failed) result).reason();
    assertThat(reason).doesNotContain("Exception", "null");
    return reason;
  }

  /** What Docker calls the container of a node. */
  String containerOf(NodeSpec node) {
    return new ColonyNames(colony()).container(String.format("antnode%04d", node.id()));
  }

  String inspect(NodeSpec node, String format) {
    return Engine.inspect(containerOf(node), format);
  }

  /** Runs a line of shell in a node's container, as the node's account. */
  String inside(NodeSpec node, String line) {
    CommandResult result = Engine.docker("exec", containerOf(node), "sh", "-c", line);
    return (result.stdout() + result.stderr()).strip();
  }

  /** Whether docker has a container of this colony. */
  boolean hasContainers() {
    return !Engine.docker("ps", "--all", "--quiet", "--filter",
        "label=" + new ColonyNames(colony()).label()).stdout().isBlank();
  }

  /** The docker calls since they were last forgotten. */
  List<String> dockerCalls() {
    return commands.stream().filter(line -> line.startsWith("docker ")).toList();
  }

  private final class Recorded implements Firewall {
    @Override
    public void open(int port, String service) {
      firewall.add("open " + port);
    }

    @Override
    public void close(int port) {
      firewall.add("close " + port);
    }
  }

  private final class Recording implements CommandRunner {
    private final ProcessCommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      commands.add(command.toString());
      return real.run(command);
    }

    @Override
    public Process spawn(Command command, Path log) throws CommandFailedException {
      return real.spawn(command, log);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
