package dev.wnm.managers.launchd;

import static dev.wnm.managers.launchd.LaunchdBench.arguments;
import static dev.wnm.managers.launchd.LaunchdBench.changed;
import static dev.wnm.managers.launchd.LaunchdBench.done;
import static dev.wnm.managers.launchd.LaunchdBench.label;
import static dev.wnm.managers.launchd.LaunchdBench.pidOf;
import static dev.wnm.managers.launchd.LaunchdBench.reason;
import static dev.wnm.managers.launchd.LaunchdBench.running;
import static dev.wnm.managers.launchd.LaunchdBench.state;
import static dev.wnm.managers.launchd.LaunchdBench.up;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the conformance suite does not know of: how this back end does it. On the stand-in, and with Linux's /proc. */
@EnabledOnOs(OS.LINUX)
@Order(3)
class LaunchdManagerTest {
  /** For how many seconds launchd leaves a node down that has ended: longer than any machine takes to see that. */
  private static final String LONG = "600";

  private LaunchdBench bench;
  private ProcessManager manager;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    bench = new LaunchdBench(folder);
    manager = bench.user();
  }

  @AfterEach
  void endAllNodes() {
    bench.close();
  }

  // Property lists

  @Test
  void aPropertyListIsClosedToOthersAndCalledAsThePythonWnmDoes() throws IOException {
    done(manager.create(bench.ask(1)));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.plist(1)))).isEqualTo("rw-------");
    assertThat(bench.plist(1).getParent()).isDirectoryNotContaining("glob:**.wnm-new");
  }

  @Test
  void changedSettingsApplyAtTheNextStart() throws IOException {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    NodeSpec changed = changed(node, Map.of("RUST_LOG", "a & b"), List.of("--network-id", "7"));

    assertThat(done(manager.start(changed)).changed()).as("a running node is left alone").isFalse();
    done(manager.stop(changed));
    long pid = done(manager.start(changed)).facts().pid().orElseThrow();

    assertThat(arguments(pid)).contains("--network-id 7");
    assertThat(Files.readString(Path.of("/proc/" + pid + "/environ"))).contains("RUST_LOG=a & b\0");
  }

  @Test
  void changedSettingsApplyAlsoToANodeThatLaunchdStillKnows() throws IOException {
    NodeSpec node = bench.ask(1);
    long first = up(manager, node);
    kill(first);
    NodeSpec changed = changed(node, Map.of(), List.of("--network-id", "7"));

    long pid = done(manager.start(changed)).facts().pid().orElseThrow();

    assertThat(arguments(pid)).contains("--network-id 7");
  }

  @Test
  void aPropertyListThatSomebodyEditedIsUsedAsItIs() throws IOException {
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    String edited = Files.readString(bench.plist(1)).replace("<string>--max-log-files</string>",
        "<string>--network-id</string><string>9</string><string>--max-log-files</string>");
    Files.writeString(bench.plist(1), edited);

    long pid = done(manager.start(changed(node, Map.of(), List.of("--network-id", "7")))).facts().pid().orElseThrow();

    assertThat(arguments(pid)).contains("--network-id 9").doesNotContain("--network-id 7");
    assertThat(bench.plist(1)).hasContent(edited);
  }

  @Test
  void aMissingPropertyListIsWrittenAgain() throws IOException {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    done(manager.stop(node));
    Files.delete(bench.plist(1));

    done(manager.start(node));

    assertThat(bench.plist(1)).exists();
    running(manager, node);
  }

  @Test
  void aPropertyListThatWasSpoiledIsNotOverwrittenButTold() throws IOException {
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Files.writeString(bench.plist(1), "<plist>a & b</plist>");

    assertThat(reason(manager.start(node))).contains(bench.plist(1).toString(), "no valid XML", "delete it");

    assertThat(bench.plist(1)).hasContent("<plist>a & b</plist>");
  }

  @Test
  void aNumberThatLaunchdHasForANodeInAnotherFolderIsNotTaken() throws IOException {
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Path elsewhere = Files.createDirectory(bench.home.resolve("elsewhere"));
    String text = Files.readString(bench.plist(1)).replace(node.rootDir().toString(), elsewhere.toString());
    Files.writeString(bench.plist(1), text);

    assertThat(reason(manager.create(node))).contains("another folder, " + elsewhere, "--import");
    assertThat(reason(manager.start(node))).contains("another folder, " + elsewhere);
    assertThat(bench.plist(1)).hasContent(text);
  }

  // Stopping, and what comes back

  @Test
  void aNodeEndsGracefullyAndLaunchdForgetsIt() throws IOException {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    bench.calls();

    assertThat(done(manager.stop(node)).changed()).isTrue();

    assertThat(node.logDir().resolve("critical_failure.log")).content().contains("Ctrl-C received");
    String target = TestLaunchd.gui() + "/" + label(1);
    assertThat(bench.calls()).containsSubsequence("disable " + target, "kill SIGINT " + target, "bootout " + target);
    assertThat(state(manager, node)).isInstanceOf(ProcessState.Stopped.class);
  }

  @Test
  void aNodeThatLaunchdStartsAnewWhileItIsStoppedIsDownInTheEnd() throws Exception {
    bench.configure("throttle", "0");
    NodeSpec node = bench.ask(1);
    long pid = up(manager, node);

    assertThat(done(manager.stop(node)).changed()).isTrue();

    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(bench.launchctl("print", TestLaunchd.gui())).doesNotContain("\t" + label(1) + "\n");
    assertThat(done(manager.stop(node)).changed()).isFalse();
  }

  @Test
  void onlyNodesThatWereNotStoppedComeBackAfterAReboot() throws Exception {
    NodeSpec running = bench.ask(1);
    NodeSpec stopped = bench.ask(2);
    NodeSpec restarted = bench.ask(3);
    NodeSpec neverStarted = bench.ask(4);
    long before = up(manager, running);
    up(manager, stopped);
    done(manager.stop(stopped));
    up(manager, restarted);
    done(manager.stop(restarted));
    done(manager.start(restarted));
    done(manager.create(neverStarted));

    bench.login();

    assertThat(running(manager, running)).isNotEqualTo(before);
    running(manager, restarted);
    assertThat(state(manager, stopped)).isInstanceOf(ProcessState.Stopped.class);
    assertThat(state(manager, neverStarted)).isInstanceOf(ProcessState.Stopped.class);
    assertThat(done(manager.start(stopped)).changed()).isTrue();
  }

  @Test
  void theNumberOfARemovedNodeCanBeUsedByThePythonWnm() throws Exception {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    done(manager.remove(node));

    assertThat(bench.plist(1)).doesNotExist();
    assertThat(node.logDir()).doesNotExist();
    assertThat(bench.launchctl("print-disabled", TestLaunchd.gui())).doesNotContain("\"" + label(1) + "\" => disabled");
  }

  @Test
  void aNodeThatIsKilledIsStartedAgainByLaunchd() throws IOException {
    bench.configure("throttle", "1");
    NodeSpec node = bench.ask(1);
    long pid = up(manager, node);

    kill(pid);

    eventually("launchd starts it again", () -> pidOf(manager, node).filter(other -> other != pid).isPresent());
  }

  @Test
  void howANodeWasKilledIsTold() throws IOException {
    bench.configure("throttle", LONG);
    NodeSpec node = bench.ask(1);
    kill(up(manager, node));

    eventually("its end is told", () -> state(manager, node) instanceof ProcessState.Stopped stopped
        && stopped.detail().equals("ended by signal 9"));
    assertThat(done(manager.start(node)).changed()).as("it does not have to wait for launchd").isTrue();
  }

  @Test
  void aLaunchdThatLetsAKickstartWaitIsToldTheJobAnew() throws IOException {
    bench.configure("kickstart_waits", "1");
    bench.configure("throttle", LONG);
    NodeSpec node = bench.ask(1);
    kill(up(manager, node));
    eventually("it is down", () -> state(manager, node) instanceof ProcessState.Stopped);

    assertThat(done(manager.start(node)).changed()).isTrue();

    running(manager, node);
  }

  @Test
  void aNodeThatUpgradedItselfIsStartedAgainByLaunchd() throws IOException {
    bench.configure("throttle", "1");
    NodeSpec node = bench.ask(1);
    long pid = up(manager, node);
    Path newer = StandInAntnode.installInto(bench.home.resolve("newer"), new Version("0.4.18"));

    StandInAntnode.configure(node.rootDir(), Map.of("upgrade_to", newer.toString()));

    eventually("it runs again as the new version", () -> pidOf(manager, node).filter(other -> other != pid).isPresent());
    assertThat(node.binary()).hasSameBinaryContentAs(newer);
    assertThat(arguments(pid(node))).contains("--stop-on-upgrade");
  }

  @Test
  void aNodeThatLaunchdThrowsAgainAndAgainIsDownWithTheNumberOfItsDeaths() throws Exception {
    bench.configure("throttle", "1");
    NodeSpec node = bench.ask(1, Map.of(StandInAntnode.variable("exit_after"), "3"), List.of());
    up(manager, node);

    eventually("it is in a crash loop", () -> state(manager, node) instanceof ProcessState.Stopped stopped
        && stopped.isCrashLoop() && stopped.deaths() >= 3);
    done(manager.stop(node));
    assertThat(((ProcessState.Stopped) state(manager, node)).deaths()).isZero();
  }

  @Test
  void aStartThatFailsIsToldWithLastWordsAndLaunchdLeavesItAtThat() throws Exception {
    NodeSpec node = bench.ask(1, Map.of(StandInAntnode.variable("exit_at_start"), "7"), List.of());
    done(manager.create(node));

    assertThat(reason(manager.start(node)))
        .contains("antnode0001.service", "ended at once with exit code 7", "told to die at start");

    assertThat(bench.launchctl("print", TestLaunchd.gui())).doesNotContain("\t" + label(1) + "\n");
    assertThat(bench.firewallCalls).isEmpty();
  }

  @Test
  void aStuckStopOfLaunchdIsWaitedFor() throws IOException {
    bench.configure("bootout_wait", "0.1");
    NodeSpec node = bench.ask(1, Map.of(StandInAntnode.variable("ignore_int"), "1",
        StandInAntnode.variable("ignore_term"), "1"), List.of());
    long pid = up(manager, node);

    assertThat(done(manager.stop(node)).changed()).isTrue();

    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(done(manager.start(node)).changed()).isTrue();
  }

  @Test
  void launchdIsToldAgainWhereItDoesNotStartANodeByItself() throws IOException {
    bench.configure("idle_at_load", "1");
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    bench.calls();

    done(manager.start(node));

    assertThat(bench.calls()).contains("kickstart " + TestLaunchd.gui() + "/" + label(1));
  }

  @Test
  void aNodesPortIsOpenedWhileItRuns() {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    done(manager.stop(node));
    done(manager.stop(node));

    assertThat(bench.firewallCalls).containsExactly("open " + node.ports().node() + " antnode0001.service",
        "close " + node.ports().node());
  }

  // Sessions

  @Test
  void withoutAnybodyAtTheScreenNodesRunInTheUsersOwnDomain() throws Exception {
    bench.configure("no_gui", "1");
    NodeSpec node = bench.ask(1);

    long pid = up(manager, node);

    assertThat(bench.launchctl("print", TestLaunchd.user() + "/" + label(1))).contains("\tpid = " + pid + "\n");
    assertThat(running(manager, node)).isEqualTo(pid);

    bench.configure("no_gui", "0");
    assertThat(done(manager.start(node)).changed()).as("somebody logs in, and it runs on").isFalse();
    done(manager.stop(node));
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  // Launchd in trouble

  @Test
  void aLaunchctlThatFailsMakesNothingOfTheNodes() throws IOException {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    bench.configure("fail.print", "1 Cannot talk to launchd");

    assertThat(state(manager, node)).isInstanceOfSatisfying(ProcessState.Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("print", "exit 1", "Cannot talk to launchd"));
    assertThatThrownBy(manager::survey).isInstanceOf(ManagerUnavailableException.class)
        .hasMessageContaining("Cannot talk to launchd");
    assertThat(reason(manager.stop(node))).contains("Cannot talk to launchd");
    assertThat(reason(manager.remove(node))).contains("Cannot talk to launchd");
    assertThat(node.binary()).exists();
    bench.configure("fail.print", "");
  }

  @Test
  void aLaunchctlThatHangsIsEndedAndTold() throws IOException {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    bench.configure("hang.print", "300");

    assertThat(state(manager, node)).isInstanceOfSatisfying(ProcessState.Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("print", "killed at its limit after 20"));
    bench.configure("hang.print", "");
  }

  @Test
  void aRefusedLoadIsToldWithWhatLaunchctlSaid() throws IOException {
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    bench.configure("fail.bootstrap", "5 Bootstrap failed: 5: Input/output error");

    assertThat(reason(manager.start(node))).contains("antnode0001.service", "bootstrap", "exit 5", "Input/output error");
  }

  // Many nodes

  @Test
  void theStatusOfManyNodesIsOneCommandOnceTheyHaveRunForAWhile() throws IOException {
    NodeSpec first = bench.ask(1);
    up(manager, first);
    List<NodeSpec> nodes = new ArrayList<>(List.of(first));
    for (int id = 2; id <= 50; id++) {
      nodes.add(bench.ask(id));
    }
    ProcessManager later = bench.userAfter(Duration.ofMinutes(10));
    bench.calls();

    Map<Integer, ProcessState> states = later.status(nodes);

    assertThat(bench.calls()).as("one that started lately is asked for by itself: it may be in a crash loop")
        .containsExactly("print " + TestLaunchd.gui());
    assertThat(states).hasSize(50);
    assertThat(states.get(1)).isInstanceOf(ProcessState.Running.class);
    assertThat(states.get(50)).isInstanceOf(ProcessState.Missing.class);
  }

  @Test
  void aNodeWhoseFolderIsGoneIsNotForgottenWhileItsPropertyListIsThere() throws IOException {
    done(manager.create(bench.ask(2)));
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Files.move(node.rootDir(), bench.home.resolve("aside"));

    assertThat(state(manager, node)).isInstanceOfSatisfying(ProcessState.Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("is gone", bench.plist(1).toString(), "remove the node"));
    done(manager.remove(node));
    assertThat(state(manager, node)).isInstanceOf(ProcessState.Missing.class);
  }

  // Nodes of the Python wnm

  @Test
  void aNodeOfThePythonWnmIsTakenOverWithoutARestart() throws Exception {
    bench.configure("session", TestLaunchd.gui());
    NodeSpec made = bench.ask(1);
    PythonPlist.make(made, bench.plist(1), bench.logs);
    bench.launchctl("load", bench.plist(1).toString());
    long pid = running(manager, made);

    assertThat(manager.survey()).singleElement().satisfies(found -> {
      assertThat(found.facts().service()).isEqualTo("antnode0001.service");
      assertThat(found.facts().rootDir()).isEqualTo(made.rootDir());
      assertThat(found.facts().logDir()).isEqualTo(bench.logs);
      assertThat(found.facts().pid()).hasValue(pid);
      assertThat(found.id()).hasValue(1);
      assertThat(found.nodePort()).hasValue(made.ports().node());
      assertThat(found.metricsPort()).hasValue(made.ports().metrics().orElseThrow());
      assertThat(found.wallet()).contains(made.wallet());
      assertThat(found.environment()).isEqualTo(Map.of("RUST_LOG", "warn"));
      assertThat(found.state()).isInstanceOf(ProcessState.Running.class);
    });
    NodeSpec imported =
        bench.ask(1, "com.autonomi.antnode-1.plist", bench.logs, Map.of("RUST_LOG", "warn"), List.of(), made.user());
    assertThat(done(manager.start(imported)).changed()).isFalse();
    assertThat(running(manager, imported)).isEqualTo(pid);
  }

  @Test
  void aNodeOfThePythonWnmGoesThroughItsLifeAndLeavesTheLogsOfOthers() throws Exception {
    bench.configure("session", TestLaunchd.gui());
    NodeSpec made = bench.ask(1);
    PythonPlist.make(made, bench.plist(1), bench.logs);
    String text = Files.readString(bench.plist(1));
    bench.launchctl("load", bench.plist(1).toString());
    Path other = Files.writeString(bench.logs.resolve("antnode0002.log"), "x");
    NodeSpec imported =
        bench.ask(1, "com.autonomi.antnode-1.plist", bench.logs, Map.of(), List.of(), made.user());
    running(manager, imported);

    assertThat(done(manager.stop(imported)).changed()).isTrue();
    assertThat(done(manager.start(imported)).facts().service()).isEqualTo("com.autonomi.antnode-1.plist");
    assertThat(bench.plist(1)).as("used as it is").hasContent(text);
    assertThat(bench.logs.resolve("antnode0001.log")).exists();
    done(manager.remove(imported));

    assertThat(made.rootDir()).doesNotExist();
    assertThat(bench.plist(1)).doesNotExist();
    assertThat(bench.logs.resolve("antnode0001.log")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void propertyListsThatCannotBeReadArePassedOverAndTold() throws Exception {
    NodeSpec good = bench.ask(1);
    done(manager.create(good));
    Files.writeString(bench.plist(2), PythonPlist.text(bench.ask(2), Path.of("/logs & more")));
    Files.writeString(bench.plist(3), Files.readString(bench.plist(1)));
    Files.writeString(bench.plist(4), PropertyList.render(Map.of("Label", label(4), "ProgramArguments", List.of("/bin/a"))));
    Files.writeString(bench.plist(1).resolveSibling("com.example.other.plist"), "x");

    assertThat(manager.survey()).singleElement()
        .satisfies(found -> assertThat(found.facts().rootDir()).isEqualTo(good.rootDir()));

    assertThat(bench.progress)
        .anySatisfy(line -> assertThat(line).contains("antnode-2.plist is passed over", "no valid XML"))
        .anySatisfy(line -> assertThat(line).contains("antnode-3.plist is passed over", "its label is " + label(1)))
        .anySatisfy(line -> assertThat(line).contains("antnode-4.plist is passed over", "name no data folder"))
        .hasSize(3);
  }

  @Test
  void aNodeWhosePropertyListIsMissingIsFoundByItsFolderOrTold() throws Exception {
    NodeSpec node = bench.ask(1);
    up(manager, node);
    Files.delete(bench.plist(1));

    assertThat(manager.survey()).singleElement().satisfies(found -> {
      assertThat(found.facts().rootDir()).isEqualTo(node.rootDir());
      assertThat(found.id()).hasValue(1);
      assertThat(found.state()).isInstanceOf(ProcessState.Running.class);
    });
    assertThat(bench.progress).isEmpty();

    Path aside = node.rootDir().resolveSibling("aside");
    Files.move(node.rootDir(), aside);
    assertThat(manager.survey()).isEmpty();
    assertThat(bench.progress).singleElement().asString().contains(label(1) + " is passed over", "does not exist");
    Files.move(aside, node.rootDir());
    done(manager.remove(node));
    assertThat(node.rootDir()).doesNotExist();
  }

  private long pid(NodeSpec node) {
    return running(manager, node);
  }

  /** As the kernel does when memory is short. */
  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    eventually("it is gone", () -> ProcessHandle.of(pid).isEmpty());
  }
}
