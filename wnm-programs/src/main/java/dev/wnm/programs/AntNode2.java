package dev.wnm.programs;

import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeFigure;
import dev.wnm.spi.program.NodeFlags;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodeReading;
import dev.wnm.spi.program.NodeView;
import dev.wnm.spi.program.PortUse;
import dev.wnm.spi.program.ReleaseSource;
import dev.wnm.spi.program.SelfUpgrade;
import dev.wnm.spi.program.Stopping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ant-node}, the node of the present network (Autonomi 2.0): crate ant-node from 0.5 on, without a page of metrics. */
public final class AntNode2 implements NodeProgram {
  private static final String ON = "on";
  /** The peers that a node asks first, instead of those of the file beside its binary. */
  public static final ManagerOption<ManagerOption.Names> BOOTSTRAP = ManagerOption
      .names("bootstrap", "IP:PORT,…", "addresses such as 192.0.2.7:10000 or [2001:db8::7]:10000, separated by commas",
          "(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}")
      .clearable().help("peers that nodes of ant-node ask first, instead of those of the file " + AntNode2.PEERS + " beside the binary");
  /** Which releases it upgrades itself to. */
  public static final ManagerOption<String> UPGRADE_CHANNEL = ManagerOption.choice("upgrade_channel", "CHANNEL", List.of("stable", "beta"))
      .initially("stable").help("which releases of ant-node nodes upgrade themselves to");
  /** Whether it upgrades itself. */
  public static final ManagerOption<String> SELF_UPGRADE = ManagerOption.choice("self_upgrade", "on|off", List.of(ON, "off")).initially(ON)
      .help("nodes of ant-node upgrade themselves, as the program does when it is left alone; off: only wnm's own upgrades, with a"
          + " canary, change their binaries");

  private static final String PEERS = "bootstrap_peers.toml";
  private static final String SETTINGS = "wnm-ant-node.toml";
  /** It has no switch: the next check for a release is put off for a year instead. */
  private static final String NO_SELF_UPGRADE = "# Made by wnm, since --self_upgrade is off: ant-node has no switch for that, but looks"
      + " for a release so seldom.\n[upgrade]\ncheck_interval_hours = 8760\n";

  /** {@code ant-node --version}: one line, {@code ant-node 0.23.1}. */
  private static final Pattern VERSION = Pattern.compile("ant-node(?: (\\S+))?");
  private static final Pattern OWN_FILE = Pattern.compile("ant-node(\\.backup)?|ant-upgrade-.*|node_identity\\.key|chunks(\\.mdb.*)?"
      + "|pointers|paid_list\\.mdb|commitment_retention.*\\.bin|close_group_cache\\.json|routing_snapshot\\.json|webrtc-direct\\..+"
      + "|bootstrap_peers\\.toml|wnm-ant-node\\.toml|ant-node\\..*\\.log");
  private static final String NETWORK_PREFIX = "evm-";
  private static final List<String> NETWORKS = List.of("evm-arbitrum-one", "evm-arbitrum-sepolia");
  private static final NodeFlags FLAGS =
      NodeFlags.of("--root-dir", "--log-dir", "--port", "--rewards-address").withBrowserPort("--webrtc-direct-port");
  /** A summary every five minutes, and some patience. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(11);
  /**
   * Counting the records is a look into 256 folders, and the snapshot of the routing table is written every ten minutes: each
   * node's turn comes as often.
   */
  private static final int FILES_EVERY_MINUTES = 10;
  private static final int SECONDS_A_MINUTE = 60;
  private static final Map<String, Boolean> OWN_FLAGS = Map.ofEntries(Map.entry("--root-dir", true), Map.entry("--port", true),
      Map.entry("--rewards-address", true), Map.entry("--evm-network", true), Map.entry("--upgrade-channel", true),
      Map.entry("--stop-on-upgrade", false), Map.entry("--enable-logging", false), Map.entry("--log-format", true),
      Map.entry("--log-level", true), Map.entry("--log-dir", true), Map.entry("--log-max-files", true),
      Map.entry("--webrtc-direct-port", true), Map.entry("--disable-webrtc-direct", false), Map.entry("--bootstrap", true),
      Map.entry("--config", true));
  /**
   * What it takes from variables. A switch among them takes true and false only and ends the program at anything else, as
   * RUST_LOG does at anything but one word.
   */
  private static final Set<String> VARIABLES = Set.of("RUST_LOG", "ANT_ROOT_DIR", "ANT_PORT", "ANT_IPV4_ONLY", "ANT_BOOTSTRAP",
      "ANT_REWARDS_ADDRESS", "ANT_EVM_NETWORK", "ANT_EVM_RPC_URL", "ANT_EVM_PAYMENT_TOKEN", "ANT_EVM_PAYMENT_VAULT",
      "ANT_NETWORK_MODE", "ANT_UPGRADE_CHANNEL", "ANT_METRICS_PORT", "ANT_CACHE_CAPACITY", "ANT_ENABLE_LOGGING", "ANT_LOG_FORMAT",
      "ANT_LOG_DIR", "ANT_LOG_MAX_FILES", "ANT_DISABLE_WEBRTC_DIRECT", "ANT_WEBRTC_DIRECT_BIND", "ANT_WEBRTC_DIRECT_PORT",
      "ANT_WEBRTC_DIRECT_ADVERTISED_ADDR", "ANT_BOOTSTRAP_PEERS_PATH", "ANT_PRICE_FLOOR_ENFORCE",
      "ANT_PRICE_FLOOR_TOLERANCE_PERCENT");
  /** Its log files are one for each day, without a limit of size: that of yesterday and that of today are enough. */
  private static final int LOG_FILES = 2;
  /** RSS in a network of three, after 20 s and after 65 s: 77 to 78 MB. */
  private static final long IDLE_MEMORY = 78_000_000;
  /** In each routing bucket and in each close group, counted by every other node. */
  private static final int NODES_OF_ONE_ADDRESS = 2;

  @Override
  public String name() {
    return "ant-node";
  }

  @Override
  public String title() {
    return "ant-node of the present network";
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public Optional<Identified> identify(String printed) {
    Matcher line = VERSION.matcher(printed.lines().findFirst().orElse("").strip());
    return line.matches() ? Optional.of(new Identified(Optional.ofNullable(line.group(1)).flatMap(Version::parse))) : Optional.empty();
  }

  @Override
  public List<String> arguments(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of(
        "--root-dir", node.rootDir().toString(),
        "--port", Integer.toString(node.ports().node()),
        "--rewards-address", node.wallet(),
        "--evm-network", node.network().replaceFirst("^" + NETWORK_PREFIX, ""),
        "--upgrade-channel", node.options().find(UPGRADE_CHANNEL).orElseThrow(),
        // Else it would start its successor itself, which nobody who runs it would know.
        "--stop-on-upgrade",
        "--enable-logging", "--log-format", "json", "--log-level", "info", "--log-dir", node.logDir().toString(),
        "--log-max-files", Integer.toString(LOG_FILES)));
    node.ports().browsers().ifPresentOrElse(port -> words.addAll(List.of("--webrtc-direct-port", Integer.toString(port))),
        () -> words.add("--disable-webrtc-direct"));
    node.options().find(BOOTSTRAP).ifPresent(peers -> peers.all().forEach(peer -> words.addAll(List.of("--bootstrap", peer))));
    if (!upgradesItself(node)) {
      words.addAll(List.of("--config", node.rootDir().resolve(SETTINGS).toString()));
    }
    words.addAll(furtherArguments(node));
    return List.copyOf(words);
  }

  @Override
  public Map<String, String> settingsFiles(NodeSpec node) {
    return upgradesItself(node) ? Map.of() : Map.of(SETTINGS, NO_SELF_UPGRADE);
  }

  /** What all nodes of an account share, the list of releases above all, is where all of them may write. */
  @Override
  public Map<String, String> variables(NodeSpec node) {
    return Map.of("XDG_DATA_HOME", node.bootstrapCache().toString(), "NO_COLOR", "1");
  }

  @Override
  public SelfUpgrade selfUpgrade(OptionValues values) {
    return values.find(SELF_UPGRADE).orElseThrow().equals(ON) ? SelfUpgrade.ON : SelfUpgrade.OFF;
  }

  private boolean upgradesItself(NodeSpec node) {
    return selfUpgrade(node.options()) == SelfUpgrade.ON;
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
    int flag = arguments.indexOf("--evm-network");
    return flag >= 0 && flag + 1 < arguments.size() ? Optional.of(NETWORK_PREFIX + arguments.get(flag + 1))
        : arguments.stream().filter(word -> word.startsWith("--evm-network=")).findFirst()
            .map(word -> NETWORK_PREFIX + word.substring(word.indexOf('=') + 1));
  }

  @Override
  public List<String> networks() {
    return NETWORKS;
  }

  @Override
  public Set<String> unwantedVariables() {
    return VARIABLES;
  }

  @Override
  public boolean isLog(String name) {
    return LogReader.isLog(name);
  }

  @Override
  public Set<PortUse> ports() {
    return EnumSet.of(PortUse.NETWORK, PortUse.BROWSERS);
  }

  @Override
  public String keyFile() {
    return Identity.FILE;
  }

  @Override
  public boolean isOwnFile(String name) {
    return OWN_FILE.matcher(name).matches();
  }

  @Override
  public Optional<String> peerId(byte[] key) {
    return Identity.peerId(key);
  }

  @Override
  public List<String> besideBinary() {
    return List.of(PEERS);
  }

  @Override
  public Optional<ReleaseSource> releases() {
    return Optional.of(AntNodeReleases.source());
  }

  @Override
  public NodeReading read(NodeSpec node, NodeView view, LogPosition from, Instant now) throws IOException {
    LogReader log = new LogReader(from);
    log.readOn(view, node.logDir());
    Map<NodeFigure, Long> figures = new EnumMap<>(NodeFigure.class);
    figures.putAll(log.figures());
    if (now.getEpochSecond() / SECONDS_A_MINUTE % FILES_EVERY_MINUTES == node.id() % FILES_EVERY_MINUTES) {
      NodeFiles files = new NodeFiles(view, node.rootDir());
      files.routingPeers().ifPresent(count -> figures.put(NodeFigure.TOTAL_PEERS, count));
      files.records().ifPresent(count -> figures.put(NodeFigure.RECORDS, count));
    }
    Optional<Instant> lastWord = lastWord(view, node.logDir());
    return NodeReading.at(log.position()).withFigures(figures).withVersion(log.version())
        .withStartedAnew(log.startedAnew())
        .withSilence(lastWord.filter(time -> time.plus(LONGEST_SILENCE).isBefore(now))
            .map(time -> "its log has said nothing since " + time.truncatedTo(ChronoUnit.SECONDS) + ", though it has a summary every five"
                + " minutes"));
  }

  private static Optional<Instant> lastWord(NodeView view, Path logDir) throws IOException {
    Optional<String> newest = LogReader.newest(view, logDir);
    return newest.isEmpty() ? Optional.empty() : view.writtenAt(logDir.resolve(newest.get()));
  }

  /** Where it looks itself; macOS has another folder for settings. */
  @Override
  public List<Path> peerFiles(Path binary, Path home, OptionValues values) {
    return values.find(BOOTSTRAP).isPresent() ? List.of() : List.of(binary.resolveSibling(PEERS), home.resolve(".config/ant").resolve(PEERS),
        home.resolve("Library/Application Support/ant").resolve(PEERS), Path.of("/etc/ant").resolve(PEERS));
  }

  /** With peers it took up to 10.2 s, since it waits for tasks of 10 s one after the other. */
  @Override
  public Stopping stopping() {
    return new Stopping("TERM", Duration.ofSeconds(60));
  }

  @Override
  public String ending(int code) {
    return switch (code) {
      case 0 -> "with exit code 0, as after a stop or an upgrade";
      case 2 -> "with exit code 2: it does not know an argument or the value of a variable";
      case 134 -> "by signal 6, as after a panic";
      default -> NodeProgram.super.ending(code);
    };
  }

  @Override
  public long idleMemoryBytes() {
    return IDLE_MEMORY;
  }

  @Override
  public OptionalInt mostNodesOfOneAddress() {
    return OptionalInt.of(NODES_OF_ONE_ADDRESS);
  }

  @Override
  public Collection<ManagerOption<?>> options() {
    return List.of(BOOTSTRAP, UPGRADE_CHANNEL, SELF_UPGRADE);
  }
}
