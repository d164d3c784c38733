package dev.wnm.fleet.host;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.model.WishAnswer.Outcome;
import dev.wnm.fleet.ssh.SshTransport;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose wnm is a program that notes how it is called, and ends as a test wants it to. */
class LocalHostTest {
  private static final String LOOKS_WHETHER_HELD = "--report|machine-config|--json|";
  private static final String HOLDS = "--force_action|update_config|--hold|";
  private static final HostName A1 = new HostName("a1");
  @TempDir
  Path folder;
  private LocalHost host;

  @BeforeEach
  void aMachineOfAFleet() throws Exception {
    wnmWaitsFor("nothing");
    Files.writeString(folder.resolve("status.json"), """
        {"verdict": "trouble", "sentence": "Not all is well", "nodes": {"total": 3, "in_trouble": 1, "RUNNING": 2, "DEAD": 1}, "node_cap": 20,
         "limits": {"node_cap": "20", "cpu_less_than": "50"}, "programs": {"antnode": {"self_upgrade": "yes", "running_by_version": {"0.4.17": 1, "unknown": 1}}},
         "resources": [{"name": "CPU", "used": 41.5, "state": "room", "cpu_less_than": 50, "cpu_remove": 70, "room_for_nodes": 4},
                       {"name": "Disk", "used": null, "state": "unknown", "hd_less_than": 75, "hd_remove": null, "room_for_nodes": null}],
         "problems": [{"what": "antnode0003 is dead", "mend": "look"}], "next": [{"type": "REMOVE", "count": 1, "reason": "it is dead"}],
         "why_not_more": ["it is dead"], "last_decision": null, "nodes_looked_at": 1800000000}
        """);
    Joining.join(folder.resolve("host"), new Invitation("home", "ssh", A1, Labels.parse("site=home"), Map.of()), new SshTransport(), Set.of("survey_delay"));
    host = open();
  }

  private void wnmWaitsFor(String waitsFor) throws IOException {
    wnmWaitsFor(waitsFor, "nothing at all");
  }

  /** @param waitsFor with this in its words it ends no sooner than a test says @param failsAt and with this it fails */
  private void wnmWaitsFor(String waitsFor, String failsAt) throws IOException {
    Executables.write(folder.resolve("wnm"), """
        #!/bin/sh
        for word in "$@"; do printf '%s|' "$word"; done >> FOLDER/calls
        echo >> FOLDER/calls
        case "$*" in
          *WAITS*) while [ ! -f FOLDER/go ]; do sleep 0.05; done ;;
        esac
        case "$*" in
          *FAILS*) exit 1 ;;
        esac
        case "$*" in
          *status*) cat FOLDER/status.json ;;
          *machine-config*) if [ -f FOLDER/onhold ]; then echo '{"hold": true}'; else echo '{"hold": false}'; fi ;;
          *) [ ! -f FOLDER/says ] || cat FOLDER/says >&2
             exit "$(cat FOLDER/exit 2>/dev/null || echo 0)" ;;
        esac
        """.replace("WAITS", waitsFor.replace(" ", "?")).replace("FAILS", failsAt.replace(" ", "?")).replace("FOLDER", folder.toString()));
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  private LocalHost open() throws FleetException, IOException {
    return LocalHost.in(folder.resolve("host"), new WnmCommand(new ProcessCommandRunner(), List.of(folder.resolve("wnm").toString())), Clock.systemUTC(),
        Duration.ofMinutes(1));
  }

  @Test
  void itSaysWhatItsWnmSaysAndCountsOnOverRestarts() throws Exception {
    HostState state = host.state();

    assertThat(state.host()).isEqualTo(A1);
    assertThat(state.nodes().byStatus()).isEqualTo(Map.of("RUNNING", 2, "DEAD", 1));
    assertThat(state.nodes().byVersion()).isEqualTo(Map.of("antnode 0.4.17", 1, "antnode unknown", 1));
    assertThat(state.nodes().troubled()).hasValue(1);
    assertThat(state.resources().get(0).roomForNodes()).hasValue(4);
    assertThat(state.resources().get(1).used()).as("what is not known").isEmpty();
    assertThat(state.room()).hasValue(4);
    assertThat(state.limits()).isEqualTo(Map.of("node_cap", "20", "cpu_less_than", "50"));
    assertThat(state.outlook().next()).containsExactly("remove 1 (it is dead)");
    assertThat(state.run().sequence()).isEqualTo(1);
    assertThat(calls()).as("one look, so that all of it is of one moment").containsExactly("--report|status|--json|");
    HostState later = open().state();
    assertThat(later.run().sequence()).isEqualTo(2);
    assertThat(later.run().hostId()).isEqualTo(state.run().hostId()).matches("[0-9a-f]{32}");
  }

  @Test
  void itSaysHowItStandsWhileAProgramIsFetched() throws Exception {
    wnmWaitsFor("fetch_node");
    CompletableFuture<WishAnswer> taken = CompletableFuture.supplyAsync(() -> host.take(wish(1).forwardTo(new WantedProgram("0.4.18", "ab".repeat(32)))));
    eventually("it is being fetched", () -> timesCalled("--fetch_node=0.4.18") == 1);

    HostState state = CompletableFuture.supplyAsync(this::state).get(1, TimeUnit.MINUTES);

    assertThat(state.answer()).isEqualTo(new WishAnswer(1, WishAnswer.Outcome.PENDING, "under way"));
    host.goOn();
    assertThat(timesCalled("--fetch_node")).as("it is tried again by nobody meanwhile").isOne();
    go();
    assertThat(taken.get(1, TimeUnit.MINUTES).outcome()).isEqualTo(WishAnswer.Outcome.APPLIED);
    assertThat(state().run().sequence()).as("no number is given twice").isEqualTo(state.run().sequence() + 1);
  }

  @Test
  void whoReadsThatAWishIsInForceSeesWhatCameOfIt() throws Exception {
    wnmWaitsFor("status");
    CompletableFuture<HostState> looking = CompletableFuture.supplyAsync(this::state);
    eventually("it looks", () -> timesCalled("status") == 1);
    assertThat(host.take(wish(1).withHold(true)).outcome()).isEqualTo(WishAnswer.Outcome.APPLIED);
    go();

    assertThat(looking.get(1, TimeUnit.MINUTES).answer()).as("the look was before it").isEqualTo(WishAnswer.NONE);
    assertThat(state().answer().outcome()).isEqualTo(WishAnswer.Outcome.APPLIED);
  }

  @Test
  void ofTwoStatesThatWithTheGreaterNumberHasTheLaterAnswer() throws Exception {
    wnmWaitsFor("status");
    CompletableFuture<HostState> first = CompletableFuture.supplyAsync(this::state);
    eventually("it looks", () -> timesCalled("status") == 1);
    host.take(wish(1).withHold(true));
    CompletableFuture<HostState> second = CompletableFuture.supplyAsync(this::state);
    go();

    HostState early = first.get(1, TimeUnit.MINUTES);
    HostState late = second.get(1, TimeUnit.MINUTES);
    assertThat(early.answer()).isEqualTo(WishAnswer.NONE);
    assertThat(late.answer().outcome()).isEqualTo(WishAnswer.Outcome.APPLIED);
    assertThat(late.run().sequence()).isGreaterThan(early.run().sequence());
  }

  private long timesCalled(String word) {
    try {
      Path file = folder.resolve("calls");
      return Files.exists(file) ? Files.readString(file).lines().filter(line -> line.contains(word)).count() : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HostState state() {
    try {
      return host.state();
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCopyOfItThatIsHeardNoMoreIsForgotten() throws Exception {
    assertThat(host.noticed(Optional.of("boot-2"))).contains("boot-2");
    for (int i = 1; i < 10; i++) {
      assertThat(host.noticed(Optional.empty())).as("it may speak less often").contains("boot-2");
    }
    assertThat(host.state().run().twin()).contains("boot-2");
    assertThat(host.noticed(Optional.empty())).isEmpty();
    assertThat(host.state().run().twin()).isEmpty();
  }

  @Test
  void aWishIsCarriedOutOnceByTheCommandLine() throws Exception {
    Wish wish = wish(1).withSettings(Map.of("node_cap", Optional.of("40"), "survey_delay", Optional.of("5")));

    assertThat(host.take(wish)).isEqualTo(new WishAnswer(1, Outcome.APPLIED, ""));
    assertThat(host.take(wish)).isEqualTo(new WishAnswer(1, Outcome.APPLIED, ""));

    assertThat(calls()).containsExactly("--force_action|update_config|--node_cap=40|--survey_delay=5|");
    assertThat(open().state().answer()).as("it is remembered").isEqualTo(new WishAnswer(1, Outcome.APPLIED, ""));
  }

  @Test
  void aProgramIsTakenByItsDigestBeforeAnythingElse() throws Exception {
    host.take(wish(1).forwardTo(new WantedProgram("0.4.18", "ab".repeat(32))).withHold(true));

    assertThat(calls()).as("what holds it does not wait for a download").containsExactly(LOOKS_WHETHER_HELD, HOLDS,
        "--fetch_node=0.4.18|--fetch_sha256=" + "ab".repeat(32) + "|--confirm|", HOLDS);
  }

  @Test
  void aWishWhoseSettingsAreRefusedFetchesNothing() throws Exception {
    Files.writeString(folder.resolve("exit"), "2");
    Files.writeString(folder.resolve("says"), "wnm: --cpu_less_than must be below --cpu_remove\n");

    WishAnswer answer = host.take(wish(1).forwardTo(new WantedProgram("0.4.18", "ab".repeat(32))).withSettings(Map.of("cpu_remove", Optional.of("10"))));

    assertThat(answer).isEqualTo(new WishAnswer(1, Outcome.REFUSED, "--cpu_less_than must be below --cpu_remove"));
    assertThat(calls()).containsExactly("--force_action|update_config|--cpu_remove=10|--dry_run|");
  }

  @Test
  void theFleetEndsItsOwnHoldAndNoOther() throws Exception {
    host.take(wish(1));
    host.take(wish(2).withHold(true));
    open().take(wish(3));
    open().take(wish(4));

    assertThat(calls()).containsExactly("--force_action|update_config|", LOOKS_WHETHER_HELD, HOLDS, "--force_action|update_config|--no_hold|",
        "--force_action|update_config|");
  }

  @Test
  void aHoldOfTheHostsOwnOperatorIsNotTheFleetsToEnd() throws Exception {
    Files.createFile(folder.resolve("onhold"));
    host.take(wish(1).withHold(true));
    host.take(wish(2));

    assertThat(calls()).containsExactly(LOOKS_WHETHER_HELD, "--force_action|update_config|", "--force_action|update_config|");
  }

  @Test
  void aHoldOfTheFleetIsInForceThoughItsProgramCannotBeHad() throws Exception {
    host.take(wish(1));
    wnmWaitsFor("nothing", "fetch_node");
    assertThat(host.take(wish(2).forwardTo(new WantedProgram("0.4.18", "ab".repeat(32))).withHold(true)).outcome()).isEqualTo(Outcome.PENDING);

    assertThat(calls()).contains(HOLDS);
  }

  @Test
  void aHoldThatWasRefusedWithTheRestOfItsWishIsNotTheFleetsToEnd() throws Exception {
    Files.writeString(folder.resolve("exit"), "2");
    assertThat(host.take(wish(1).withSettings(Map.of("node_cap", Optional.of("x"))).withHold(true)).outcome()).isEqualTo(Outcome.REFUSED);
    Files.delete(folder.resolve("exit"));
    host.take(wish(2));

    assertThat(calls()).endsWith("--force_action|update_config|").doesNotContain("--force_action|update_config|--no_hold|");
  }

  @Test
  void whoJoinsAnewCanStillEndTheHoldOfTheFleet() throws Exception {
    host.take(wish(1).withHold(true));
    Joining.join(folder.resolve("host"), new Invitation("home", "ssh", A1, Labels.parse("site=home"), Map.of()), new SshTransport(), Set.of());
    open().take(wish(1));

    assertThat(calls()).endsWith("--force_action|update_config|--no_hold|");
  }

  @Test
  void whatWnmRefusesIsRefusedWithItsReason() throws Exception {
    Files.writeString(folder.resolve("exit"), "2");
    Files.writeString(folder.resolve("says"), "2026-11-30 wnm: --node_cap must be a whole number from 0 to 64000, but the command line says 'x'\n");

    assertThat(host.take(wish(1).withSettings(Map.of("node_cap", Optional.of("x"))))).isEqualTo(
        new WishAnswer(1, Outcome.REFUSED, "--node_cap must be a whole number from 0 to 64000, but the command line says 'x'"));
  }

  @Test
  void whatCannotBeDoneNowIsTriedAgainAlsoAfterARestart() throws Exception {
    Files.writeString(folder.resolve("exit"), "1");
    Files.writeString(folder.resolve("says"), "wnm: another wnm is at work\n");
    assertThat(host.take(wish(1).withHold(true))).isEqualTo(new WishAnswer(1, Outcome.PENDING, "another wnm is at work"));

    Files.delete(folder.resolve("exit"));
    LocalHost again = open();
    again.goOn();

    assertThat(again.state().answer()).isEqualTo(new WishAnswer(1, Outcome.APPLIED, ""));
  }

  @Test
  void whatIsNotToBeChangedFromAfarIsNotEvenTried() throws Exception {
    long generation = 0;
    for (String name : List.of("rewards_address", "node_storage", "start_args", "delay_restart", "force_action")) {
      generation++;
      WishAnswer answer = host.take(wish(generation).withSettings(Map.of(name, Optional.of("x"))));
      assertThat(answer.outcome()).as(name).isEqualTo(Outcome.REFUSED);
      assertThat(answer.reason()).contains("'" + name + "' is not to be changed from afar here");
    }
    Joining.join(folder.resolve("host"), new Invitation("home", "ssh", A1, Labels.parse("site=home"), Map.of()), new SshTransport(),
        Set.of("docker_path", "docker_image", "antctl_containers", "rewards_address"));
    for (String name : List.of("docker_path", "docker_image", "antctl_containers", "rewards_address")) {
      generation++;
      assertThat(open().take(wish(generation).withSettings(Map.of(name, Optional.of("x")))).reason()).as("whatever it allows").isEqualTo(
          "'" + name + "' is not to be changed from afar here");
    }
    assertThat(host.take(new Wish(new HostName("b2"), 100_000, "anna", Instant.now(), Map.of(), Optional.empty(), Optional.empty(), true)).reason())
        .isEqualTo("this is a1, and the wish is for b2");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void aQuestionIsOneCommandLineAndEachDetailOneWordOfIt() throws Exception {
    host.answer(new Question(Question.Kind.NODES, Map.of("filter", "peers<5 --init", "json", "yes")));
    host.answer(new Question(Question.Kind.LOGS, Map.of("nodes", "antnode0001,antnode0002", "lines", "5")));
    Reply trick = host.answer(new Question(Question.Kind.EXPLAIN, Map.of("node", "x; rm -rf ~")));

    assertThat(calls()).containsExactly("--report|node-status|--filter=peers<5 --init|--json|", "--logs=antnode0001,antnode0002|--lines=5|");
    assertThat(trick.isAnswered()).isFalse();
  }

  @Test
  void aMachineOfNoFleetSaysHowToJoin() {
    assertThatThrownBy(() -> LocalHost.in(folder.resolve("other"), new WnmCommand(new ProcessCommandRunner(), List.of("wnm")), Clock.systemUTC(), Duration.ofMinutes(1)))
        .isInstanceOf(FleetException.class).hasMessageContaining("this machine is in no fleet").hasMessageContaining("wnm fleet join FILE");
  }

  private static Wish wish(long generation) {
    return new Wish(A1, generation, "anna", Instant.now(), Map.of(), Optional.empty(), Optional.empty(), false);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
