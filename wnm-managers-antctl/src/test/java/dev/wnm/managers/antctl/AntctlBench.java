package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stand-in antctl with its registry, and a manager that works with it. */
final class AntctlBench implements AutoCloseable {
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  final Path home;
  final Path storage;
  final Path antctl;
  final Path antnode;
  final List<String> reports = new ArrayList<>();
  final NodePages pages = new NodePages();
  final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> conf = new HashMap<>();
  private final List<String> firewall = new ArrayList<>();

  AntctlBench(Path folder) throws IOException {
    Path real = folder.toRealPath();
    home = Files.createDirectories(real.resolve("home"));
    storage = Files.createDirectories(real.resolve("storage"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    antctl = StandInAntctl.installInto(real.resolve("bin"));
    antnode = StandInAntnode.installInto(real.resolve("antnode-0.4.17"), new Version("0.4.17"));
    conf.putAll(Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2", "run_as_self", "1",
        "registry", registry().toString(), "unit_dir", real.resolve("units").toString(), "call_log", callLog().toString()));
    conf.put("data_prefix", home.resolve("by-hand").toString());
    conf.put("log_prefix", home.resolve("by-hand-logs").toString());
    settings.put("antctl_path", antctl.toString());
    behave();
  }

  Path registry() {
    return home.resolve("antctl/node_registry.json");
  }

  private Path callLog() {
    return home.resolve("calls");
  }

  /** From its next run on, the stand-in behaves like this, too. @param more names and values in turn; empty switches off */
  void behave(String... more) throws IOException {
    for (int i = 0; i < more.length; i += 2) {
      conf.put(more[i], more[i + 1]);
    }
    StandInAntctl.configure(antctl, conf);
  }

  AntctlManager manager() {
    return manager("antctl+user", OnThisMachine.LIMITS);
  }

  AntctlManager manager(String type, Limits limits) {
    return (AntctlManager) new OnThisMachine(limits).create(type, context());
  }

  ManagerContext context() {
    Firewall noted = new Firewall() {
      @Override
      public void open(int udpPort, String comment) {
        firewall.add("open " + udpPort + " " + comment);
      }

      @Override
      public void close(int udpPort) {
        firewall.add("close " + udpPort);
      }
    };
    return new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), noted, Clock.systemUTC(), storage, home, reports::add)
        .with(OptionValues.read(AntctlOptions.all(), settings));
  }

  List<String> firewall() {
    return firewall;
  }

  /** A node as core would ask for it. */
  NodeSpec ask(int id) {
    NodePorts ports = NodePorts.of(FreePorts.next(), FreePorts.next()).withRpc(FreePorts.next());
    String name = String.format("antnode%04d", id);
    Path root = storage.resolve(name);
    return NodeSpec.builder(id, NodePlacement.of(name + ".service", root), ports).source(antnode)
        .user(System.getProperty("user.name")).wallet(WALLET).bootstrapCache(home.resolve("bootstrap-cache"))
        .build();
  }

  /** The node as core would record it after it was made. */
  NodeSpec create(NodeSpec asked) {
    return asked.withFacts(done(manager().create(asked)).facts());
  }

  NodeSpec up(NodeSpec node) {
    done(manager().start(node));
    assertThat(manager().status(List.of(node)).get(node.id())).isInstanceOf(ProcessState.Running.class);
    return node;
  }

  /** Runs antctl as its operator would, beside wnm. */
  CommandResult byHand(String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of(antctl.toString()));
    argv.addAll(List.of(words));
    return new ProcessCommandRunner().run(Command.of(argv));
  }

  /** What antctl was called with since the last time this was asked, without what keeps calls apart. */
  List<List<String>> calls() throws IOException {
    List<List<String>> words = StandInAntctl.calls(callLog()).stream().map(StandInAntctl.Call::words).toList();
    Files.deleteIfExists(callLog());
    return words;
  }

  List<StandInAntctl.Call> callTimes() throws IOException {
    return StandInAntctl.calls(callLog());
  }

  static OperationResult.Done done(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Done.class);
    return (OperationResult.Done) result;
  }

  static OperationResult.Failed failed(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Failed.class);
    return (OperationResult.Failed) result;
  }

  /** Removes every node; what a test made to hang or fail no longer does. */
  @Override
  public void close() throws IOException, CommandFailedException {
    conf.keySet().removeIf(name -> name.matches("(fail|hang|crash|rpc|status|pid|truncate|garbage|blind).*"));
    behave();
    byHand("-v", "reset", "--force");
  }
}
