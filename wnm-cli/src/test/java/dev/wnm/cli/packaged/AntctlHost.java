package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.CommandArguments;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A {@link TestHost} with a stand-in antctl where wnm looks for one. Both are run as an account with nothing but its HOME,
 * or as root with folders of this machine's own in the places where root's antctl keeps its things.
 */
final class AntctlHost implements AutoCloseable {
  private static final Path SYSTEM_REGISTRY = Path.of("/var/antctl");
  private static final Path SYSTEM_LOGS = Path.of("/var/log/antnode");
  private static final String NOBODY = "65534";
  /** Words: two folders, and the command that finds them in place of {@link #SYSTEM_REGISTRY} and {@link #SYSTEM_LOGS}. */
  private static final String IN_PLACE = "mount --bind \"$1\" " + SYSTEM_REGISTRY + " && mount --bind \"$2\" " + SYSTEM_LOGS
      + " && shift 2 && exec \"$@\"";

  private final TestHost host;
  private final boolean asRoot;
  private final List<String> launcher;
  private final Map<String, String> behaviour = new TreeMap<>();
  private final List<Path> madeMountPoints = new ArrayList<>();
  private int seenCalls;

  private AntctlHost(TestHost host, boolean asRoot) throws IOException {
    this.host = host;
    this.asRoot = asRoot;
    StandInAntctl.installInto(antctl().getParent());
    behaviour.putAll(Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2",
        "call_log", callLog().toString(), "releases", releases().toString()));
    release(TestHost.VERSION);
    if (asRoot) {
      behaviour.put("unit_dir", units().toString());
      behaviour.put("data_prefix", storage().toString());
      for (Path mountPoint : List.of(SYSTEM_REGISTRY, SYSTEM_LOGS)) {
        if (!Files.exists(mountPoint)) {
          madeMountPoints.add(Files.createDirectory(mountPoint));
        }
      }
      Path registry = Files.createDirectory(host.home().resolve("antctl"));
      Path logs = Files.createDirectory(host.home().resolve("antnode-logs"));
      launcher = List.of("unshare", "-m", "sh", "-c", IN_PLACE, "sh", registry.toString(), logs.toString());
    } else {
      launcher = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }
    configure();
    giveAway();
  }

  /** With the cluster of an account that may do nothing else. */
  static AntctlHost ofAnAccount() throws IOException {
    return new AntctlHost(TestHost.keepingAJvm(), false);
  }

  /** With root's cluster, whose nodes run as the account {@code ant}. */
  static AntctlHost ofRoot() throws IOException {
    return new AntctlHost(TestHost.keepingAJvm(), true);
  }

  TestHost host() {
    return host;
  }

  /** Where wnm looks for it when not told. */
  Path antctl() {
    return host.home().resolve(".local/bin").resolve(StandInAntctl.FILE_NAME);
  }

  Path units() {
    return asRoot ? host.home().resolve("units") : host.home().resolve(".config/systemd/user");
  }

  /**
   * Where nodes go. Root's are in a place of this machine's own: antctl takes a process of the same path for its node, and
   * those of other tests may be in containers on this machine.
   */
  Path storage() {
    return asRoot ? SYSTEM_REGISTRY.resolve(host.home().getParent().getFileName()) : host.storage();
  }

  /** Changes how the stand-in behaves from its next run on. */
  void behave(String name, String value) throws IOException {
    behaviour.put(name, value);
    configure();
  }

  /** The same for its next run with this subcommand only. */
  void behaveOnce(String name, String value) throws IOException {
    Map<String, String> once = new TreeMap<>(behaviour);
    once.put(name, value);
    StandInAntctl.configure(antctl(), once);
  }

  Wnm wnm() {
    return host.wnmStartedBy(launcher);
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

  /** A cycle on a machine that seems to have been idle before. */
  WnmRun cycle(String... words) {
    host.seemIdle();
    return done(words);
  }

  /** The words that set this machine up, with limits that no load reaches; an import finds most ports itself. */
  String[] initWords(String type, String... more) {
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", type, "--rewards_address", TestHost.WALLET,
        "--rpc_port_start", Integer.toString(host.rpcPortStart()), "--node_storage", storage().toString()));
    if (!List.of(more).contains("--import")) {
      words.addAll(List.of("--port_start", Integer.toString(host.portStart()),
          "--metrics_port_start", Integer.toString(host.metricsPortStart())));
    }
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    return CommandArguments.overruled(words, List.of(more)).toArray(String[]::new);
  }

  /** Runs antctl by hand, which must go well. @return what it prints on standard output */
  String antctl(String... words) {
    try {
      List<String> command = new ArrayList<>(launcher);
      command.add(antctl().toString());
      command.addAll(List.of(words));
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(host.temporary().resolve("antctl-err").toFile());
      builder.environment().clear();
      builder.environment().putAll(host.wnm().environment());
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("antctl " + String.join(" ", words) + "\n" + out
          + Files.readString(host.temporary().resolve("antctl-err"))).isZero();
      return out;
    } catch (IOException e) {
      throw new AssertionError("antctl could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Adds a node by hand, with the ports of the number that it would have in wnm's plan. @param more further words */
  void addByHand(int number, String... more) {
    List<String> words = new ArrayList<>(List.of("add", "--path", host.home().resolve(".local/bin/antnode").toString(),
        "--rewards-address", TestHost.WALLET, "--no-upnp", "--node-port", Integer.toString(port(host.portStart(), number))));
    words.addAll(List.of(more));
    words.add("evm-arbitrum-one");
    antctl(words.toArray(String[]::new));
  }

  static int port(int start, int number) {
    return start * 1_000 + number;
  }

  /** What antctl lists. */
  List<Listed> listed() {
    return Listed.of(antctl("status", "--json"));
  }

  /** The words of the calls of antctl since this was last asked. */
  List<List<String>> newCalls() throws IOException {
    List<StandInAntctl.Call> calls = StandInAntctl.calls(callLog());
    List<List<String>> fresh = calls.subList(seenCalls, calls.size()).stream().map(StandInAntctl.Call::words).toList();
    seenCalls = calls.size();
    return fresh;
  }

  /** The processes of its nodes. */
  PortProcesses processes() {
    return new PortProcesses(host.portStart());
  }

  /** Ends what supervises nodes before the nodes, which it would start again. */
  @Override
  public void close() throws IOException {
    String ours = antctl().toString();
    Eventually.eventually("no node is left of " + host.home(), () -> {
      List<ProcessHandle> left = Stream.concat(
          ProcessHandle.allProcesses().filter(process -> process.info().arguments().map(Arrays::asList)
              .filter(arguments -> arguments.contains(ours)).isPresent()),
          processes().stream()).toList();
      left.forEach(ProcessHandle::destroyForcibly);
      return left.isEmpty();
    });
    host.close();
    for (Path mountPoint : madeMountPoints) {
      Files.deleteIfExists(mountPoint);
    }
  }

  /** Lets the account own its HOME, but neither its programs nor how they behave. */
  private void giveAway() throws IOException {
    if (!asRoot) {
      var lookup = host.home().getFileSystem().getUserPrincipalLookupService();
      for (Path folder : List.of(host.home(), host.home().resolve(".local"), host.home().resolve(".local/bin"))) {
        Files.setOwner(folder, lookup.lookupPrincipalByName("nobody"));
      }
    }
  }

  private Path callLog() {
    return host.temporary().resolve("antctl-calls");
  }

  /** A newer antnode: where wnm looks for one, and where antctl fetches it from. */
  void release(Version version) throws IOException {
    host.installAntnode(version);
    StandInAntnode.installInto(releases().resolve(version.text()), version);
  }

  private Path releases() {
    return host.temporary().resolve("releases");
  }

  private void configure() throws IOException {
    StandInAntctl.configure(antctl(), behaviour);
  }
}
