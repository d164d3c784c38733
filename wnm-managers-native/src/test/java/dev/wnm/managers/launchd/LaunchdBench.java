package dev.wnm.managers.launchd;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.launchctl.StandInLaunchctl;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A home with a node storage, a launchd stand-in and a stand-in antnode; nodes end with the test. */
final class LaunchdBench implements AutoCloseable {
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  final TestLaunchd launchd;
  final Path home;
  final Path storage;
  final Path logs;
  final Path antnode;
  final List<String> firewallCalls = new ArrayList<>();
  final List<String> progress = new ArrayList<>();
  private final Path callLog;
  private Clock clock = Clock.systemUTC();
  private final Map<String, String> settings = new HashMap<>();

  /** @param folder an empty folder */
  LaunchdBench(Path folder) throws IOException, CommandFailedException {
    launchd = TestLaunchd.in(folder);
    Path real = folder.toRealPath();
    home = Files.createDirectory(real.resolve("home"));
    storage = Files.createDirectory(real.resolve("node"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    logs = Files.createDirectory(real.resolve("logs"));
    antnode = StandInAntnode.installInto(real.resolve("bin"));
    callLog = real.resolve("calls");
    configure("call_log", callLog.toString());
  }

  /** What is in the storage besides its marker. */
  List<String> stored() {
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(name -> !StorageMarker.isOne(name)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the stand-in behave so from here on, besides what was said before. */
  void configure(String name, String value) throws IOException {
    settings.put(name, value);
    StandInLaunchctl.configure(launchd.standIn(), settings);
  }

  /** What launchctl was called with since the last time. */
  List<String> calls() throws IOException {
    List<String> calls = StandInLaunchctl.calls(callLog).stream().map(words -> String.join(" ", words)).toList();
    Files.deleteIfExists(callLog);
    return calls;
  }

  /** Runs launchctl as an operator or the Python wnm would. */
  String launchctl(String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of(launchd.program()));
    argv.addAll(List.of(words));
    return new ProcessCommandRunner().run(Command.of(argv)).orThrow().stdout();
  }

  ManagerContext context() {
    return context(new ProcessCommandRunner());
  }

  ManagerContext context(CommandRunner runner) {
    Firewall firewall = new Firewall() {
      @Override
      public void open(int udpPort, String comment) {
        firewallCalls.add("open " + udpPort + " " + comment);
      }

      @Override
      public void close(int udpPort) {
        firewallCalls.add("close " + udpPort);
      }
    };
    return new ManagerContext(ContractMachine.COLONY, runner, firewall, clock, storage, home, progress::add);
  }

  /** The manager of a wnm that is called so long after now. */
  ProcessManager userAfter(Duration wait) {
    clock = Clock.offset(Clock.systemUTC(), wait);
    return user();
  }

  ProcessManager user() {
    return launchd.provider().create("launchd+user", context());
  }

  ProcessManager sudo() {
    return launchd.provider().create("launchd+sudo", context());
  }

  /** A node that core would ask for, of the account that runs this test. */
  NodeSpec ask(int id) {
    String name = String.format(Locale.ROOT, "antnode%04d", id);
    return ask(id, name + ".service", logs.resolve(name), Map.of(), List.of(), System.getProperty("user.name"));
  }

  NodeSpec ask(int id, Map<String, String> environment, List<String> startArgs) {
    return ask(id, ask(id).service(), ask(id).logDir(), environment, startArgs, ask(id).user());
  }

  NodeSpec ask(int id, String service, Path logDir, Map<String, String> environment, List<String> startArgs, String user) {
    Path root = storage.resolve(String.format(Locale.ROOT, "antnode%04d", id));
    return NodeSpec.builder(id, NodePlacement.of(service, root).withLogDir(logDir), NodePorts.of(FreePorts.next(), FreePorts.next()))
        .source(antnode).user(user).wallet(WALLET).environment(environment).startArgs(startArgs)
        .bootstrapCache(home.resolve("bootstrap-cache")).build();
  }

  /** The same node with other settings. */
  static NodeSpec changed(NodeSpec node, Map<String, String> environment, List<String> startArgs) {
    return node.toBuilder().environment(environment).startArgs(startArgs).build();
  }

  /** The node's property list in user mode. */
  Path plist(int id) {
    return home.resolve("Library/LaunchAgents/com.autonomi.antnode-" + id + ".plist");
  }

  static String label(int id) {
    return "com.autonomi.antnode-" + id;
  }

  /** A login: ends all that runs, and starts what starts by itself. */
  void login() {
    StandInLaunchctl.reboot(launchd.standIn(), TestLaunchd.gui(), plist(1).getParent());
  }

  /** Waits until the node runs. @return its pid */
  static long running(ProcessManager manager, NodeSpec node) {
    return eventually(node.service() + " runs", () -> pidOf(manager, node));
  }

  /** Its pid at this moment; empty when it does not run. */
  static Optional<Long> pidOf(ProcessManager manager, NodeSpec node) {
    return state(manager, node) instanceof ProcessState.Running running ? Optional.of(running.pid().orElseThrow()) : Optional.empty();
  }

  static long up(ProcessManager manager, NodeSpec node) {
    done(manager.create(node));
    return done(manager.start(node)).facts().pid().orElseThrow();
  }

  static Done done(OperationResult result) {
    assertThat(result).isInstanceOf(Done.class);
    return (Done) result;
  }

  static String reason(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Failed.class);
    return ((OperationResult.Failed) result).reason();
  }

  static ProcessState state(ProcessManager manager, NodeSpec node) {
    return manager.status(List.of(node)).get(node.id());
  }

  static String arguments(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
  }

  @Override
  public void close() {
    launchd.close();
  }
}
