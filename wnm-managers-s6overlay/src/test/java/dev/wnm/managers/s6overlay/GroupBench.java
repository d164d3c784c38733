package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.image.OfflineImage;
import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** A colony with groups of a few nodes on the real Docker Engine, and all commands that its manager runs. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
abstract class GroupBench {
  static final int SIZE = 4;
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  final List<String> commands = new ArrayList<>();
  final List<String> progress = new ArrayList<>();
  final Map<String, String> settings = new HashMap<>();
  private final List<BlockOfPorts> taken = new ArrayList<>();
  Firewall firewall = Firewall.NONE;
  /** How many nodes a group may have. */
  int size = SIZE;
  Path home;
  Path storage;
  Path antnode;
  BlockOfPorts ports;

  @BeforeAll
  static void startDocker() {
    DockerEngine.running();
  }

  @BeforeEach
  void aColony(@TempDir Path folder) throws IOException {
    home = folder.toRealPath();
    storage = Files.createDirectory(home.resolve("storage"));
    StorageMarker.write(colony(), storage);
    antnode = StandInAntnode.installInto(Files.createDirectory(home.resolve("bin")));
    takePorts();
    settings.putAll(Colonies.settings("published"));
    settings.put("docker_image", OfflineImage.id());
  }

  @AfterEach
  void removeContainers() {
    Colonies.removeContainers(home);
    taken.forEach(BlockOfPorts::close);
  }

  /** From here on nodes and groups have other ports. */
  void takePorts() {
    ports = BlockOfPorts.free(3 * SIZE);
    taken.add(ports);
  }

  /** Whose nodes they are: tests run side by side. */
  ColonyId colony() {
    return ColonyId.of(storage);
  }

  ManagerContext context() {
    return new ManagerContext(colony(), new Recording(), firewall, Clock.systemUTC(), storage, home, progress::add)
        .with(OptionValues.read(DockerOptions.all(), settings)).with(new GroupLayout(1, size, ports.node(), ports.metrics()));
  }

  ProcessManager manager() {
    assertThat(availability()).isInstanceOf(Availability.Available.class);
    return new S6OverlayProvider().create("s6overlay+user", context());
  }

  Availability availability() {
    return new S6OverlayProvider().availability("s6overlay+user", context());
  }

  GroupSpec group(int index) {
    ContainerGroup group = new ContainerGroup(index, size);
    return new GroupSpec(group, group.ports(ports.node()), group.ports(ports.metrics()));
  }

  static GroupResult.Up up(GroupResult result) {
    assertThat(result).isInstanceOf(GroupResult.Up.class);
    return (GroupResult.Up) result;
  }

  static GroupResult.Failed failed(GroupResult result) {
    assertThat(result).isInstanceOf(GroupResult.Failed.class);
    return (GroupResult.Failed) result;
  }

  NodeSpec node(int id, Map<String, String> environment) {
    String name = String.format("antnode%04d", id);
    Path root = storage.resolve(name);
    return NodeSpec.builder(id, NodePlacement.of(name + ".service", root), ports.of(id)).source(antnode)
        .user("ant").wallet(WALLET).environment(environment).bootstrapCache(home.resolve("cache"))
        .group(Optional.of("a" + ((id - 1) / SIZE + 1))).build();
  }

  /** Makes and starts nodes of these numbers. */
  List<NodeSpec> running(ProcessManager manager, int... ids) {
    List<NodeSpec> nodes = new ArrayList<>();
    for (int id : ids) {
      nodes.add(created(manager, node(id, Map.of())));
    }
    Offered.by(manager, Batches.class).startAll(nodes).forEach((id, result) -> assertThat(result).isInstanceOf(OperationResult.Done.class));
    return nodes;
  }

  static NodeSpec created(ProcessManager manager, NodeSpec asked) {
    OperationResult made = manager.create(asked);
    assertThat(made).isInstanceOf(OperationResult.Done.class);
    NodeFacts facts = ((OperationResult.Done) made).facts();
    return asked.toBuilder().placement(facts.placement()).build();
  }

  /** What Docker calls the container of a group. */
  String containerName(int group) {
    return GroupSettings.of(context()).containerName("a" + group);
  }

  static String inspect(String container, String format) {
    return Colonies.docker("inspect", "--format", format, container).stdout().strip();
  }

  /** Whether docker has a container of this colony. */
  boolean hasContainers() {
    return !Colonies.docker("ps", "--all", "--quiet", "--filter", "label=" + ColonyNames.LABEL + "=" + colony()).stdout()
        .isBlank();
  }

  private final class Recording implements CommandRunner {
    private final ProcessCommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      synchronized (commands) {
        commands.add(command.toString());
      }
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
