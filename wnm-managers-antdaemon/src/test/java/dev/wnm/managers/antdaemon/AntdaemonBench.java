package dev.wnm.managers.antdaemon;

import static dev.wnm.testkit.Eventually.eventually;
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
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.testkit.ant.StandInAnt;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.ContractMachine;
import dev.wnm.testkit.manager.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stand-in for ant in a home of its own, and a manager that works with its daemon; closing it ends daemon and nodes. */
final class AntdaemonBench implements AutoCloseable {
  static final NodeProgram PROGRAM = NodePrograms.named("ant-node").orElseThrow();
  static final Limits LIMITS = new Limits(Limits.DEFAULT.connect(), Limits.DEFAULT.question(), Limits.DEFAULT.change(),
      Limits.DEFAULT.daemonStart(), Duration.ZERO, Limits.DEFAULT.comeback(), Limits.DEFAULT.restart(), Limits.DEFAULT.ending());

  final Path home;
  final Path storage;
  final Path ant;
  final Path antNode;
  private final List<NodeSpec> made = new ArrayList<>();

  AntdaemonBench(Path folder) throws IOException {
    Path real = folder.toRealPath();
    home = Files.createDirectories(real.resolve("home"));
    storage = Files.createDirectories(real.resolve("storage"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    ant = StandInAnt.installInto(real.resolve("bin"));
    antNode = StandInAntNode2.installInto(real.resolve("ant-node-0.23.1"));
  }

  /** From now on the daemon behaves so. @param settings names and values in turn */
  void behave(String... settings) {
    Map<String, String> conf = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      conf.put(settings[i], settings[i + 1]);
    }
    try {
      StandInAnt.configure(ant, conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DataFolder data() {
    return DataFolder.of(Map.of(), home);
  }

  ManagerContext context() {
    return new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(), storage, home,
        progress -> {}).with(OptionValues.NONE.with(AntdaemonOptions.PATH, ant));
  }

  AntdaemonManager manager() {
    return manager(LIMITS);
  }

  AntdaemonManager manager(Limits limits) {
    return (AntdaemonManager) new OnThisMachine(limits, new Loopback()).create("antdaemon+user", context());
  }

  /** A node as core would ask for it. */
  NodeSpec ask(int id) {
    Path root = storage.resolve("node000" + id);
    OptionValues options = OptionValues.NONE;
    return NodeSpec.builder(id, NodePlacement.of("node000" + id, root).withBinary(root.resolve("ant-node")), StandIn.ANT_NODE_2.ports())
        .program(PROGRAM).source(antNode).wallet(ContractMachine.WALLET).bootstrapCache(home.resolve("cache")).options(options).build();
  }

  NodeSpec create(NodeSpec asked) {
    NodeSpec node = asked.withFacts(done(manager().create(asked)).facts());
    made.add(node);
    return node;
  }

  NodeSpec up(int id) {
    NodeSpec node = create(ask(id));
    return node.withFacts(done(manager().start(node)).facts());
  }

  ProcessState state(NodeSpec node) {
    return manager().status(List.of(node)).get(node.id());
  }

  CommandResult ant(String... words) {
    List<String> argv = new ArrayList<>(List.of(ant.toString()));
    argv.addAll(List.of(words));
    return run(argv);
  }

  CommandResult run(List<String> argv) {
    Command command = Command.of(argv);
    for (var variable : data().variables().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      return new ProcessCommandRunner().run(command);
    } catch (CommandFailedException e) {
      throw new AssertionError(e);
    }
  }

  void stopDaemon() {
    ant("node", "daemon", "stop");
  }

  /** Returns after {@code KILL} when the process has ended: until then, which may take a while on a busy machine, it is rightly said to run. */
  void signal(String name, long pid) {
    assertThat(run(List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(pid))).succeeded()).isTrue();
    if (name.equals("KILL")) {
      eventually("process " + pid + " has ended", () -> !runs(pid));
    }
  }

  static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(process -> process.isAlive() && process.info().command().isPresent()).isPresent();
  }

  static OperationResult.Done done(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Done.class);
    return (OperationResult.Done) result;
  }

  static OperationResult.Failed failed(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Failed.class);
    return (OperationResult.Failed) result;
  }

  @Override
  public void close() {
    behave();
    made.forEach(node -> manager().remove(node));
    stopDaemon();
    eventually("the daemon is gone", () -> !Files.exists(data().pidFile()));
  }
}
