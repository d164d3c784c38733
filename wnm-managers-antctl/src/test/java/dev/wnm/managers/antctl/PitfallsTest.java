package dev.wnm.managers.antctl;

import static dev.wnm.managers.antctl.AntctlBench.done;
import static dev.wnm.managers.antctl.AntctlBench.failed;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What whoever drives antctl falls into, by the numbers of the table in docs/antctl.md. */
class PitfallsTest extends AntctlTest {
  @Test
  @Timeout(120)
  void aPipeInThePlaceOfALogHangsNothing() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    Path log = node.logDir().resolve("critical_failure.log");
    Files.deleteIfExists(log);
    assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();
    done(bench.manager().stop(node));
    assertThat(bench.manager().status(List.of(node)).get(1)).isInstanceOf(ProcessState.Stopped.class);
    assertThat(bench.manager().logs(node)).isNotNull();
  }

  @Test
  void pitfall1AnEmptyAnswerIsAnEmptyClusterOnlyWhenAntctlExitedWithZero() throws Exception {
    assertThat(bench.manager().survey()).isEmpty();

    bench.create(bench.ask(1));
    bench.behave("fail.status", "the registry is on fire");
    assertThatThrownBy(() -> bench.manager().survey()).isInstanceOf(ManagerUnavailableException.class)
        .hasMessageContainingAll("status --json", "exit 1", "the registry is on fire");

    bench.behave("fail.status", "", "truncate_json", "200");
    assertThatThrownBy(() -> bench.manager().survey()).isInstanceOf(ManagerUnavailableException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void pitfall2ANodeWhoseRpcHangsBlocksNoOtherAndNotEvenItsOwnEnd() throws Exception {
    NodeSpec sick = bench.up(bench.create(bench.ask(1)));
    NodeSpec sound = bench.create(bench.ask(2));
    bench.behave("rpc." + sick.service(), "hang");

    bench.up(sound);
    done(bench.manager().stop(sound));
    done(bench.manager().stop(sick));
    done(bench.manager().remove(sick));

    assertThat(bench.calls()).allMatch(words -> List.of("add", "status").contains(words.get(0)) || words.get(0).equals("-v"))
        .filteredOn(words -> words.get(0).equals("status")).allMatch(words -> words.equals(List.of("status", "--json")));
  }

  @Test
  void pitfall2AStartThatHangsAtTheNodesOwnRpcIsGivenUpAndTheNodeRunsOn() throws Exception {
    Limits impatient = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(20),
        Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20));
    NodeSpec node = bench.create(bench.ask(1));
    bench.behave("rpc", "hang");

    OperationResult.Done started = done(bench.manager("antctl+user", impatient).start(node));

    assertThat(started.facts().pid()).isPresent();
    eventually("the node answers", () -> bench.pages.version(node.host(), node.ports().metrics().orElseThrow()).isPresent());
  }

  @Test
  void pitfall3AStartThatFailsToReachTheNodeIsJudgedByItsProcess() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    bench.behave("rpc", "refuse");

    OperationResult.Done started = done(bench.manager().start(node));

    assertThat(started.changed()).isTrue();
    assertThat(started.facts().pid()).isPresent();
    assertThat(bench.calls()).last().asList().containsExactly("-v", "start", "--interval", "0", "--service-name", "antnode1");
  }

  @Test
  void pitfall4TheNetworkIsTheLastWordAlsoWithAPinnedVersionAndFurtherArguments() throws Exception {
    StandInAntnode.installInto(folder.resolve("releases/0.4.16"), new Version("0.4.16"));
    bench.behave("releases", folder.resolve("releases").toString());
    bench.settings.put("antctl_version", "0.4.16");

    NodeSpec node = bench.create(bench.ask(1).toBuilder().startArgs(List.of("--network-id", "7")).build());

    assertThat(StandInAntnode.versionOf(node.binary())).contains(new Version("0.4.16"));
    List<String> add = bench.calls().stream().filter(words -> words.contains("add")).findFirst().orElseThrow();
    assertThat(add).endsWith("--version", "0.4.16", "--network-id", "7", "evm-arbitrum-one").doesNotContain("--path");
  }

  @Test
  void pitfall5FoldersAreReadBackAndPathsThatSpoilUnitsAreRefused() throws Exception {
    NodeFacts facts = done(bench.manager().create(bench.ask(5))).facts();

    assertThat(facts.service()).isEqualTo("antnode1");
    assertThat(facts.rootDir()).isEqualTo(bench.storage.resolve("antnode1")).isDirectory();
    assertThat(facts.logDir()).isEqualTo(bench.storage.resolve("logs/antnode1"));
    assertThat(facts.binary()).isEqualTo(bench.storage.resolve("antnode1/antnode")).isExecutable();
    for (String name : List.of("with blank", "with$dollar", "with%percent", "with\"quote")) {
      Path spoiling = StandInAntnode.installInto(folder.resolve(name));
      assertThat(failed(bench.manager().create(bench.ask(6).toBuilder().source(spoiling).build())).reason())
          .contains(spoiling.toString());
    }
  }

  @Test
  void pitfall6WhatAddMadeIsFoundInTheRegistryEvenIfAddFailed() throws Exception {
    bench.behave("crash_after.add", "101");

    NodeSpec asked = bench.ask(4);
    OperationResult.Done made = done(bench.manager().create(asked));

    assertThat(made.facts().service()).isEqualTo("antnode1");
    assertThat(done(bench.manager().create(asked)).changed()).as("made a second time").isFalse();
    assertThat(bench.manager().survey()).hasSize(1);
  }

  @Test
  void pitfall7RemovedNodesAreNoNodesButKeepTheirPorts() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    done(bench.manager().remove(node));
    bench.calls();

    assertThat(bench.manager().survey()).isEmpty();
    assertThat(bench.manager().reservedPorts())
        .contains(node.ports().node(), node.ports().metrics().orElseThrow(), node.ports().rpc().orElseThrow());
    assertThat(bench.manager().status(List.of(node)).get(1)).isInstanceOf(ProcessState.Missing.class);
    assertThat(done(bench.manager().remove(node)).changed()).isFalse();
    assertThat(done(bench.manager().stop(node)).changed()).isFalse();
    assertThat(bench.calls()).as("antctl would call it an error").noneMatch(words -> words.contains("remove") || words.contains("stop"));
    assertThat(bench.create(bench.ask(2)).service()).isEqualTo("antnode2");
  }

  @Test
  void pitfall8CallsOfOneAntctlNeverOverlapWhoeverMakesThem() throws Exception {
    bench.behave("hang.add", "0.2", "hang.status", "0.1");
    List<NodeSpec> asked = List.of(bench.ask(1), bench.ask(2), bench.ask(3), bench.ask(4));
    List<ProcessManager> managers = List.of(bench.manager(), bench.manager());
    ExecutorService threads = Executors.newFixedThreadPool(asked.size());
    try {
      List<Future<OperationResult>> made = new ArrayList<>();
      for (NodeSpec node : asked) {
        made.add(threads.submit(() -> managers.get(node.id() % 2).create(node)));
      }
      for (Future<OperationResult> each : made) {
        done(each.get());
      }
    } finally {
      threads.shutdown();
    }

    List<StandInAntctl.Call> calls = bench.callTimes();
    assertThat(calls).hasSize(8).allSatisfy(call ->
        assertThat(calls).filteredOn(other -> other != call).noneMatch(call::overlaps));
    assertThat(bench.manager().survey()).extracting(found -> found.facts().service())
        .containsExactlyInAnyOrder("antnode1", "antnode2", "antnode3", "antnode4");
  }

  @Test
  void pitfall9AntctlsPidAndItsWordRunningAreNotTaken() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    bench.behave("pid.antnode1", "1");
    long pid = done(bench.manager().start(node)).facts().pid().orElseThrow();
    assertThat(pid).isGreaterThan(1);
    assertThat(ProcessHandle.of(pid)).isPresent();

    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    eventually("it is seen to be down", () -> bench.manager().status(List.of(node)).get(1) instanceof ProcessState.Stopped);
    assertThat(Files.readString(bench.registry())).as("what antctl believes").contains("\"status\":\"Running\"");
  }

  @Test
  void pitfall10ACrashedNodeStaysDownAndOneThatUpgradedItselfRunsOn() throws Exception {
    NodeSpec crashing = bench.create(bench.ask(1).toBuilder()
        .environment(Map.of(StandInAntnode.variable("exit_after"), "1")).build());
    done(bench.manager().start(crashing));
    NodeSpec upgrading = bench.create(bench.ask(2).toBuilder()
        .environment(Map.of(StandInAntnode.variable("upgrade_to"), "newer/antnode")).build());
    StandInAntnode.installInto(upgrading.rootDir().resolve("newer"), new Version("0.4.18"));
    done(bench.manager().start(upgrading));

    eventually("the crashed one is seen to be down",
        () -> bench.manager().status(List.of(crashing)).get(1) instanceof ProcessState.Stopped);
    eventually("the new version answers", () -> {
      // Never down, whenever it is looked at: its service manager starts it again at once.
      assertThat(bench.manager().status(List.of(upgrading)).get(2)).isInstanceOf(ProcessState.Running.class);
      return bench.pages.version(upgrading.host(), upgrading.ports().metrics().orElseThrow()).equals(Optional.of(new Version("0.4.18")));
    });
    assertThat(bench.manager().status(List.of(crashing)).get(1)).isInstanceOf(ProcessState.Stopped.class);
  }

  @Test
  void pitfall11AnUpgradeTouchesOneNodeAndKeepsItsEnvironment() throws Exception {
    Map<String, String> own = Map.of(StandInAntnode.variable("metric_records_stored"), "4711");
    NodeSpec running = bench.up(bench.create(bench.ask(1).toBuilder().environment(own).build()));
    NodeSpec stopped = bench.create(bench.ask(2).toBuilder()
        .environment(Map.of(StandInAntnode.variable("metric_records_stored"), "1")).build());
    Path newer = StandInAntnode.installInto(folder.resolve("antnode-0.4.18"), new Version("0.4.18"));

    done(bench.manager().upgrade(running.toBuilder().source(newer).build()));

    eventually("the new version answers", () -> bench.pages.version(running.host(), running.ports().metrics().orElseThrow())
        .equals(Optional.of(new Version("0.4.18"))));
    assertThat(bench.pages.get(running.host(), running.ports().metrics().orElseThrow(), "/metrics").orElse(""))
        .contains("ant_networking_records_stored 4711\n");
    assertThat(bench.manager().status(List.of(stopped)).get(2)).isInstanceOf(ProcessState.Stopped.class);
    assertThat(StandInAntnode.versionOf(stopped.binary())).contains(new Version("0.4.17"));
  }

  @Test
  void pitfall11AnUpgradeThatAntctlCallsDoneWithoutDoingItIsAFailure() throws Exception {
    StandInAntnode.installInto(folder.resolve("releases/0.4.16"), new Version("0.4.16"));
    bench.behave("releases", folder.resolve("releases").toString());
    bench.settings.put("antctl_version", "0.4.16");
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    bench.settings.put("antctl_version", "0.4.15");

    assertThat(failed(bench.manager().upgrade(node)).reason()).contains("0.4.15");

    assertThat(bench.manager().status(List.of(node)).get(1)).isInstanceOf(ProcessState.Running.class);
  }

  @Test
  void pitfall12ASurveyTakesNullsOddVersionsAndUnknownWords() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    done(bench.manager().create(bench.ask(2)));
    bench.behave("status.antnode1", "Hibernating", "garbage_before", "[2026-11-21T00:00:00Z INFO ant] {not json}",
        "garbage_after", "{}");

    List<FoundNode> found = bench.manager().survey();

    assertThat(found).hasSize(2);
    assertThat(found.get(0).facts().service()).isEqualTo(node.service());
    assertThat(found.get(0).peerId()).isEmpty();
    assertThat(found.get(0).state()).isInstanceOfSatisfying(ProcessState.Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("Hibernating"));
    assertThat(found.get(1).state()).isInstanceOf(ProcessState.Stopped.class);
  }
}
