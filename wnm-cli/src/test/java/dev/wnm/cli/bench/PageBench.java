package dev.wnm.cli.bench;

import dev.wnm.testkit.fleet.FleetPlan;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The page of a colony of simulated nodes under load: 64 clients that listen, and so many requests a second. How to call it: {@code docs/bench.md}.
 *
 * <p>Arguments: the launcher; nodes (5,000 when left out); seconds of load (20), where 0 means to serve until Enter is pressed, to look at it.
 */
public final class PageBench {
  private static final String ADDRESS = System.getProperty("wnm.bench.address", "127.0.0.1:8420");
  private static final int STREAMS = 64;
  private static final int PER_SECOND = 1_000;
  private static final int MOST_UNDER_WAY = 200;
  private static final List<String> PATHS = List.of("/api/v1/status", "/api/v1/nodes", "/metrics", "/api/v1/settings", "/", "/assets/app.js");
  /** Nodes that answer nothing, and that nobody serves. */
  private static final int HUNG = 20;
  private static final int GONE = 12;
  /** As people have them, but for the upper ones of what other work on this machine makes high: nodes of the bench are not to be stopped. */
  private static final List<String> USUAL_LIMITS = List.of("--cpu_less_than", "60", "--cpu_remove", "100", "--mem_less_than", "75", "--mem_remove", "95",
      "--hd_less_than", "80", "--hd_remove", "95", "--desired_load_average", "12", "--max_load_average_allowed", "60");

  private PageBench() {}

  public static void main(String[] words) throws IOException {
    Path launcher = Path.of(words[0]).toRealPath();
    int nodes = words.length > 1 ? Integer.parseInt(words[1]) : 5_000;
    int seconds = words.length > 2 ? Integer.parseInt(words[2]) : 20;
    BenchFolder.use(folder -> run(launcher, folder, nodes, seconds));
  }

  private static void run(Path launcher, Path folder, int nodes, int seconds) throws IOException {
    Path place = folder.resolve("home");
    BenchHome home = new BenchHome(launcher, place);
    home.init(nodes);
    try (FleetSimulator fleet = FleetSimulator.start(new FleetPlan(BenchPorts.metrics(1), nodes, HUNG, 0, 0))) {
      home.pretend(nodes);
      home.pretendPast();
      for (int id = nodes - GONE + 1; id <= nodes; id++) {
        fleet.silence(BenchPorts.metrics(id));
      }
      List<String> words = new ArrayList<>(List.of(launcher.toString(), "--watch", "30", "--serve", ADDRESS, "--node_cap", Integer.toString(nodes)));
      words.addAll(USUAL_LIMITS);
      ProcessBuilder watch = new ProcessBuilder(words);
      watch.environment().putAll(Map.of("HOME", place.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString(), "WNM_FIREWALL_DISABLED", "1"));
      Process process = watch.redirectErrorStream(true).redirectOutput(place.resolve("log").toFile()).start();
      try {
        await(process, place.resolve("log"));
        System.out.println("served at http://" + ADDRESS + "/ by process " + process.pid() + ", log in " + place.resolve("log"));
        if (seconds == 0) {
          int key = System.in.read();
          System.out.println("ended by key " + key);
        } else {
          load(process, seconds);
        }
      } finally {
        process.destroy();
      }
    }
  }

  private static void await(Process watch, Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (watch.isAlive() && System.nanoTime() < end && !ready()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    }
    if (!watch.isAlive()) {
      throw new IOException("the watch has ended: " + Files.readString(log));
    }
  }

  private static boolean ready() {
    try (InputStream in = URI.create("http://" + ADDRESS + "/readyz").toURL().openStream()) {
      return in.readAllBytes().length > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void load(Process process, int seconds) throws IOException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    AtomicInteger listening = new AtomicInteger();
    List<CompletableFuture<?>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(client.sendAsync(request("/api/v1/events", false), HttpResponse.BodyHandlers.ofInputStream())
          .thenAccept(response -> listening.addAndGet(response.statusCode() == 200 ? 1 : 0)));
    }
    Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    AtomicInteger failed = new AtomicInteger();
    List<Long> took = java.util.Collections.synchronizedList(new ArrayList<>());
    long begin = System.nanoTime();
    int sent = 0;
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
      long due = begin + (long) sent * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      underWay.acquireUninterruptibly();
      long since = System.nanoTime();
      client.sendAsync(request(PATHS.get(sent % PATHS.size()), true), HttpResponse.BodyHandlers.discarding()).whenComplete((response, wrong) -> {
        underWay.release();
        took.add(System.nanoTime() - since);
        if (wrong != null || response.statusCode() != 200) {
          failed.incrementAndGet();
        }
      });
      sent++;
    }
    underWay.acquireUninterruptibly(MOST_UNDER_WAY);
    double clock = (System.nanoTime() - begin) / 1e9;
    took.sort(null);
    System.out.println(String.format(Locale.ROOT, "%d requests a second asked for: %.0f with %d of %d clients listening, %d failed; median %.1f ms, 99 %% %.1f ms; resident %s",
        PER_SECOND, sent / clock, listening.get(), STREAMS, failed.get(), took.get(took.size() / 2) / 1e6, took.get(took.size() * 99 / 100) / 1e6,
        resident(process)));
  }

  private static HttpRequest request(String path, boolean limited) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + ADDRESS + path)).header("Accept-Encoding", "gzip");
    return limited ? request.timeout(Duration.ofSeconds(30)).build() : request.build();
  }

  private static String resident(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmHWM")).findFirst()
        .orElse("unknown").replaceAll("\\s+", " ");
  }
}
