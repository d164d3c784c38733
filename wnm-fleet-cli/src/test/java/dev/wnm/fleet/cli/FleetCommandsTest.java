package dev.wnm.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Platform;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.ReplayReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.whatif.replay.Fate;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.placement.Claim;
import dev.wnm.fleet.placement.Claims;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.ScriptedDesk;
import dev.wnm.fleet.transport.Wishes;
import dev.wnm.runner.ProcessCommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say to programs, and what they add up. The hosts are in memory, and say what a test wants. */
class FleetCommandsTest {
  private static final String DIGEST = "ab".repeat(32);
  private static final Instant MORNING = Instant.parse("2026-11-30T06:00:00Z");
  @TempDir
  Path folder;
  private final Map<String, ScriptedDesk> desks = new TreeMap<>();

  /** What a run came to. */
  private record Ran(int exit, String out, String err) {
    JsonObject json() {
      return JsonParser.parseString(out).getAsJsonObject();
    }
  }

  @BeforeEach
  void aFleetOfTwoHosts() throws Exception {
    MemoryFleet.beginAnew();
    assertThat(run("init", "home", "--server", "x:1", "--operator", "anna", "--transport", "memory").exit()).isZero();
    for (String host : List.of("a1", "b2")) {
      assertThat(run("invite", host, "--labels", "site=home").exit()).isZero();
      ScriptedDesk desk = new ScriptedDesk(host);
      desks.put(host, desk);
      HostLink link = new MemoryFleet().serve(folder, desk);
      assertThat(link.say(desk.state()).isOut()).isTrue();
    }
  }

  private Ran run(String... words) {
    Platform here = Platform.here();
    Platform platform = new Platform(here.os(), folder, here.user(), here.root(), here.cpuCount(), Map.of(), folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    FleetContext context = new FleetContext(platform, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8), Screen.NONE, new ProcessCommandRunner(), Clock.systemUTC(), List.of("wnm"));
    int exit = new FleetProgram(Commands.all(), context).run(List.of(words));
    return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whoIsLetInIsToldToPrograms() throws Exception {
    MemoryFleet.beginAnew();
    Files.move(folder.resolve(".config"), folder.resolve("before"));
    JsonObject begun = run("init", "home", "--server", "x:1", "--operator", "anna", "--transport", "memory", "--json").json();
    assertThat(begun.get("fleet").getAsString()).isEqualTo("home");
    assertThat(begun.get("transport").getAsString()).isEqualTo("memory");
    assertThat(begun.get("next").isJsonArray()).isTrue();

    JsonObject invited = run("invite", "c3", "--labels", "site=home", "--json").json();
    assertThat(invited.getAsJsonObject("labels").get("site").getAsString()).isEqualTo("home");
    assertThat(Path.of(invited.get("invitation").getAsString())).exists();

    Path names = Files.writeString(folder.resolve("names"), "d4\nBox_5.lan\n");
    JsonObject wouldBe = run("import", names.toString(), "--dry_run", "--json").json();
    assertThat(wouldBe.getAsJsonArray("hosts").get(1)).isEqualTo(JsonParser.parseString("{\"host\":\"box-5-lan\",\"address\":\"Box_5.lan\",\"invitation\":null}"));
    JsonObject imported = run("import", names.toString(), "--json").json();
    assertThat(Path.of(imported.getAsJsonArray("hosts").get(0).getAsJsonObject().get("invitation").getAsString())).exists();
    assertThat(JsonParser.parseString(run("status", "--json").out()).getAsJsonArray()).hasSize(3);

    JsonObject joined = run("join", invited.get("invitation").getAsString(), "--allow", "survey_delay", "--json").json();
    assertThat(joined.get("host").getAsString()).isEqualTo("c3");
    assertThat(joined.getAsJsonArray("allowed").toString()).isEqualTo("[\"survey_delay\"]");
    assertThat(run("revoke", "c3", "--json").json().get("host").getAsString()).isEqualTo("c3");
  }

  @Test
  void aListThatIsGivenAgainInvitesThoseThatAreNewAndLeavesTheOthersAlone() throws Exception {
    Path names = Files.writeString(folder.resolve("names"), "a1\nc3\n");
    Ran ran = run("import", names.toString());

    assertThat(ran.exit()).as(ran.toString()).isZero();
    assertThat(ran.out()).contains("# a1 is of this fleet already", "# c3: ");
    assertThat(folder.resolve(".config/wnm/fleet/invitations/c3.invitation")).exists();
    assertThat(run("status", "--where", "site=home", "--columns", "host").out()).as("its labels are kept").contains("a1");
    assertThat(run("invite", "a1").exit()).isZero();
    assertThat(run("status", "--where", "site=home", "--columns", "host").out()).as("also by another key").contains("a1");
  }

  @Test
  void nothingIsWishedAnyMoreOfAHostThatWasPutOut() throws Exception {
    assertThat(run("hold", "--where", "host=a1", "--wait", "0s").exit()).isIn(0, 1);
    assertThat(run("apply", "--where", "host=a1").exit()).isZero();
    assertThat(run("revoke", "a1").exit()).isZero();
    assertThat(run("invite", "a1").exit()).isZero();

    try (OperatorLink link = new MemoryFleet().operate(folder)) {
      Wish wish = new Wishes(link, Clock.systemUTC()).of(new HostName("a1")).orElseThrow();
      assertThat(wish.wantsTheSameAs(wish.withNothing())).as("least of all a block that is another's by now").isTrue();
    }
  }

  @Test
  void whoMayNeverBeChangedFromAfarCannotBeAllowed() {
    Ran ran = run("join", folder.resolve(".config/wnm/fleet/invitations/a1.invitation").toString(), "--allow", "survey_delay,docker_path");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--allow must not name docker_path");
  }

  @Test
  void whatIsLeftOfAHostThatWasPutOutBeforeGoesToo() throws Exception {
    assertThat(run("apply", "--where", "host=a1").exit()).isZero();
    new MemoryFleet().revoke(folder, new HostName("a1")); // and then the server was away

    Ran again = run("revoke", "a1");

    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.out()).contains("free again: block 1 of site home");
    assertThat(run("status").out()).startsWith("1 host");
    assertThat(run("revoke", "a1").err()).contains("there is no host a1");
  }

  @Test
  void aBlockInWhichAHostHasMadeANodeMeanwhileStaysItsOwn() throws Exception {
    ScriptedDesk desk = desks.get("a1").grouped(0);
    serve(new HostDesk() {
      @Override
      public HostState state() {
        return desk.state();
      }

      @Override
      public WishAnswer take(Wish wish) {
        WishAnswer answer = desk.take(wish);
        desk.grouped(wish.blocks().filter(blocks -> !blocks.contains(1)).isPresent() ? 1 : 0);
        return answer;
      }

      @Override
      public Reply answer(Question question) {
        return desk.answer(question);
      }
    });
    try (OperatorLink link = new MemoryFleet().operate(folder)) {
      new Claims(link.records()).make(List.of(new Claim("home", 2, new HostName("a1"))));
    }
    assertThat(run("apply", "--where", "host=a1").out()).contains("a1: done");

    Ran released = run("apply", "--release", "a1/1");

    assertThat(released.exit()).isEqualTo(1);
    assertThat(released.err()).contains("block 1 of a1 has 1 node: remove it first");
    desk.grouped(0);
    assertThat(run("apply", "--release", "a1/1", "--all").err()).contains("--all is not for --release");
  }

  private void serve(HostDesk desk) throws FleetException {
    HostLink link = new MemoryFleet().serve(folder, desk);
    assertThat(link.say(desk.state()).isOut()).isTrue();
  }

  @Test
  void whatBecameOfAWishIsToldOfEachHost() {
    assertThat(run("set", "node_cap=40", "--all", "--dry_run", "--json").json()).isEqualTo(JsonParser.parseString("""
        {"settings": {"node_cap": "40"}, "dry_run": true, "hosts": [{"host": "a1", "before": {"node_cap": "20"}}, {"host": "b2", "before": {"node_cap": "20"}}]}
        """));
    assertThat(desks.get("a1").wish()).isEmpty();

    assertThat(run("set", "node_cap=40", "cpu_less_than=60", "--where", "host=a1", "--json").json()).isEqualTo(JsonParser.parseString("""
        {"settings": {"cpu_less_than": "60", "node_cap": "40"}, "dry_run": false,
         "hosts": [{"host": "a1", "outcome": "done", "reason": null, "before": {"cpu_less_than": null, "node_cap": "20"}}]}
        """));
    assertThat(desks.get("a1").wish().orElseThrow().settings()).containsEntry("node_cap", "40");

    Ran held = run("hold", "--all", "--json");
    assertThat(held.exit()).isZero();
    assertThat(held.json().getAsJsonArray("hosts")).hasSize(2);
    assertThat(run("release", "--all", "--json").json().get("hold").getAsBoolean()).isFalse();
  }

  @Test
  void aHostThatDoesNotAnswerIsWaitedForAndSaidToBeSo() throws Exception {
    run("invite", "c3");

    Ran ran = run("set", "node_cap=40", "--all", "--wait", "1s", "--json");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.json().getAsJsonArray("hosts").get(2)).isEqualTo(JsonParser.parseString(
        "{\"host\": \"c3\", \"outcome\": \"waiting\", \"reason\": null, \"before\": {\"node_cap\": null}}"));
    assertThat(run("set", "node_cap=41", "--all", "--wait", "1s").out()).contains("a1: node_cap 20 -> 41", "c3: node_cap ? -> 41", "a1: done", "b2: done",
        "no answer yet, which comes as soon as they can be reached: c3");
  }

  @Test
  void whatAHostAnswersIsPassedOnIfItIsJson() {
    desks.get("a1").answering(question -> Reply.of(question.kind() == Question.Kind.LOGS ? "one\ntwo" : "[{\"asked\": \"" + question.details() + "\"}]"));

    assertThat(JsonParser.parseString(run("nodes", "a1", "--filter", "peers<5", "--json").out()).toString()).contains("json=yes", "filter=peers<5");
    assertThat(JsonParser.parseString(run("explain", "a1/antnode0001", "--json").out()).toString()).contains("node=antnode0001");
    assertThat(run("logs", "a1/antnode0001", "--json").json().toString()).isEqualTo("{\"host\":\"a1\",\"lines\":[\"one\",\"two\"]}");
    desks.get("a1").answering(question -> Reply.of("no JSON: at all"));
    assertThat(run("nodes", "a1", "--json")).isEqualTo(new Ran(1, "", "wnm fleet: a1's answer is no JSON; ask without --json to see it\n"));
    assertThat(run("nodes", "a1").out()).isEqualTo("no JSON: at all\n");
  }

  @Test
  void howGroupsWouldBeSpreadIsToldWithWhatKeepsThemFromIt() {
    Ran planned = run("plan", "--groups", "1", "--all", "--json");

    assertThat(planned.json().get("plan").isJsonArray()).isTrue();
    assertThat(planned.json().get("notes").toString()).contains("a1");
    assertThat(planned.exit()).isEqualTo(1);
    assertThat(run("apply", "--groups", "1", "--all", "--json").json().get("hosts").toString()).isEqualTo("[{\"host\":\"a1\",\"outcome\":\"done\",\"reason\":null}]");
  }

  @Test
  void aRollOutIsToldStepByStep() {
    assertThat(run("rollout", "status", "--json").json().toString()).isEqualTo("{\"rollout\":null}");
    JsonObject plan = run("rollout", "start", "--version", "0.4.18", "--sha256", DIGEST, "--waves", "1,100%", "--dry_run", "--json").json();
    assertThat(plan.get("waves").toString()).isEqualTo("[[\"a1\"],[\"b2\"]]");
    assertThat(plan.getAsJsonObject("forecast").get("bad_reaches_nodes").getAsInt()).isPositive();
    assertThat(run("rollout", "status").out()).isEqualTo("there is no roll-out\n");

    Ran started = run("rollout", "start", "--version", "0.4.18", "--sha256", DIGEST, "--waves", "1,100%", "--once", "--json");
    List<JsonElement> steps = started.out().lines().map(JsonParser::parseString).toList();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).getAsJsonObject().get("dry_run").getAsBoolean()).isFalse();
    assertThat(steps.get(1).getAsJsonObject().getAsJsonObject("rollout").get("state").getAsString()).isEqualTo("running");
    assertThat(run("rollout", "status", "--json").json().getAsJsonObject("rollout").getAsJsonArray("waves")).hasSize(2);

    assertThat(run("rollout", "pause", "--why", "Monday", "--json").json().getAsJsonObject("rollout").get("state").getAsString()).isEqualTo("paused");
    assertThat(run("rollout", "resume", "--once", "--json").out().lines()).hasSize(1).allSatisfy(line -> JsonParser.parseString(line).getAsJsonObject());
    assertThat(run("rollout", "abort", "--why", "enough", "--json").json().get("state").getAsString()).isEqualTo("aborted");
    assertThat(run("rollout", "back", "--json")).satisfies(back -> {
      assertThat(back.exit()).isEqualTo(1);
      assertThat(back.out()).isEmpty();
      assertThat(back.err()).contains("name it with --version");
    });
    assertThat(run("rollout", "back", "--version", "0.4.17", "--sha256", DIGEST, "--json").json().get("state").getAsString()).isEqualTo("taken_back");
  }

  @Test
  void whatIsAskedForInTheWrongWaySaysNothingToPrograms() {
    for (String[] words : List.of(new String[] {"set", "rewards_address=0x1", "--all", "--json"}, new String[] {"simulate", "--set", "node_cap=1", "--json"},
        new String[] {"simulate", "--replay", "7d", "--json"}, new String[] {"simulate", "--replay", "7d", "--set", "node_cap=", "--json"},
        new String[] {"simulate", "--replay", "7d", "--set", "node_cap=x", "--json"}, new String[] {"simulate", "--replay", "7d", "--set", "rewards_address=0x1"},
        new String[] {"simulate", "--replay", "7", "--set", "node_cap=1"}, new String[] {"simulate", "--replay", "7d", "--hosts", "7", "--set", "node_cap=1"},
        new String[] {"agent", "--json"})) {
      Ran ran = run(words);
      assertThat(ran.exit()).as(String.join(" ", words)).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).startsWith("wnm fleet: ");
    }
  }

  @Test
  void aSimulationIsToldInNumbers() {
    JsonObject told = run("simulate", "--hosts", "3", "--nodes", "4", "--json").json();

    assertThat(told.getAsJsonArray("policies")).hasSize(3).allSatisfy(policy -> {
      assertThat(policy.getAsJsonObject().get("good_everywhere_after").getAsLong()).isPositive();
      assertThat(policy.getAsJsonObject().get("bad_reaches_nodes").getAsInt()).isBetween(1, 12);
    });
  }

  @Test
  void settingsAreComparedByWhatHostsRecorded() {
    desks.get("a1").answering(question -> replay(question, 10, 4));
    desks.get("b2").answering(question -> replay(question, 30, 1));

    Ran ran = run("simulate", "--replay", "7d", "--set", "node_cap=12", "--set", "node_cap=50,cpu-less-than=60");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().map(line -> line.replaceAll(" {2,}", "|"))).containsExactly(
        "The last 7d of 2 of 2 hosts, added up:", "",
        "Settings|Nodes in the end|Running|On average|Added|Started|Stopped|Removed|Under pressure",
        "as it really went|40|38|39.0|5|2|4|6|1 h 0 min",
        "those of that time|40|38|38.5|5|2|4|6|1 h 0 min",
        "node_cap=12|24|22|22.5|5|2|4|6|1 h 0 min",
        "cpu_less_than=60,node_cap=50|100|98|98.5|5|2|4|6|1 h 0 min", "",
        "With the settings of that time, replays differ from what was recorded by 1.0 running nodes on the average, all hosts together. Upgrades are left out, and 4"
            + " operations that people asked for; nothing is recorded of 1 h 0 min of the hosts' time.");
    JsonObject json = run("simulate", "--replay", "7d", "--set", "node_cap=12", "--where", "host=a1", "--json").json();
    assertThat(json.get("hosts_in_sums").getAsInt()).isEqualTo(1);
    assertThat(json.getAsJsonArray("replayed").get(1)).isEqualTo(JsonParser.parseString("""
        {"settings": {"node_cap": "12"}, "nodes": 12, "running": 11, "mean_running": 11.25, "added": 4, "started": 1, "stopped": 2, "removed": 3,
         "seconds_under_pressure": 1800}
        """));
  }

  @Test
  void aHostThatDoesNotAnswerAllIsInNoSum() {
    desks.get("a1").answering(question -> replay(question, 10, 4));
    desks.get("b2").answering(question -> question.detail("settings").isPresent() ? Reply.refusal("--node_cap is not so") : replay(question, 30, 1));

    Ran ran = run("simulate", "--replay", "1d", "--set", "node_cap=12");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("The last 1d of 1 of 2 hosts");
    assertThat(ran.out().lines().map(line -> line.replaceAll(" {2,}", "|"))).contains("as it really went|10|9|9.5|4|1|2|3|30 min");
    assertThat(ran.err()).isEqualTo("wnm fleet: b2 is in none of the sums: --node_cap is not so\n");

    desks.get("a1").answering(question -> Reply.of("{\"really\": {\"nodes\": 3}}"));
    Ran none = run("simulate", "--replay", "1d", "--set", "node_cap=12", "--json");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.json().get("replayed").isJsonNull()).as("what is not known is not 0").isTrue();
    assertThat(none.json().getAsJsonObject("left_out").get("a1").getAsString()).contains("says nothing of");
  }

  /** As wnm itself writes it: with node_cap there would have been so many nodes. */
  private static Reply replay(Question question, int nodes, int added) {
    assertThat(question.kind()).isEqualTo(Question.Kind.REPLAY);
    Map<String, String> settings = new TreeMap<>();
    question.detail("settings").ifPresent(text -> List.of(text.split(",")).forEach(each -> settings.put(each.split("=")[0], each.split("=")[1])));
    int then = settings.containsKey("node_cap") ? Integer.parseInt(settings.get("node_cap")) : nodes;
    Duration pressure = Duration.ofMinutes(30);
    return Reply.of(ReplayReport.print(new Replayed(new TimeRange(MORNING, MORNING.plusSeconds(86_400)), settings, 100,
        List.of(new TimeRange(MORNING, MORNING.plusSeconds(1_800))), new Fate(nodes, nodes - 1, nodes - 0.5, nodes, added, 1, 2, 3, pressure), 2,
        new Fate(then, then - 1, then - 0.75, then, added, 1, 2, 3, pressure), 0.5, List.of(), List.of()), ReportFormat.JSON));
  }
}
