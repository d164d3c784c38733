package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.CommandArguments;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A machine of its own for a test: a HOME that holds nothing but a stand-in antnode, ports that are free, and wnm to run in
 * it. Closing it ends every process that has to do with it, by the exact path of its folder, and deletes the folder.
 */
final class TestHost implements AutoCloseable {
  static final String WALLET = "0x1111111111111111111111111111111111111111";
  static final Version VERSION = new Version("0.4.16");
  /** More than any test has nodes. */
  static final int PORTS = 30;
  /** Limits that a machine of any size keeps under any load, in both directions. */
  static final List<String> WIDE_LIMITS = List.of("--cpu_less_than", "100", "--cpu_remove", "100", "--mem_less_than",
      "100", "--mem_remove", "100", "--hd_less_than", "100", "--hd_remove", "100", "--desired_load_average", "9000",
      "--max_load_average_allowed", "10000");
  /** Nothing waits: what was begun is settled by the next cycle. */
  static final List<String> NO_DELAYS = List.of("--delay_start", "0", "--delay_upgrade", "0", "--delay_remove", "0",
      "--upgrade_settling_time", "0");

  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  /** In the kernel's ticks, next to which a minute's real use is nothing. */
  private static final long MUCH_CPU_TIME = 10_000_000;

  private final Path folder;
  private final List<Integer> portStarts;
  private final boolean keepsJvms;
  private final List<String> way;
  /** By the words of the launcher. */
  private final Map<List<String>, KeptJvm> keptJvms = new ConcurrentHashMap<>();

  private TestHost(Path folder, List<Integer> portStarts, boolean keepsJvms, List<String> way) {
    this.folder = folder;
    this.portStarts = portStarts;
    this.keepsJvms = keepsJvms;
    this.way = List.copyOf(way);
  }

  /** One on which each run is a process. */
  static TestHost create() throws IOException {
    return create(false, List.of());
  }

  /** One that is somewhere else than the tests. @param way words in front of all that runs there, such as those of nsenter */
  static TestHost at(List<String> way) throws IOException {
    return create(false, way);
  }

  /** One whose runs are made in one JVM, a {@link KeptJvm}, for tests to which a run's process is no matter. */
  static TestHost keepingAJvm() throws IOException {
    return create(true, List.of());
  }

  private static TestHost create(boolean keepsJvms, List<String> way) throws IOException {
    // Readable for others, since some tests run wnm as nobody.
    Path folder = Files.createTempDirectory("wnm-it-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))).toRealPath();
    TestHost host = new TestHost(folder, FreePorts.thousands(3, PORTS), keepsJvms, way);
    for (Path part : List.of(host.home(), host.temporary(), host.outputs())) {
      Files.createDirectory(part);
    }
    Files.setAttribute(host.temporary(), "unix:mode", 01777);
    host.installAntnode(VERSION);
    return host;
  }

  Path home() {
    return folder.resolve("home");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Who the colony is, as what it makes is marked; empty before {@code --init}. */
  String colonyId() {
    return Files.exists(database()) ? new ColonyFile(database()).rows("SELECT value FROM setting WHERE name = 'colony_id'").stream()
        .map(row -> row.get("value")).findFirst().orElse("") : "";
  }

  Path database() {
    return home().resolve(".local/share/autonomi/colony.db");
  }

  Path storage() {
    return home().resolve(".local/share/autonomi/node");
  }

  ColonyFile colony() {
    return new ColonyFile(database());
  }

  int portStart() {
    return portStarts.get(0);
  }

  int rpcPortStart() {
    return portStarts.get(2);
  }

  int metricsPortStart() {
    return portStarts.get(1);
  }

  /** Puts an antnode of this version where wnm looks for one. */
  Path installAntnode(Version version) throws IOException {
    return StandInAntnode.installInto(home().resolve(".local/bin"), version);
  }

  /** wnm with an environment of its own: nothing of whoever runs the tests, and never the system's database. */
  Wnm wnm() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("HOME", home().toString());
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("WNM_FIREWALL_DISABLED", "1"); // the machine's firewall is no test's business
    environment.put("TMPDIR", temporary().toString());
    environment.put("DBPATH", database().toString());
    return keeping(new Wnm(way, environment, "", outputs(), Optional.empty()));
  }

  /** The same by a launcher, such as setpriv. */
  Wnm wnmStartedBy(List<String> launcher) {
    return keeping(wnm().startedBy(launcher.toArray(String[]::new)));
  }

  private Wnm keeping(Wnm wnm) {
    return keepsJvms ? wnm.in(() -> keptJvms.computeIfAbsent(wnm.launcher(), launcher -> {
      try {
        return KeptJvm.start(wnm);
      } catch (IOException e) {
        throw new AssertionError("wnm could not be run", e);
      }
    })) : wnm;
  }

  WnmRun run(String... words) {
    return wnm().run(words);
  }

  /** Runs it and insists on exit code 0. */
  WnmRun done(String... words) {
    WnmRun run = run(words);
    assertThat(run.exit()).as(run.toString()).isZero();
    return run;
  }

  /** The words that set this machine up. */
  String[] initWords(List<String> more) {
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "setsid+user", "--rewards_address", WALLET,
        "--port_start", portStarts.get(0).toString(), "--metrics_port_start", portStarts.get(1).toString(),
        "--rpc_port_start", portStarts.get(2).toString()));
    return CommandArguments.overruled(words, more).toArray(String[]::new);
  }

  List<NodeRow> nodes() {
    return colony().rows(NodeRow.QUERY).stream().map(NodeRow::of).toList();
  }

  List<NodeRow> nodes(String status) {
    return nodes().stream().filter(node -> node.is(status)).toList();
  }

  /** The processes of nodes, by their root folders. Whatever starts them or is about to become them does not count. */
  Map<Path, List<ProcessHandle>> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(command -> command.endsWith("perl") || command.endsWith("/ant-node")).isPresent())
        .filter(process -> rootDir(process).startsWith(folder))
        .collect(Collectors.groupingBy(TestHost::rootDir, TreeMap::new, Collectors.toList()));
  }

  /** Folders of nodes in the node storage. */
  Set<Path> folders() throws IOException {
    if (!Files.isDirectory(storage())) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(storage())) {
      return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * Lets the machine seem to have been idle since the last cycle: on one that is busy with other things, nodes would be
   * neither started nor added for as long as that lasts. Takes back the counters that the next cycle compares with.
   */
  void seemIdle() {
    Map<String, String> row = colony().rows("SELECT * FROM host_counters").get(0);
    String earlier = row.get("counters").lines().map(line -> {
      String[] counter = line.split("=");
      boolean cpuTime = Set.of("cpu_total", "cpu_idle").contains(counter[0]);
      long back = cpuTime ? MUCH_CPU_TIME : counter[0].equals("uptime_millis") ? A_MINUTE.toMillis() : 0;
      return counter[0] + "=" + (Long.parseLong(counter[1]) - back);
    }).collect(Collectors.joining("\n"));
    colony().change("UPDATE host_counters SET taken_at_ms = taken_at_ms - " + A_MINUTE.toMillis() + ", counters = '" + earlier
        + "'");
  }

  /** Kills node processes as a power failure or the kernel's memory killer would, and waits until they are gone. */
  void killNodes(Predicate<Path> whichRootDir) {
    List<ProcessHandle> victims = processes().entrySet().stream().filter(entry -> whichRootDir.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream()).toList();
    victims.forEach(ProcessHandle::destroyForcibly);
    Eventually.eventually("the killed nodes are gone", () -> victims.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Everything that has to do with this machine, but for the JVM that it keeps: wnm first, so that it starts no more. */
  List<ProcessHandle> everything() {
    String ours = "-Djava.io.tmpdir=" + temporary();
    return Stream.concat(
        ProcessHandle.allProcesses().filter(process -> arguments(process).contains(ours))
            .filter(process -> keptJvms.values().stream().noneMatch(kept -> kept.is(process))),
        ProcessHandle.allProcesses().filter(process -> rootDir(process).startsWith(folder))).toList();
  }

  @Override
  public void close() throws IOException {
    keptJvms.values().forEach(KeptJvm::close);
    keptJvms.clear();
    Eventually.eventually("no process is left of " + folder, () -> {
      List<ProcessHandle> left = everything();
      left.forEach(ProcessHandle::destroyForcibly);
      return left.isEmpty();
    });
    FreePorts.giveBack(portStarts);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path outputs() {
    return folder.resolve("printed");
  }

  private static Path rootDir(ProcessHandle process) {
    List<String> arguments = arguments(process);
    int at = arguments.indexOf("--root-dir");
    return at >= 0 && at + 1 < arguments.size() ? Path.of(arguments.get(at + 1)) : Path.of("");
  }

  private static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(Arrays::asList).orElse(List.of());
  }
}
