package dev.wnm.fleet.cli;

import com.google.gson.JsonParser;
import dev.wnm.core.config.Platform;
import dev.wnm.core.report.table.Screen;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.nats.NatsTransport;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fleet of many hosts at a real nats-server: their ends of the transport are all in this process, each with a certificate and connections of its
 * own; the operator is the packaged program. How to call it: {@code docs/bench.md}.
 *
 * <p>Arguments: the launcher; hosts (1,000 when left out); a folder that keeps keys for the next time (a throw-away one when left out). Each host
 * costs two file descriptors and about ten threads.
 */
public final class FleetBench {
  private static final int TIMES = 3;
  private static final int NODES = 100;
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path launcher;
  private final Path folder;
  private final int count;
  private final int port;
  private final NatsTransport transport = new NatsTransport();
  private final Map<HostName, Desk> desks = new TreeMap<>();
  private final Map<HostName, HostLink> links = new TreeMap<>();
  private Process server;

  private FleetBench(Path launcher, Path folder, int count) throws IOException {
    this.launcher = launcher;
    this.folder = folder;
    this.count = count;
    Path kept = folder.resolve("port");
    port = Files.exists(kept) ? Integer.parseInt(Files.readString(kept).strip()) : FreePorts.next();
    Files.writeString(kept, port + "\n");
  }

  public static void main(String[] words) throws Exception {
    int hosts = words.length > 1 ? Integer.parseInt(words[1]) : 1_000;
    Path folder = words.length > 2 ? Files.createDirectories(Path.of(words[2]).toAbsolutePath()) : Files.createTempDirectory("wnm-bench-");
    int code = 1;
    try {
      new FleetBench(Path.of(words[0]).toRealPath(), folder, hosts).run();
      code = 0;
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
    } finally {
      if (words.length <= 2) {
        delete(folder);
      }
    }
    System.exit(code);
  }

  private void run() throws Exception {
    boolean isNew = !Files.exists(operator());
    if (isNew) {
      operator("init", "bench", "--server", "127.0.0.1:" + port, "--operator", "anna").printed("`wnm fleet init`");
    }
    delete(operator().resolve("server/data"));
    server = startServer();
    try {
      if (isNew) {
        operator("invite", "one").printed("`wnm fleet invite`, one host");
        operator("revoke", "one");
      }
      if (Files.list(folder).noneMatch(path -> path.getFileName().toString().equals("host-h" + count))) {
        Path names = Files.write(folder.resolve("names"), IntStream.rangeClosed(1, count).mapToObj(i -> "h" + i).toList());
        operator("import", names.toString(), "--labels", "site=home").printed("`wnm fleet import` of " + count + " hosts");
        signal(server, "-HUP");
        for (int i = 1; i <= count; i++) {
          transport.join(own(i), Invitation.read(Files.readString(operator().resolve("invitations/h" + i + ".invitation"))));
        }
      }
      hosts();
      measure();
    } finally {
      // Hosts end with this process: to close a thousand connections takes a thousand seconds.
      server.destroy();
      server.waitFor();
    }
  }

  /** The server that was begun anew knows no members, as its data were deleted. */
  private void hosts() throws Exception {
    try (OpenFleet fleet = open()) {
      for (int i = 1; i <= count; i++) {
        fleet.add(new HostName("h" + i), Labels.parse("site=home"));
      }
      say("memory of the server before hosts: " + memory(server.pid()));
      long begin = System.nanoTime();
      for (int i = 1; i <= count; i++) {
        Desk desk = new Desk(new HostName("h" + i));
        desks.put(desk.host, desk);
        links.put(desk.host, transport.serve(own(i), desk));
      }
      Map<HostName, HostLink> silent = new TreeMap<>(links);
      ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
      Eventually.eventually("all hosts are connected", LIMIT, () -> {
        sayAll(silent, workers);
        return silent.isEmpty();
      });
      workers.shutdown();
      Eventually.eventually("all states are in", LIMIT, () -> heard(fleet) == count);
      say("%,d hosts connected and heard: %.1f s; a state has %,d bytes", count, seconds(begin), HostStateJson.write(desks.values().iterator().next().state()).length());
      say("memory of the server with them: " + memory(server.pid()));
    }
  }

  private void sayAll(Map<HostName, HostLink> silent, ExecutorService workers) {
    try {
      List<HostName> out = workers.invokeAll(silent.entrySet().stream().map(each -> (java.util.concurrent.Callable<Optional<HostName>>) () ->
          each.getValue().say(desks.get(each.getKey()).state()).isOut() ? Optional.of(each.getKey()) : Optional.empty()).toList()).stream().flatMap(done -> {
            try {
              return done.get().stream();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }).toList();
      silent.keySet().removeAll(out);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int heard(OpenFleet fleet) {
    try {
      return (int) fleet.rows().stream().filter(row -> row.fresh().isPresent()).count();
    } catch (FleetException away) {
      return -1;
    }
  }

  private void measure() throws Exception {
    operator("status");
    median("`wnm fleet status`, a process of its own", () -> operator("status", "--json"));
    long begin = System.nanoTime();
    try (OpenFleet fleet = open()) {
      say("connecting as an operator: %.2f s", seconds(begin));
      List<Double> warm = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        begin = System.nanoTime();
        if (heard(fleet) != count) {
          throw new IllegalStateException("not all hosts were heard");
        }
        warm.add(seconds(begin));
      }
      say("the states of all hosts, warm: %.2f s (median of %d)", warm.stream().sorted().toList().get(TIMES / 2), TIMES);
      begin = System.nanoTime();
    }
    say("disconnecting: %.2f s", seconds(begin));
    int[] cap = {100};
    median("`wnm fleet set --all`, from start to the last answer", () -> operator("set", "node_cap=" + ++cap[0], "--all"));
    if (desks.values().stream().anyMatch(desk -> !desk.has("node_cap", Integer.toString(cap[0])))) {
      throw new IllegalStateException("not all hosts have it");
    }
    page();
    restart();
    say("memory of the server in the end: " + memory(server.pid()));
    say("memory of this process with all hosts: " + memory(ProcessHandle.current().pid()));
  }

  private void page() throws Exception {
    int at = FreePorts.next();
    Process page = process("serve", "--port", Integer.toString(at)).redirectOutput(folder.resolve("page.log").toFile()).start();
    try {
      URI address = URI.create("http://127.0.0.1:" + at + "/api/v1/fleet");
      Eventually.eventually("the page shows all", () -> JsonParser.parseString(get(address)).getAsJsonObject().getAsJsonArray("hosts").size() == count);
      List<Double> took = new ArrayList<>();
      int bytes = 0;
      for (int i = 0; i < 4 * TIMES; i++) {
        long begin = System.nanoTime();
        bytes = get(address).length();
        took.add(seconds(begin));
      }
      say("`/api/v1/fleet`: %.3f s (median), %,d bytes; memory of `wnm fleet serve`: %s", took.stream().sorted().toList().get(2 * TIMES), bytes, memory(page.pid()));
    } finally {
      page.destroy();
      page.waitFor();
    }
  }

  private static String get(URI address) {
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notYet) {
      return "{\"hosts\":[]}";
    }
  }

  /** A host says how it stands each minute, and again when it took a wish; here all do as soon as they can, so that it is the connections that are measured. */
  private void restart() throws Exception {
    server.destroyForcibly().waitFor();
    long begin = System.nanoTime();
    server = startServer();
    say("the server listens again: %.1f s", seconds(begin));
    Instant since = Instant.now();
    Map<HostName, HostLink> silent = new TreeMap<>(links);
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    Eventually.eventually("all hosts are heard again", LIMIT, () -> {
      sayAll(silent, workers);
      return silent.isEmpty();
    });
    workers.shutdown();
    try (OpenFleet fleet = open()) {
      if (fleet.rows().stream().anyMatch(row -> row.heard().isEmpty() || row.heard().get().isBefore(since))) {
        throw new IllegalStateException("what was heard is old");
      }
    }
    say("all hosts heard again after a restart of the server: %.1f s", seconds(begin));
  }

  private OpenFleet open() throws FleetException, IOException {
    Platform here = Platform.here();
    Map<String, String> environment = new TreeMap<>(here.environment());
    environment.put("WNM_FLEET_FOLDER", operator().toString());
    return OpenFleet.open(new FleetContext(new Platform(here.os(), here.home(), here.user(), here.root(), here.cpuCount(), environment, here.currentFolder()),
        System.in, System.out, System.err, Screen.NONE, new ProcessCommandRunner(), Clock.systemUTC(), List.of("wnm")));
  }

  private Path operator() {
    return folder.resolve("operator");
  }

  private Path own(int host) {
    return folder.resolve("host-h" + host);
  }

  private Process startServer() throws IOException {
    Path log = folder.resolve("server.log");
    Process started = new ProcessBuilder("nats-server", "-c", "nats.conf").directory(operator().resolve("server").toFile()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start();
    Eventually.eventually("the server is ready: " + log, () -> read(log).contains("Server is ready"));
    return started;
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** What a run took. */
  private record Took(double clock, double processor, double megabytes) {
    void printed(String what) {
      say("%s: %.2f s, %.2f s of processor time, %.0f MB resident", what, clock, processor, megabytes);
    }
  }

  private interface Run {
    Took take() throws Exception;
  }

  private static void median(String what, Run run) throws Exception {
    List<Took> all = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      all.add(run.take());
    }
    all.stream().sorted(Comparator.comparingDouble(Took::clock)).toList().get(TIMES / 2).printed(what);
  }

  private ProcessBuilder process(String... words) {
    List<String> line = new ArrayList<>(List.of(launcher.toString(), "fleet"));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(Map.of("WNM_FLEET_FOLDER", operator().toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString()));
    return builder;
  }

  /** Runs the packaged program as an operator; throws when it fails. */
  private Took operator(String... words) throws Exception {
    Path measured = folder.resolve("time");
    Path out = folder.resolve("out");
    ProcessBuilder builder = process(words);
    builder.command().addAll(0, List.of("/usr/bin/time", "-f", "%e %U %S %M", "-o", measured.toString()));
    if (builder.redirectOutput(out.toFile()).start().waitFor() != 0) {
      String said = Files.readString(out);
      throw new IOException(String.join(" ", words) + ": " + said.substring(Math.max(0, said.length() - 2_000)));
    }
    List<Double> figures = Stream.of(Files.readString(measured).strip().split(" ")).map(Double::valueOf).toList();
    return new Took(figures.get(0), figures.get(1) + figures.get(2), figures.get(3) / 1_024);
  }

  private static String memory(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream().filter(line -> line.matches("Vm(RSS|HWM):.*"))
        .map(line -> line.substring(2, 5) + " " + Long.parseLong(line.replaceAll("\\D", "")) / 1_024 + " MB").collect(Collectors.joining(", "));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path top) throws IOException {
    if (Files.exists(top)) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A host of a hundred nodes that does what is wished of it. */
  private static final class Desk implements HostDesk {
    private final HostName host;
    private long sequence = Instant.now().getEpochSecond() * 1_000;
    private Map<String, String> settings = Map.of();
    private WishAnswer answer = WishAnswer.NONE;

    Desk(HostName host) {
      this.host = host;
    }

    synchronized boolean has(String name, String value) {
      return value.equals(settings.get(name));
    }

    @Override
    public synchronized HostState state() {
      sequence++;
      Map<String, String> limits = new TreeMap<>();
      dev.wnm.core.config.Options.OF_DECISIONS.forEach(option -> limits.put(option.name(), "50"));
      limits.putAll(settings);
      return new HostState(host, new HostState.Run(String.format("%032x", host.hashCode()), "boot", sequence, Optional.empty()), Instant.now(),
          Labels.parse("site=home"), "1.0.0", Duration.ofMinutes(5),
          new HostState.Nodes(Map.of("RUNNING", NODES - 2, "STOPPED", 1, "UPGRADING", 1), Map.of("antnode 0.4.17", NODES - 2), OptionalInt.of(NODES + 20),
              OptionalInt.of(0), Optional.of(Instant.now())),
          Stream.of("CPU", "Memory", "Disk", "Load, 1 minute", "Load, 5 minutes", "Load, 15 minutes", "Disk reading", "Disk writing", "Network in", "Network out")
              .map(name -> new HostState.Resource(name, "room", OptionalDouble.of(41.5), OptionalDouble.of(60), OptionalDouble.of(75), OptionalLong.of(12))).toList(),
          new HostState.Outlook("well", "All is well: 98 of 100 nodes run, one is being upgraded, and there is room for 12 more.", List.of(),
              List.of("upgrade 1 (1 of 99 nodes is older than the program)", "add 1 (all resources have room)"), List.of("a node is being upgraded"),
              "upgraded 1 node: antnode0042 ran an older version", Optional.of(Instant.now())),
          limits, Optional.empty(), answer);
    }

    @Override
    public synchronized WishAnswer take(Wish wish) {
      if (wish.generation() > answer.generation()) {
        settings = wish.settings();
        answer = new WishAnswer(wish.generation(), WishAnswer.Outcome.APPLIED, "");
      }
      return answer;
    }

    @Override
    public Reply answer(Question question) {
      return Reply.refusal("this host exists in a bench only");
    }
  }
}
