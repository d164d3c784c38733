package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens is told by cycles of cron and by a watch, to programs and to addresses, whatever becomes of wnm in between. */
class NotifyIT {
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean silent;
  private HttpServer server;
  private TestHost host;

  @BeforeEach
  void aMachineWithTwoNodes() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      JsonObject event = JsonParser.parseString(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
      if (silent) {
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      if (status == 200) {
        told.add(event);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
    host = TestHost.create();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "2"));
    host.done(host.initWords(words));
    host.done("--force_action", "add", "--count", "2");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
    host.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/SECRET?token=SECRET";
  }

  private void config(String text) throws IOException {
    Path file = host.home().resolve("wnm/config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path program(String script) throws IOException {
    Path file = Files.writeString(host.home().resolve("tell"), "#!/bin/sh\ncd " + host.home() + "\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void killOne() {
    host.killNodes(folder -> folder.endsWith("antnode0001"));
  }

  private List<String> kinds() {
    return told.stream().map(event -> event.get("kind").getAsString()).toList();
  }

  @Test
  void cyclesOfCronTellOfADeathOnceAndTheAddressIsNowhereToBeSeen() throws Exception {
    config("notify = " + address() + "\n");
    host.done();
    assertThat(told).isEmpty();
    killOne();
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      said.append(host.done("--loglevel", "DEBUG", "--show_machine_config"));
    }
    assertThat(kinds()).containsExactly("died");
    assertThat(told.get(0).get("text").getAsString()).contains("antnode0001.service died (its process ended");
    assertThat(told.get(0).get("nodes").getAsJsonArray().get(0).getAsString()).isEqualTo("antnode0001.service");

    said.append(host.run("--doctor")).append(host.done("--report", "machine-config")).append(host.done("-s")).append(host.done("--report", "html"));
    assertThat(said.toString()).doesNotContain("SECRET");
    for (String file : List.of("colony.db", "colony.db-wal")) {
      Path path = host.database().resolveSibling(file);
      assertThat(Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1) : "").doesNotContain("SECRET");
    }
  }

  @Test
  void whoeverCannotBeToldIsToldByALaterRunAndItIsSaidOnce() throws Exception {
    config("notify = " + address() + "\n");
    host.done();
    status = 503;
    killOne();
    WnmRun failed = host.done();
    assertThat(failed.err()).containsOnlyOnce("cannot be told of an event now: it answers with HTTP status 503").doesNotContain("SECRET");
    assertThat(host.done().err()).doesNotContain("cannot be told");
    status = 200;
    host.colony().change("UPDATE told SET retry_at = 0");
    host.done();
    assertThat(kinds()).containsExactly("died");
  }

  @Test
  void oneWhoNeverAnswersHoldsUpNeitherOthersNorTheNextCycle() throws Exception {
    Path program = program("cat >>events; echo >>events");
    config("notify = " + address() + "," + program + "\n");
    host.done();
    silent = true;
    killOne();
    host.done();
    assertThat(host.home().resolve("events")).content().contains("\"kind\":\"died\"");
    // The lock is free again, and so is the next cycle.
    host.done();
  }

  @Test
  void killedBetweenTellingAndRememberingItTellsTheSameEventAgain() throws Exception {
    Path program = program("cat >>events; echo >>events; test -e killed || { touch killed; kill -9 $PPID; }");
    config("notify = " + program + "\n");
    host.done();
    killOne();
    assertThat(host.run().exit()).isEqualTo(128 + 9);
    host.done();
    host.done();
    List<JsonObject> events = Files.readAllLines(host.home().resolve("events")).stream().filter(line -> !line.isEmpty())
        .map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(events).hasSize(2);
    assertThat(events.get(0).get("id")).isEqualTo(events.get(1).get("id"));
  }

  @Test
  void aWatchTellsWithinSecondsAndGoesOnWhereItWasAfterAKill() throws Exception {
    config("notify = " + address() + "\n");
    WnmRun watch = host.wnm().start("--watch", "1");
    try {
      eventually("it runs: " + watch, () -> watch.out().contains("2 nodes"));
      killOne();
      eventually("the death is told by " + watch, () -> kinds().contains("died"));
      eventually("that is remembered", () -> host.colony().rows("SELECT delivered FROM told").get(0).get("delivered").equals("1"));
    } finally {
      watch.killed();
    }
    WnmRun again = host.wnm().start("--watch", "1");
    try {
      eventually("it runs: " + again, () -> again.out().lines().filter(line -> line.contains("2 nodes")).count() > 2);
    } finally {
      again.killed();
    }
    assertThat(kinds()).containsExactly("died");
  }

  @Test
  void aHangingReceiverDelaysNoCycleOfAWatch() throws Exception {
    config("notify = " + address() + "\n");
    silent = true;
    WnmRun watch = host.wnm().start("--watch", "1");
    try {
      eventually("it runs: " + watch, () -> watch.out().contains("2 nodes"));
      killOne();
      eventually("the death is an event", () -> !host.colony().rows("SELECT id FROM event WHERE kind = 'died'").isEmpty());
      long before = watch.out().lines().count();
      eventually("cycles go on: " + watch, () -> watch.out().lines().count() > before + 3);
      assertThat(told).isEmpty();
    } finally {
      watch.killed();
    }
  }

  @Test
  void aTestSaysOfEachWhetherItWasTold() throws Exception {
    Path targets = Files.writeString(host.home().resolve("targets"), "# who is on duty\n" + address() + "\n");
    WnmRun refused = host.run("--notify_test", "--notify_file", targets.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("chmod 600");
    Files.setPosixFilePermissions(targets, PosixFilePermissions.fromString("rw-------"));

    assertThat(host.done("--notify_test", "--notify_file", targets.toString()).out()).isEqualTo("127.0.0.1:" + server.getAddress().getPort() + ": told\n");
    assertThat(kinds()).containsExactly("test");

    WnmRun one = host.run("--notify_test", "--notify_file", targets.toString(), "--notify",
        "http://127.0.0.1:" + FreePorts.next() + "/SECRET," + program("echo no mail >&2; exit 75"));
    assertThat(one.exit()).isEqualTo(1);
    assertThat(one.out()).contains("not told: no connection", "/tell: not told: it ended with 75: no mail", ": told").doesNotContain("SECRET");

    WnmRun nobody = host.run("--notify_test");
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("--notify_test needs somebody to tell");
  }

  @Test
  void aDryRunTellsNobodyAndACycleThatTellsNobodyLoadsNothingOfIt() throws Exception {
    config("notify = " + address() + "\n");
    host.done();
    killOne();
    host.done("--dry_run");
    assertThat(told).isEmpty();

    config("");
    Process cycle = host.wnm().process(List.of("-Xlog:class+load:stdout", "-jar", PackagedJar.path().toString())).redirectErrorStream(true).start();
    assertThat(new String(cycle.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("dev.wnm.core.cycle.Cycle ")
        .doesNotContain("dev.wnm.notify", "java.net.http");
  }
}
