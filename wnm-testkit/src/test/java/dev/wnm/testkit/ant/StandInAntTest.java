package dev.wnm.testkit.ant;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The stand-in does what the daemon of ant-core 0.14.0 did, as far as others may rely on it. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and a daemon of its own")
class StandInAntTest {
  private static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";
  private static final Pattern PID = Pattern.compile("\"pid\":([0-9]+)");

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Path home;
  private Path ant;
  private Path antNode;

  @BeforeEach
  void startDaemon(@TempDir Path folder) throws IOException {
    home = folder.toRealPath();
    ant = StandInAnt.installInto(home.resolve("bin"));
    antNode = StandInAntNode2.installInto(home.resolve("ant-node-0.23.1"));
    assertThat(run("start")).isZero();
  }

  @AfterEach
  void end() throws IOException {
    StandInAnt.configure(ant, Map.of());
    if (Files.exists(data("daemon.pid"))) {
      call("POST", "/nodes/stop-all", "");
      assertThat(run("stop")).isZero();
    }
  }

  private int run(String word) {
    try {
      ProcessBuilder builder = new ProcessBuilder(ant.toString(), "node", "daemon", word)
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
      builder.environment().put("HOME", home.toString());
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Path data(String file) {
    return home.resolve(".local/share/ant").resolve(file);
  }

  private record Answer(int code, String body) {}

  private Answer call(String method, String path, String body) {
    try {
      String port = Files.readString(data("daemon.port"));
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
          .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Answer get(String path) {
    return call("GET", path, "");
  }

  private Answer add() {
    return call("POST", "/nodes", "{\"count\":1,\"rewards_address\":\"" + WALLET + "\",\"node_port\":" + FreePorts.next()
        + ",\"data_dir_path\":\"" + home + "/st\",\"log_dir_path\":\"" + home + "/st\","
        + "\"binary_source\":{\"type\":\"local_path\",\"value\":\""
        + antNode + "\"},\"bootstrap_peers\":[],"
        + "\"env_variables\":[[\"ANT_DISABLE_WEBRTC_DIRECT\",\"true\"]],\"upgrade_channel\":\"stable\"}");
  }

  private long pid(Answer answer) {
    Matcher pid = PID.matcher(answer.body());
    return pid.find() ? Long.parseLong(pid.group(1)) : 0;
  }

  @Test
  void aNodeGoesThroughItsLifeByItsCalls() {
    assertThat(add().code()).isEqualTo(201);
    assertThat(get("/nodes/status").body()).contains("\"node_id\":1,\"name\":\"node1\",\"version\":\"0.23.1\",\"status\":\"stopped\"");
    assertThat(call("POST", "/nodes/1/start", "").body()).startsWith("{\"node_id\":1,\"service_name\":\"node1\",\"pid\":");
    assertThat(call("POST", "/nodes/1/start", "")).satisfies(again -> {
      assertThat(again.code()).isEqualTo(409);
      assertThat(again.body()).contains("Node 1 is already running", "current_state");
    });
    assertThat(call("DELETE", "/nodes/1", "").code()).isEqualTo(409);
    assertThat(call("POST", "/nodes/1/stop", "").code()).isEqualTo(200);
    assertThat(call("POST", "/nodes/1/stop", "").code()).isEqualTo(409);
    assertThat(call("DELETE", "/nodes/1", "").body()).startsWith("{\"removed\":{\"id\":1,");
    assertThat(home.resolve("st/node-1/node_identity.key")).as("a removal leaves data").exists();
    assertThat(add().body()).as("a number is used once").contains("\"service_name\":\"node2\"");
  }

  @Test
  void oddCallsGetTheirCodes() {
    assertThat(get("/nodes/7").code()).isEqualTo(404);
    assertThat(get("/nodes/x").code()).isEqualTo(400);
    assertThat(get("/nodes").code()).isEqualTo(405);
    assertThat(call("POST", "/nodes", "{\"count\":1}")).isEqualTo(
        new Answer(422, "Failed to deserialize the JSON body into the target type: missing field `rewards_address` at line 1 column 11"));
    assertThat(call("POST", "/nodes", "{\"cou").code()).isEqualTo(400);
    assertThat(get("/health")).isEqualTo(new Answer(200, "{\"overall\":\"green\",\"checks\":[]}"));
  }

  @Test
  void aKilledNodeComesBackAndTheDaemonCallsItRunningMeanwhile() throws IOException {
    add();
    long first = pid(call("POST", "/nodes/1/start", ""));
    StandInAnt.configure(ant, Map.of("backoff", "1"));

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    eventually("another process", () -> {
      Answer node = get("/nodes/1");
      assertThat(node.body()).contains("\"status\":\"running\"");
      return pid(node) != first;
    });
  }

  @Test
  void nodesOutliveTheDaemonAndAreTakenOver() {
    add();
    long pid = pid(call("POST", "/nodes/1/start", ""));

    assertThat(run("stop")).isZero();
    assertThat(data("daemon.port")).doesNotExist();
    assertThat(run("start")).isZero();

    assertThat(get("/nodes/1").body()).contains("\"status\":\"running\",\"pid\":" + pid);
  }

  @Test
  void aNodeThatDiesAtItsStartIsErroredWithAllThatItEverPrinted() throws IOException {
    add();
    StandInAntNode2.configure(home.resolve("st/node-1"), Map.of("exit_at_start", "3"));

    Answer start = call("POST", "/nodes/1/start", "");

    assertThat(start.code()).isEqualTo(500);
    assertThat(start.body()).contains("Process spawn failed: Node 1 exited immediately: ", "told to die at start");
    assertThat(get("/nodes/1").body()).contains("\"status\":\"errored\"");
  }

  @Test
  void anEvictedNodeLosesItsFolderAndKeepsItsEntry() throws IOException {
    add();
    call("POST", "/nodes/1/start", "");

    StandInAnt.configure(ant, Map.of("evict", "1"));

    eventually("it is evicted", () -> get("/nodes/status").body()
        .contains("\"status\":\"evicted\",\"eviction\":{\"reason\":\"Automatically"));
    assertThat(home.resolve("st/node-1")).doesNotExist();
    assertThat(call("POST", "/nodes/1/start", "").code()).isEqualTo(409);
    assertThat(call("DELETE", "/nodes/1", "").code()).isEqualTo(200);
  }

  @Test
  void aStartHoldsUpOtherCallsButNotThatForHealth() throws Exception {
    add();
    StandInAnt.configure(ant, Map.of("start_seconds", "2"));
    List<String> order = new ArrayList<>();
    Thread start = new Thread(() -> {
      call("POST", "/nodes/1/start", "");
      synchronized (order) {
        order.add("start");
      }
    });
    start.start();
    eventually("it is being started", () -> Files.exists(home.resolve("st/node-1/node.pid")));

    get("/health");
    synchronized (order) {
      order.add("health");
    }
    get("/nodes/status");
    start.join();

    assertThat(order).containsExactly("health", "start");
    assertThat(get("/nodes/1").body()).contains("\"status\":\"running\"");
  }
}
