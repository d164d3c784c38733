package dev.wnm.programs;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeFlags;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.PortUse;
import dev.wnm.spi.program.Stopping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code antnode}, the node of the old network: crate ant-node up to 0.4.17, with a page of metrics. */
public final class Antnode implements NodeProgram {
  /** First line of {@code antnode --version}: {@code Autonomi Node v0.4.17}. */
  private static final String GREETING = "Autonomi Node";
  private static final Pattern VERSION = Pattern.compile("\\bv(\\d\\S*)");
  private static final Pattern OWN_FILE = Pattern.compile("antnode(\\.pid)?|secret-key|record_store|network_key_version"
      + "|historic_quoting_metrics|(antnode|critical_failure).*\\.log.*");
  private static final List<String> NETWORKS =
      List.of("evm-arbitrum-one", "evm-arbitrum-sepolia-test", "evm-custom", "evm-local", "evm-arbitrum-sepolia");
  private static final NodeFlags FLAGS = NodeFlags.of("--root-dir", "--log-output-dest", "--port", "--rewards-address")
      .withMetricsPort("--metrics-server-port").withRpc("--rpc");
  private static final Map<String, Boolean> OWN_FLAGS = Map.of("--bootstrap-cache-dir", true, "--root-dir", true, "--port", true,
      "--enable-metrics-server", false, "--metrics-server-port", true, "--log-output-dest", true, "--max-log-files", true,
      "--max-archived-log-files", true, "--no-upnp", false, "--rewards-address", true);
  /** RSS alone, 8 s after its start: 22.6 MB. */
  private static final long IDLE_MEMORY = 23_000_000;

  @Override
  public String name() {
    return "antnode";
  }

  @Override
  public String title() {
    return "antnode of the old network";
  }

  /** What old rows and command lines mean, which name no program. */
  @Override
  public int rank() {
    return 1;
  }

  @Override
  public Optional<Identified> identify(String printed) {
    String first = printed.lines().findFirst().orElse("");
    if (!first.startsWith(GREETING)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(first);
    return Optional.of(new Identified(version.find() ? Version.parse(version.group(1)) : Optional.empty()));
  }

  /** The EVM network last, as antnode wants it. */
  @Override
  public List<String> arguments(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of(
        "--bootstrap-cache-dir", node.bootstrapCache().toString(),
        "--root-dir", node.rootDir().toString(),
        "--port", Integer.toString(node.ports().node())));
    node.ports().metrics().ifPresent(port ->
        words.addAll(List.of("--enable-metrics-server", "--metrics-server-port", Integer.toString(port))));
    words.addAll(List.of("--log-output-dest", node.logDir().toString(), "--max-log-files", "1", "--max-archived-log-files", "1"));
    if (!node.upnp()) {
      words.add("--no-upnp");
    }
    words.addAll(furtherArguments(node));
    words.addAll(List.of("--rewards-address", node.wallet(), node.network()));
    return List.copyOf(words);
  }

  @Override
  public List<String> flagsOfSomeReleases() {
    return List.of("--stop-on-upgrade");
  }

  @Override
  public Map<String, Boolean> ownFlags() {
    return OWN_FLAGS;
  }

  @Override
  public NodeFlags flags() {
    return FLAGS;
  }

  @Override
  public Optional<String> networkIn(List<String> arguments) {
    return arguments.stream().filter(word -> word.startsWith("evm-")).findFirst();
  }

  @Override
  public List<String> networks() {
    return NETWORKS;
  }

  @Override
  public Optional<String> failureFile() {
    return Optional.of("critical_failure.log");
  }

  @Override
  public Optional<String> startFile() {
    return Optional.of("antnode.pid");
  }

  @Override
  public boolean isLog(String name) {
    return name.equals("antnode.log");
  }

  @Override
  public Set<PortUse> ports() {
    return EnumSet.of(PortUse.NETWORK, PortUse.METRICS, PortUse.RPC);
  }

  @Override
  public String keyFile() {
    return "secret-key";
  }

  @Override
  public boolean isOwnFile(String name) {
    return OWN_FILE.matcher(name).matches();
  }

  /** It tells its peer id itself, at its page of metrics. */
  @Override
  public Optional<String> peerId(byte[] key) {
    return Optional.empty();
  }

  /** INT is the only signal that it handles; it needs a second, and more on a busy machine. */
  @Override
  public Stopping stopping() {
    return new Stopping("INT", Duration.ofSeconds(20));
  }

  @Override
  public long idleMemoryBytes() {
    return IDLE_MEMORY;
  }
}
