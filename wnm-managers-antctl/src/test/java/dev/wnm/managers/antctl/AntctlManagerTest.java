package dev.wnm.managers.antctl;

import static dev.wnm.managers.antctl.AntctlBench.done;
import static dev.wnm.managers.antctl.AntctlBench.failed;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AntctlManagerTest extends AntctlTest {
  // What antctl is called for, and what not

  @Test
  void theStateOfNodesCostsNoCallOfAntctl() throws Exception {
    NodeSpec running = bench.up(bench.create(bench.ask(1)));
    NodeSpec stopped = bench.create(bench.ask(2));
    bench.calls();

    Map<Integer, ProcessState> states = bench.manager().status(List.of(running, stopped));

    assertThat(states.get(1)).isInstanceOf(ProcessState.Running.class);
    assertThat(states.get(2)).isInstanceOf(ProcessState.Stopped.class);
    bench.manager().notices(List.of(running, stopped));
    bench.manager().reservedPorts();
    assertThat(bench.calls()).filteredOn(words -> !words.equals(List.of("--crate-version"))).isEmpty();
  }

  @Test
  void aNodeIsMadeAndStartedByThreeCalls() throws Exception {
    bench.up(bench.create(bench.ask(1)));
    assertThat(bench.calls()).extracting(words -> String.join(" ", words).replaceAll(" --.*", ""))
        .containsExactly("add", "status", "-v start");
  }

  @Test
  void aNodeThatAnswersIsNotStarted() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    eventually("the node answers", () -> bench.pages.version(node.host(), node.ports().metrics().orElseThrow()).isPresent());
    bench.calls();

    assertThat(done(bench.manager().start(node)).changed()).isFalse();
    assertThat(bench.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theDebugFlagComesFirstWhenItIsAskedForByItsOptionOrByTheLogLevel(boolean byOption) throws Exception {
    bench.settings.put("antctl_debug", byOption ? "on" : "off");
    ManagerContext context = byOption ? bench.context() : bench.context().debugging();
    new OnThisMachine().create("antctl+user", context).create(bench.ask(1));
    assertThat(bench.calls()).isNotEmpty().allMatch(words -> words.get(0).equals("--debug"));
  }

  @Test
  void theDebugFlagIsNotThereOtherwise() throws Exception {
    bench.settings.put("antctl_debug", "off");
    bench.create(bench.ask(1));
    assertThat(bench.calls()).isNotEmpty().noneMatch(words -> words.contains("--debug"));
  }

  @Test
  void portsAreOpenedWhenANodeStartsAndClosedWhenItEnds() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    done(bench.manager().stop(node));
    done(bench.manager().remove(node));
    assertThat(bench.firewall()).startsWith("open " + node.ports().node() + " antnode1", "close " + node.ports().node());
  }

  // What fails

  @Test
  void anAddThatFailsHalfWayLeavesNothingBehindAndDoesNotBlockTheNext() throws Exception {
    bench.behave("fail_once.add", "no room for the unit");

    OperationResult.Failed failure = failed(bench.manager().create(bench.ask(1)));

    assertThat(failure.reason()).contains("antctl", "add", "exit 1", "no room for the unit");
    try (Stream<Path> left = Files.list(bench.storage)) {
      assertThat(left.map(path -> path.getFileName().toString()).filter(name -> !StorageMarker.isOne(name))).containsOnly("logs");
    }
    try (Stream<Path> left = Files.list(bench.storage.resolve("logs"))) {
      assertThat(left).isEmpty();
    }
    assertThat(bench.create(bench.ask(2)).rootDir()).isDirectory();
  }

  @Test
  void aRunningNodeIsStoppedBeforeItIsRemoved() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    bench.calls();

    done(bench.manager().remove(node));

    assertThat(bench.calls()).extracting(words -> words.get(1)).containsExactly("stop", "remove");
    assertThat(node.rootDir()).doesNotExist();
    assertThat(node.logDir()).doesNotExist();
  }

  @Test
  void aStopThatAntctlCallsDoneWhileTheNodeRunsOnIsAFailure() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1).toBuilder()
        .environment(Map.of(StandInAntnode.variable("ignore_int"), "1")).build()));
    bench.behave("blind", "1");

    assertThat(failed(bench.manager().stop(node)).reason()).startsWith("it still runs: ");

    assertThat(bench.manager().status(List.of(node)).get(1)).isInstanceOf(ProcessState.Running.class);
  }

  @Test
  void aNodeThatDoesNotComeUpIsAFailureWithItsLastWords() throws Exception {
    NodeSpec node = bench.create(bench.ask(1).toBuilder()
        .environment(Map.of(StandInAntnode.variable("exit_at_start"), "3")).build());
    Files.createDirectories(node.logDir());

    OperationResult.Failed failure = failed(bench.manager().start(node));

    assertThat(failure.reason()).contains("start --interval 0 --service-name antnode1");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void aCallThatNeverEndsIsEndedAndNamed() throws Exception {
    Limits impatient = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1),
        Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));
    bench.behave("hang.status", "3600");

    OperationResult.Failed failure = failed(bench.manager("antctl+user", impatient).create(bench.ask(1)));

    assertThat(failure.reason()).contains("status --json", "killed at its limit");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void aCallOfAnotherProgramIsWaitedForAndThenNamed() throws Exception {
    Limits impatient = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(20),
        Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(20));
    NodeSpec node = bench.create(bench.ask(1));
    Process other = new ProcessBuilder("flock", bench.registry().resolveSibling(Guard.LOCK_FILE).toString(), "sleep", "60")
        .start();
    try {
      eventually("the other one holds it", () -> {
        try {
          return new ProcessBuilder("flock", "-n", bench.registry().resolveSibling(Guard.LOCK_FILE).toString(), "true")
              .start().waitFor() != 0;
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      assertThat(failed(bench.manager("antctl+user", impatient).start(node)).reason())
          .contains("another call of antctl has not ended for 1 s");
    } finally {
      other.descendants().forEach(ProcessHandle::destroyForcibly);
      other.destroyForcibly();
    }
  }

  @Test
  void aDamagedRegistryIsUnknownAndNotEmpty() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    String whole = Files.readString(bench.registry());
    Files.writeString(bench.registry(), whole.substring(0, whole.length() / 2));

    assertThat(bench.manager().status(List.of(node)).get(1)).isInstanceOf(ProcessState.Unknown.class);
    assertThatThrownBy(() -> bench.manager().reservedPorts()).isInstanceOf(ManagerUnavailableException.class);

    Files.writeString(bench.registry(), "");
    assertThat(bench.manager().status(List.of(node)).get(1)).as("its data is there, so the registry was lost")
        .isInstanceOf(ProcessState.Unknown.class);
    Files.writeString(bench.registry(), whole);
  }

  // What happens behind wnm's back

  @Test
  void aNodeRemovedByHandIsMissing() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    NodeSpec kept = bench.create(bench.ask(2));
    assertThat(bench.byHand("-v", "remove", "--service-name", node.service()).succeeded()).isTrue();
    assertThat(bench.byHand("-v", "remove", "--keep-directories", "--service-name", kept.service()).succeeded()).isTrue();

    Map<Integer, ProcessState> states = bench.manager().status(List.of(node, kept));

    assertThat(states.get(1)).isInstanceOf(ProcessState.Missing.class);
    assertThat(states.get(2)).isInstanceOfSatisfying(ProcessState.Unknown.class, state ->
        assertThat(state.reason()).contains("has removed it and kept its data in " + kept.rootDir()));
    assertThat(failed(bench.manager().start(kept)).reason()).contains("no such node any more");
    assertThat(failed(bench.manager().remove(kept)).reason()).contains("nothing was removed");
    assertThat(kept.rootDir()).as("whoever removed it wanted to keep this").isDirectory();

    Files.move(kept.rootDir(), bench.home.resolve("kept"));
    assertThat(bench.manager().status(List.of(kept)).get(2)).isInstanceOf(ProcessState.Missing.class);
    assertThat(done(bench.manager().remove(kept)).changed()).isFalse();
  }

  /** What a crash of antctl in the middle of its write leaves. */
  @Test
  void aRegistryThatLostItsNodesIsNoRemoval() throws Exception {
    NodeSpec running = bench.up(bench.create(bench.ask(1)));
    NodeSpec stopped = bench.create(bench.ask(2));
    String registry = Files.readString(bench.registry());
    Files.writeString(bench.registry(), "");

    AntctlManager manager = bench.manager();
    Map<Integer, ProcessState> states = manager.status(List.of(running, stopped));
    assertThat(states.get(1)).isInstanceOf(ProcessState.Running.class);
    assertThat(states.get(2)).isInstanceOfSatisfying(ProcessState.Unknown.class, state ->
        assertThat(state.reason()).contains("antctl does not list it", "its data is in " + stopped.rootDir()));
    assertThat(manager.notices(List.of(running, stopped))).singleElement().asString()
        .contains("does not list antnode1, antnode2", "its registry has lost entries");
    assertThat(failed(manager.stop(running)).reason()).contains("antctl does not list it", "runs from " + running.binary());
    assertThat(failed(manager.remove(running)).reason()).contains("nothing was removed");
    assertThat(failed(manager.remove(stopped)).reason()).contains("nothing was removed");
    assertThat(failed(manager.teardown(List.of(running, stopped))).reason()).contains("nothing was removed");
    assertThat(failed(manager.create(bench.ask(3))).reason()).contains("holds the key of a node that antctl does not list");

    Files.writeString(bench.registry(), registry);
    assertThat(running.rootDir().resolve("secret-key")).exists();
    done(bench.manager().remove(running));
    assertThat(stopped.rootDir()).isDirectory();
  }

  @Test
  void nodesAddedByHandAreNamedAndLeftAlone() throws Exception {
    NodeSpec ours = bench.create(bench.ask(1));
    bench.byHand("add", "--path", bench.antnode.toString(), "--rewards-address", AntctlBench.WALLET, "evm-arbitrum-one");

    assertThat(bench.manager().notices(List.of(ours))).singleElement().asString()
        .contains("antnode2", "wnm --import").doesNotContain("antnode1");
    assertThat(bench.manager().survey()).extracting(found -> found.metricsPort().isPresent()).containsExactly(true, false);
  }

  @Test
  void aFolderThatAntctlHasElsewhereIsLeftAlone() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    NodeSpec wrong = node.toBuilder().placement(NodePlacement.of(node.service(), bench.storage.resolve("other/antnode1"))).build();

    assertThat(failed(bench.manager().remove(wrong)).reason()).contains(node.rootDir().toString(), "left alone");
    assertThat(node.rootDir()).isDirectory();
  }

  @Test
  void aRowOfThePythonWnmWithTheFolderAboveTheNodesIsUnderstood() throws Exception {
    NodeSpec node = bench.create(bench.ask(1));
    NodeSpec above = node.toBuilder().placement(NodePlacement.of(node.service(), bench.storage)).build();

    assertThat(done(bench.manager().start(above)).facts().rootDir()).isEqualTo(node.rootDir());
    assertThat(bench.manager().status(List.of(above)).get(1)).isInstanceOf(ProcessState.Running.class);
    assertThat(done(bench.manager().remove(above)).changed()).isTrue();
    assertThat(node.rootDir()).doesNotExist();
  }

  // All at once

  @Test
  void aTeardownOfAllIsOneResetAfterWhichNumbersBeginAnew() throws Exception {
    NodeSpec first = bench.up(bench.create(bench.ask(1)));
    NodeSpec second = bench.create(bench.ask(2));
    done(bench.manager().remove(second));
    NodeSpec third = bench.create(bench.ask(3));
    bench.calls();

    done(bench.manager().teardown(List.of(first, third)));

    assertThat(bench.calls()).contains(List.of("-v", "reset", "--force")).noneMatch(words -> words.contains("remove"));
    assertThat(bench.manager().survey()).isEmpty();
    assertThat(bench.manager().reservedPorts()).isEmpty();
    assertThat(first.rootDir()).doesNotExist();
    assertThat(bench.create(bench.ask(4)).service()).isEqualTo("antnode1");
  }

  @Test
  void aTeardownBesideForeignNodesGoesNodeByNode() throws Exception {
    NodeSpec ours = bench.up(bench.create(bench.ask(1)));
    NodeSpec foreign = bench.up(bench.create(bench.ask(2)));
    bench.calls();

    done(bench.manager().teardown(List.of(ours)));

    assertThat(bench.calls()).noneMatch(words -> words.contains("reset"));
    assertThat(ours.rootDir()).doesNotExist();
    assertThat(bench.manager().status(List.of(foreign)).get(2)).isInstanceOf(ProcessState.Running.class);
  }

  // Import, versions

  @Test
  void aSavedListingIsReadWithoutAntctl() throws Exception {
    NodeSpec node = bench.up(bench.create(bench.ask(1)));
    String listing = bench.byHand("status", "--json").stdout();
    bench.calls();

    List<FoundNode> found = bench.manager().read(listing);

    assertThat(found).singleElement().satisfies(one -> {
      assertThat(one.facts().service()).isEqualTo("antnode1");
      assertThat(one.metricsPort()).hasValue(node.ports().metrics().orElseThrow());
      assertThat(one.state()).isInstanceOf(ProcessState.Running.class);
    });
    assertThat(bench.calls()).isEmpty();
    assertThatThrownBy(() -> bench.manager().read("nonsense")).isInstanceOf(ManagerUnavailableException.class)
        .hasMessageStartingWith("not a listing of antctl");
  }

  @Test
  void aVersionThatWasNeverTriedIsSaid() throws Exception {
    bench.behave("crate_version", "0.99.0");
    assertThat(bench.manager().notices(List.of())).singleElement().asString().contains("0.99.0", "0.14.0");
    bench.behave("crate_version", "0.14.7");
    assertThat(bench.manager().notices(List.of())).isEmpty();
  }

  @Test
  void theAntnodeComesFromThisMachineUnlessAntctlFetchesIt() {
    assertThat(binaries("antctl+user")).isEqualTo(new Traits.Binaries.OfMachine());
    assertThat(binaries("antctl+zen")).isEqualTo(new Traits.Binaries.Fetched(Optional.empty()));
    bench.settings.put("antctl_version", "0.4.16");
    assertThat(binaries("antctl+user"))
        .isEqualTo(new Traits.Binaries.Fetched(Optional.of(new Version("0.4.16"))));
  }

  private Traits.Binaries binaries(String type) {
    AntctlManager manager = bench.manager(type, Limits.DEFAULT);
    return manager.traits().binaries();
  }
}
