package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wnm fleet} as it is packaged: an operator's machine, a real nats-server, and a host with a node. */
class FleetIT {
  @TempDir
  Path folder;
  private final int port = FreePorts.next();
  private final List<Process> running = new ArrayList<>();
  private TestHost host;
  private Path launcher;
  private Path operatorHome;

  /** What a run came to. */
  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void aMachineWithANodeAndAnOperator() throws Exception {
    Path unpacked = Files.createDirectory(folder.resolve("wnm"));
    try (Stream<Path> built = Files.list(Path.of("target").toAbsolutePath())) {
      Path archive = built.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      assertThat(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", unpacked.toString(), "--strip-components=1").inheritIO().start().waitFor()).isZero();
    }
    launcher = unpacked.resolve("bin/wnm");
    operatorHome = Files.createDirectory(folder.resolve("anna"));
    host = TestHost.create();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "1"));
    host.done(host.initWords(words));
    host.done("--force_action", "add");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    host.close();
  }

  @Test
  void aHostIsLetInSeenChangedAskedAndLetGo() throws Exception {
    assertThat(operator("init", "home", "--server", "127.0.0.1:" + port, "--operator", "anna").out()).contains("nats-server -c nats.conf");
    Process server = startServer();
    assertThat(operator("invite", "a1", "--labels", "site=home").exit()).isZero();
    reload(server);
    Path invitation = operatorHome.resolve(".config/wnm/fleet/invitations/a1.invitation");
    assertThat(onHost("join", invitation.toString()).out()).contains("this machine is a1 of the fleet home");
    Process agent = start(host.wnm().environment(), "fleet", "agent", "--interval", "1");

    eventually("a1 is seen with its node; " + folder.resolve("agent.log"), () -> {
      host.done();
      return isWell();
    });
    JsonObject row = hosts().get(0).getAsJsonObject();
    assertThat(row.get("host").getAsString()).isEqualTo("a1");
    assertThat(row.get("site").getAsString()).isEqualTo("home");
    assertThat(row.get("running").getAsInt()).isEqualTo(1);
    assertThat(operator("status", "--where", "site=home and dead>0").out()).contains("0 of 1 match");

    assertThat(operator("set", "node_cap=2", "--where", "site=home", "--dry_run").out()).contains("a1: node_cap 1 -> 2");
    assertThat(settings()).contains("\"node_cap\": 1");
    assertThat(operator("set", "node_cap=2", "--all").out()).contains("a1: done");
    assertThat(settings()).contains("\"node_cap\": 2");
    assertThat(operator("hold", "--all").out()).contains("a1: done");
    assertThat(host.done("--why_not", "add").out()).contains("on hold");
    assertThat(operator("release", "--where", "host=a1").out()).contains("a1: done");
    Ran wallet = operator("set", "rewards_address=0x1111111111111111111111111111111111111111", "--all");
    assertThat(wallet.exit()).isEqualTo(2);
    assertThat(wallet.err()).contains("is no setting that can be changed from afar");

    assertThat(operator("nodes", "a1").out()).contains("antnode0001", "RUNNING");
    assertThat(operator("explain", "a1/antnode0001").out()).contains("antnode0001");
    assertThat(JsonParser.parseString(operator("explain", "a1", "--json").out()).isJsonObject()).isTrue();
    assertThat(operator("simulate", "--replay", "1h", "--set", "node_cap=3").out()).contains("The last 1h of 1 of 1 host", "those of that time", "node_cap=3");
    Ran trick = operator("logs", "a1/$(id)");
    assertThat(trick.exit()).isEqualTo(1);
    assertThat(trick.err()).contains("names of nodes must be words");
    assertThat(operator("rollout", "start", "--version", "0.4.18", "--sha256", "ab".repeat(32), "--dry_run").out()).contains("wave 1: 1 host, a1", "forecast:");

    assertThatThePageShowsIt();
    server.destroyForcibly().waitFor();
    assertThat(operator("status").err()).contains("the fleet's server at 127.0.0.1:" + port + " cannot be used");
    assertThat(host.done("--report", "node-status").out()).as("nodes run on").contains("RUNNING");
    server = startServer();
    eventually("a1 is heard again", () -> {
      host.done();
      return isWell();
    });

    assertThat(operator("revoke", "a1").exit()).isZero();
    reload(server);
    assertThat(operator("status").out()).contains("This fleet has no hosts yet");
    agent.destroy();
    assertThat(agent.waitFor(1, TimeUnit.MINUTES)).as("the agent ends when it is told to").isTrue();
  }

  private void assertThatThePageShowsIt() throws Exception {
    Map<String, String> environment = new LinkedHashMap<>(host.wnm().environment());
    environment.put("HOME", operatorHome.toString());
    int page = FreePorts.next();
    Process serving = start(environment, "fleet", "serve", "--port", Integer.toString(page));
    URI fleet = URI.create("http://127.0.0.1:" + page + "/api/v1/fleet");
    String shown = eventually("the page is served", () -> get(fleet).filter(text -> text.contains("\"name\":\"a1\"")));
    assertThat(shown).contains("\"belief\":\"well\"", "\"rollout\":null");
    assertThat(get(fleet.resolve("/assets/fleet.js"))).isPresent();
    serving.destroy();
    assertThat(serving.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static Optional<String> get(URI address) {
    try {
      HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      return Optional.of(answer.body()).filter(text -> answer.statusCode() == 200);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsAskedForInTheWrongWayIsRefusedInASentence() throws Exception {
    assertThat(operator("status").err()).contains("there is no fleet in");
    assertThat(operator("statsu")).isEqualTo(new Ran(2, "", "wnm fleet: there is no 'wnm fleet statsu'; did you mean status?\n"));
    assertThat(operator("init", "Home", "--server", "x:1").exit()).isEqualTo(2);
    assertThat(operator("init", "home").err()).contains("--server is missing");
    assertThat(onHost("agent").err()).contains("this machine is in no fleet");
    assertThat(operator("init", "--help").out()).contains("--server HOST:PORT");
  }

  private String settings() {
    return host.done("--report", "machine-config", "--json").out();
  }

  private boolean isWell() {
    return hosts().get(0).getAsJsonObject().get("state").getAsString().equals("well");
  }

  private JsonArray hosts() {
    try {
      String out = operator("status", "--json").out();
      JsonArray hosts = out.isEmpty() ? new JsonArray() : JsonParser.parseString(out).getAsJsonArray();
      if (hosts.isEmpty()) {
        JsonObject none = new JsonObject();
        none.addProperty("state", "");
        hosts.add(none);
      }
      return hosts;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Process startServer() throws Exception {
    Path log = folder.resolve("server.log");
    Process server = new ProcessBuilder("nats-server", "-c", "nats.conf").directory(operatorHome.resolve(".config/wnm/fleet/server").toFile())
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(log.toFile())).start();
    running.add(server);
    eventually("the server is ready: " + log, () -> read(log).contains("Server is ready"));
    return server;
  }

  private void reload(Process server) throws Exception {
    Path log = folder.resolve("server.log");
    int before = read(log).length();
    new ProcessBuilder("kill", "-HUP", Long.toString(server.pid())).start().waitFor();
    eventually("the server has read its users", () -> read(log).substring(before).contains("Reloaded"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Ran operator(String... words) throws Exception {
    Map<String, String> environment = new LinkedHashMap<>(host.wnm().environment());
    environment.put("HOME", operatorHome.toString());
    return ended(environment, words);
  }

  private Ran onHost(String... words) throws Exception {
    return ended(host.wnm().environment(), words);
  }

  private Ran ended(Map<String, String> environment, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("fleet"));
    all.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = process(environment, all).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    running.add(process);
    int exit = process.waitFor();
    return new Ran(exit, Files.readString(out), Files.readString(err));
  }

  private Process start(Map<String, String> environment, String... words) throws IOException {
    Process process = process(environment, List.of(words)).redirectErrorStream(true).redirectOutput(folder.resolve("agent.log").toFile()).start();
    running.add(process);
    return process;
  }

  private ProcessBuilder process(Map<String, String> environment, List<String> words) {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("WNM_NO_ARCHIVE", "1");
    return builder;
  }
}
