package dev.wnm.cli.bench;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.fleet.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A HOME of its own with a machine that wnm has set up, and wnm as it is installed there. */
final class BenchHome {
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  /** Nothing but the cap holds the fleet back, so that a busy machine does not change what is measured. */
  private static final List<String> WIDE = List.of("--cpu_less_than", "99", "--cpu_remove", "100", "--mem_less_than", "99",
      "--mem_remove", "100", "--hd_less_than", "99", "--hd_remove", "100", "--desired_load_average", "900",
      "--max_load_average_allowed", "1000", "--max_concurrent_starts", "1000", "--max_concurrent_operations", "1000");
  /** How old the nodes are: older than their past ({@link BenchPast}). */
  private static final Duration AGE = Duration.ofDays(8);
  /** Longer than what the host's counters need between two cycles; cron's minute is longer, too. */
  private static final Duration BETWEEN_RUNS = Duration.ofMillis(1_200);

  /** Where a warm-up leaves the archive of loaded classes; shared by all homes. */
  private final Path cache;
  private final Path launcher;
  private final Path home;

  BenchHome(Path launcher, Path folder) throws IOException {
    this.launcher = launcher;
    cache = Files.createDirectories(folder.resolveSibling("cache"));
    home = Files.createDirectory(folder);
    StandInAntnode.installInto(home.resolve(".local/bin"));
  }

  /** @param cap how many nodes there may be */
  void init(int cap) throws IOException {
    run(Stream.concat(Stream.of("--init"), initWords(cap).stream()).toArray(String[]::new));
  }

  /** What a machine is set up with. @param cap how many nodes there may be */
  static List<String> initWords(int cap) {
    List<String> words = new ArrayList<>(List.of( "--rewards_address", WALLET, "--process_manager", "setsid+user",
        "--node_cap", Integer.toString(cap), "--port_start", Integer.toString(BenchPorts.NODE_START), "--metrics_port_start",
        Integer.toString(BenchPorts.METRICS_START), "--rpc_port_start", Integer.toString(BenchPorts.RPC_START)));
    words.addAll(WIDE);
    return words;
  }

  /** Writes the rows of nodes that run, whatever serves their ports. */
  void pretend(int count) {
    pretend(home, count);
  }

  /** Writes a week that the nodes could have had. */
  void pretendPast() {
    BenchPast.fill(database(home));
  }

  static void pretend(Path home, int count) {
    try (ColonyStore store = ColonyStore.openExisting(database(home), Clock.systemUTC())) {
      store.save(IntStream.rangeClosed(1, count).mapToObj(id -> node(home, id)).toList());
    }
  }

  /** Runs wnm and returns what that took. */
  Figures run(String... words) throws IOException {
    return Figures.of(launcher, Map.of("HOME", home.toString(), "PATH", "/usr/local/bin:/usr/bin:/bin",
        "XDG_CACHE_HOME", cache.toString(), "WNM_FIREWALL_DISABLED", "1"), List.of(words));
  }

  /** The median of so many runs. */
  Figures measure(int times, String... words) throws IOException {
    List<Figures> runs = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      LockSupport.parkNanos(BETWEEN_RUNS.toNanos());
      runs.add(run(words));
    }
    return Figures.median(runs);
  }

  /** What the database takes on the disk. */
  double databaseMegabytes() throws IOException {
    try (Stream<Path> files = Files.list(database(home).getParent())) {
      return files.filter(file -> file.getFileName().toString().matches("colony\\.db(-wal)?")).mapToLong(file -> file.toFile().length())
          .sum() / 1e6;
    }
  }

  private static Path database(Path home) {
    return home.resolve(".local/share/autonomi/colony.db");
  }

  private static Node node(Path home, int id) {
    Instant now = Instant.now();
    String name = String.format(Locale.ROOT, "%04d", id);
    Path root = home.resolve(".local/share/autonomi/node/antnode" + name);
    String user = System.getProperty("user.name");
    return Node.builder(id, "setsid+user", NodePlacement.of("antnode" + name + ".service", root),
        NodePorts.of(BenchPorts.NODE_START * 1_000 + id, BenchPorts.metrics(id))).user(user)
        .version(Optional.of(new Version(StandInAntnode.VERSION.text()))).wallet(WALLET)
        .peerId(Answers.peerId(BenchPorts.metrics(id))).status(NodeStatus.RUNNING, now).createdAt(now.minus(AGE)).build();
  }
}
