package dev.wnm.web;

import static dev.wnm.testkit.Eventually.eventually;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.ManualClock;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.InMemoryMachine;
import dev.wnm.web.live.LiveColony;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** A colony of nodes without processes, and its real server on a free port. Its time goes on by a minute with each cycle. */
public final class ServedColony implements AutoCloseable {
  public static final int NODES = 2;
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  private static final Version VERSION = new Version("0.4.17");

  /** Ten days before the first cycle. */
  private static final Instant CAME_UP = Instant.ofEpochSecond(1_800_000_000L).minus(Duration.ofDays(10));

  public final InMemoryMachine machine = new InMemoryMachine();
  final Path database;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home;
  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  private final List<Integer> ports = FreePorts.thousands(3, 30);
  private final SettingsResolver sources;
  private final String token;
  private final Path tokens;
  private final int nodes;
  private Site site;
  /** What is known of the machine from now on, in per cent; no traffic is ever known. */
  private volatile OptionalDouble memory = OptionalDouble.of(10);

  public ServedColony(Path home) throws Exception {
    this(home, NODES);
  }

  /** @param nodes how many there may be */
  public ServedColony(Path home, int nodes) throws Exception {
    this.home = home;
    this.nodes = nodes;
    database = home.resolve("colony.db");
    StandInAntnode.installInto(Files.createDirectories(home.resolve(".local/bin")), VERSION);
    Colony.builder().database(database).dependencies(tools()).setting(Options.REWARDS_ADDRESS, WALLET)
        .setting(Options.PROCESS_MANAGER, InMemoryMachine.TYPE).setting(Options.NODE_STORAGE, StorageList.of(home.resolve("nodes")))
        .setting(Options.NODE_CAP, nodes).setting(Options.DELAY_START, Duration.ZERO)
        .setting("port_start", ports.get(0).toString()).setting("metrics_port_start", ports.get(1).toString())
        .setting("rpc_port_start", ports.get(2).toString()).initialize().close();
    sources = SettingsResolver.ofProgram(OptionRegistry.of(managers()), platform(), Map.of("dbpath", database.toString(), "watch", "60"));
    tokens = home.resolve("tokens");
    site = serve(0);
    token = Files.readString(tokens).strip().split(" ")[1];
  }

  private Site serve(int port) throws IOException {
    ServeOrder order = new ServeOrder(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty(), Set.of(), tokens);
    return Site.open(order, new WatchAddOn.Host(sources.settle(Map.of(), List.of()), sources, tools(), () -> {}, said -> {}));
  }

  /** Its server ends, as when wnm ends; the colony stays. */
  public void serveNoMore() {
    site.close();
  }

  /** Serves it again at the same port. */
  public void serveAgain() throws IOException {
    site = serve(port());
  }

  /** Changes what is stored, by statements of SQL, and serves that. */
  public ServedColony stored(List<String> statements) throws Exception {
    serveNoMore();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    serveAgain();
    return this;
  }

  /** Runs a cycle, as the watch does. */
  public CycleReport cycle() throws Exception {
    clock.advance(Duration.ofMinutes(1));
    try (Colony colony = open()) {
      CycleReport report = colony.cycle();
      site.ends(colony, report);
      return report;
    }
  }

  /** Runs cycles until all nodes run that there may be, and waits until that is served. */
  public ServedColony grown() throws Exception {
    for (int i = 0; i < nodes * 12 && running() < nodes; i++) {
      cycle();
    }
    served("status", json -> json.getAsJsonObject().getAsJsonObject("nodes").has("RUNNING")
        && json.getAsJsonObject().getAsJsonObject("nodes").get("RUNNING").getAsInt() == nodes);
    return this;
  }

  private long running() throws Exception {
    try (Colony colony = Colony.openToRead(sources, tools())) {
      return colony.nodes().stream().filter(node -> node.shownStatus().equals("RUNNING")).count();
    }
  }

  Colony open() throws Exception {
    return Colony.open(sources, tools());
  }

  public Colony openToRead() {
    return Colony.openToRead(sources, tools());
  }

  /** Nothing is known of the memory from now on. */
  void forgetMemory() {
    memory = OptionalDouble.empty();
  }

  public void advance(Duration time) {
    clock.advance(time);
  }

  /** The answer to a path of the API, once it is as it should be. */
  public JsonElement served(String path, Predicate<JsonElement> isSo) {
    return eventually(path + " is as it should be", () -> Optional.of(json(path)).filter(isSo));
  }

  /** The answer to a path of the API. */
  public JsonElement json(String path) {
    HttpResponse<String> answer = get("/api/v1/" + path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body());
  }

  /** The page, as the one file that {@code --report html} prints. */
  public String inOneFile() throws IOException {
    try (Colony colony = openToRead()) {
      return new FilePage().write(colony);
    }
  }

  /** The same with something else in the place of its data. */
  public static String inOneFile(String data) {
    return FilePage.page(data);
  }

  /** The token of its token file. */
  public String token() {
    return token;
  }

  /** The address of the page. */
  public String page() {
    return "http://127.0.0.1:" + port() + "/";
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) {
    return send(request("/api/v1/" + path).header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postWithoutToken(String path, String body) {
    return send(request("/api/v1/" + path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.address().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public int port() {
    return site.address().getPort();
  }

  /** What of it stands behind the answers; for who makes routes of their own. */
  LiveColony live() {
    return new LiveColony(new WatchAddOn.Host(sources.settle(Map.of(), List.of()), sources, tools(), () -> {}, said -> {}), snapshot -> {});
  }

  private Dependencies tools() {
    return new Dependencies(folder -> managers(), new ProcessCommandRunner(), (settings, colony) -> Firewall.NONE,
        (storages, nodes, previous) -> measure(storages), platform(), clock, clock::advance, Progress.SILENT);
  }

  private ManagerRegistry managers() {
    return ManagerRegistry.of(List.of(machine.provider()));
  }

  private Platform platform() {
    return new Platform(OperatingSystem.LINUX, home, "tester", false, 4, Map.of("PATH", "/usr/bin:/bin"), home);
  }

  private Measurement measure(List<Path> storages) {
    OptionalDouble tenth = OptionalDouble.of(10);
    OptionalDouble load = OptionalDouble.of(0.1);
    OptionalLong unknown = OptionalLong.empty();
    HostMetrics host = new HostMetrics(Instant.EPOCH.plusSeconds(1_000), "boot-1", load, load, load, tenth, OptionalDouble.of(0), memory, tenth,
        OptionalLong.of(1_000_000_000_000L), unknown, unknown, unknown, unknown);
    List<StorageSpace> spaces = storages.stream()
        .map(storage -> new StorageSpace(storage, "the disk", OptionalLong.of(100_000_000_000L), OptionalLong.of(900_000_000_000L))).toList();
    HostCounters counters = new HostCounters("boot-1", clock.instant(), Map.of()).withUptime(Optional.of(Duration.between(CAME_UP, clock.instant())));
    return new Measurement(host, counters, spaces, Map.of());
  }

  /** As when the program ends. */
  void endServing() {
    site.close();
  }

  @Override
  public void close() {
    site.close();
    machine.close();
    FreePorts.giveBack(ports);
  }
}
