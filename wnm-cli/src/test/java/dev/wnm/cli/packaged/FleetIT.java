package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wnm fleet} as it is packaged: an operator's machine, a real nats-server, and a host with a node. */
class FleetIT {
  @TempDir
  Path folder;
  private final int port = FreePorts.next();
  private PackagedFleet fleet;
  private TestHost host;
  private PackagedFleet.Seat anna;
  private PackagedFleet.Seat onHost;

  @BeforeEach
  void aMachineWithANodeAndAnOperator() throws Exception {
    fleet = PackagedFleet.unpackInto(folder).withArchives();
    host = TestHost.create();
    onHost = fleet.seat(List.of(), host.wnm().environment());
    anna = fleet.seat(List.of(), host.wnm().environment(), Files.createDirectory(folder.resolve("anna")));
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "1"));
    host.done(host.initWords(words));
    host.done("--force_action", "add");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    fleet.close();
    host.close();
  }

  @Test
  void aHostIsLetInSeenChangedAskedAndLetGo() throws Exception {
    assertThat(anna.fleet("init", "home", "--server", "127.0.0.1:" + port, "--operator", "anna").out()).contains("nats-server -c nats.conf");
    PackagedFleet.Server server = fleet.startServer(List.of(), anna.home());
    assertThat(anna.fleet("invite", "a1", "--labels", "site=home").exit()).isZero();
    server.reload();
    Path invitation = anna.home().resolve(".config/wnm/fleet/invitations/a1.invitation");
    assertThat(onHost.fleet("join", invitation.toString()).out()).contains("this machine is a1 of the fleet home");
    Process agent = onHost.start(folder.resolve("agent.log"), "agent", "--interval", "1");

    eventually("a1 is seen with its node; " + folder.resolve("agent.log"), () -> {
      host.done();
      return isWell();
    });
    JsonObject row = anna.hosts().get("a1");
    assertThat(row.get("site").getAsString()).isEqualTo("home");
    assertThat(row.get("running").getAsInt()).isEqualTo(1);
    assertThat(anna.fleet("status", "--where", "site=home and dead>0").out()).contains("0 of 1 match");

    assertThat(anna.fleet("set", "node_cap=2", "--where", "site=home", "--dry_run").out()).contains("a1: node_cap 1 -> 2");
    assertThat(settings()).contains("\"node_cap\": 1");
    assertThat(anna.fleet("set", "node_cap=2", "--all").out()).contains("a1: done");
    assertThat(settings()).contains("\"node_cap\": 2");
    assertThat(anna.fleet("hold", "--all").out()).contains("a1: done");
    assertThat(host.done("--why_not", "add").out()).contains("on hold");
    assertThat(anna.fleet("release", "--where", "host=a1").out()).contains("a1: done");
    PackagedFleet.Ran wallet = anna.fleet("set", "rewards_address=0x1111111111111111111111111111111111111111", "--all");
    assertThat(wallet.exit()).isEqualTo(2);
    assertThat(wallet.err()).contains("is no setting that can be changed from afar");

    assertThat(anna.fleet("nodes", "a1").out()).contains("antnode0001", "RUNNING");
    assertThat(anna.fleet("explain", "a1/antnode0001").out()).contains("antnode0001");
    assertThat(JsonParser.parseString(anna.fleet("explain", "a1", "--json").out()).isJsonObject()).isTrue();
    assertThat(anna.fleet("simulate", "--replay", "1h", "--set", "node_cap=3").out()).contains("The last 1h of 1 of 1 host", "those of that time", "node_cap=3");
    PackagedFleet.Ran trick = anna.fleet("logs", "a1/$(id)");
    assertThat(trick.exit()).isEqualTo(1);
    assertThat(trick.err()).contains("names of nodes must be words");
    assertThat(anna.fleet("rollout", "start", "--version", "0.4.18", "--sha256", "ab".repeat(32), "--dry_run").out()).contains("wave 1: 1 host, a1", "forecast:");

    assertThatThePageShowsIt();
    server.kill();
    assertThat(anna.fleet("status").err()).contains("the fleet's server at 127.0.0.1:" + port + " cannot be used");
    assertThat(host.done("--report", "node-status").out()).as("nodes run on").contains("RUNNING");
    server.start();
    eventually("a1 is heard again", () -> {
      host.done();
      return isWell();
    });

    assertThat(anna.fleet("revoke", "a1").exit()).isZero();
    server.reload();
    assertThat(anna.fleet("status").out()).contains("This fleet has no hosts yet");
    agent.destroy();
    assertThat(agent.waitFor(1, TimeUnit.MINUTES)).as("the agent ends when it is told to").isTrue();
  }

  private void assertThatThePageShowsIt() throws Exception {
    int page = FreePorts.next();
    Process serving = anna.start(folder.resolve("serve.log"), "serve", "--port", Integer.toString(page));
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
    assertThat(anna.fleet("status").err()).contains("there is no fleet in");
    assertThat(anna.fleet("statsu")).isEqualTo(new PackagedFleet.Ran(2, "", "wnm fleet: there is no 'wnm fleet statsu'; did you mean status?\n"));
    assertThat(anna.fleet("init", "Home", "--server", "x:1").exit()).isEqualTo(2);
    assertThat(anna.fleet("init", "home").err()).contains("--server is missing");
    assertThat(onHost.fleet("agent").err()).contains("this machine is in no fleet");
    assertThat(anna.fleet("init", "--help").out()).contains("--server HOST:PORT");
  }

  private String settings() {
    return host.done("--report", "machine-config", "--json").out();
  }

  private boolean isWell() {
    return anna.stateOf("a1").equals("well");
  }
}
