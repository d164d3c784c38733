package dev.wnm.testkit.launchctl;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a launchctl of its own")
class StandInLaunchctlTest {
  private static final int INT = 2;
  private static final int TERM = 15;
  private static final String SLEEP = "trap 'exit 3' INT; trap 'exit 4' TERM; while :; do sleep 0.05; done";
  /** Longer than any machine takes to look at a service that waits. */
  private static final String THROTTLED_FOR_LONG = "<key>ThrottleInterval</key><integer>600</integer>";

  private final String gui = "gui/" + new UnixSystem().getUid();
  private Path folder;
  private Path launchctl;

  @BeforeEach
  void prepare(@TempDir Path newFolder) throws IOException {
    folder = newFolder.toRealPath();
    launchctl = StandInLaunchctl.installInto(folder.resolve("bin"));
  }

  @AfterEach
  void endAll() {
    StandInLaunchctl.endAll(launchctl, gui);
    eventually("the process that had the services is gone", () -> ProcessHandle.allProcesses().noneMatch(process ->
        process.info().commandLine().filter(line -> line.contains(folder.toString())).isPresent()));
  }

  // Words

  @ParameterizedTest
  @ValueSource(strings = {"", "frobnicate", "bootstrap", "bootstrap gui/0", "print", "print gui", "print gui/x",
      "print pid/1", "kickstart -x gui/0/t.x", "kickstart gui/0", "kill SIGFOO gui/0/t.x", "kill INT gui/0", "enable gui/0", "list a b"})
  void wordsThatItDoesNotKnowAreErrors(String words) throws Exception {
    CommandResult result = run(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.stderr()).contains("Usage: launchctl");
  }

  @Test
  void whatIsNotThereIsSaidAsLaunchctlSaysIt() throws Exception {
    String uid = gui.substring(4);
    assertThat(fails(113, "print", gui + "/t.x")).isEqualTo(
        "Could not find service \"t.x\" in domain for user gui: " + uid);
    assertThat(fails(113, "kickstart", gui + "/t.x")).contains("Could not find service");
    assertThat(fails(113, "kill", "SIGINT", gui + "/t.x")).contains("Could not find service");
    assertThat(fails(3, "bootout", gui + "/t.x")).isEqualTo("Boot-out failed: 3: No such process");
    assertThat(fails(113, "list", "t.x")).contains("Could not find service");
    StandInLaunchctl.configure(launchctl, Map.of("no_gui", "1"));
    assertThat(fails(112, "print", gui)).contains("Could not find domain for user gui: " + uid);
    assertThat(fails(125, "bootstrap", gui, "/x")).contains("125: Domain does not support specified action");
  }

  // A service's life

  @Test
  void aServiceIsLoadedRunsAndIsBootedOut() throws Exception {
    Path plist = plist("<key>RunAtLoad</key><true/>");

    ok("bootstrap", gui, plist.toString());
    long pid = pid();

    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(ok("print", gui)).containsPattern("\t\t +" + pid + " +- \tt\\.x\n");
    assertThat(ok("kickstart", "-p", gui + "/t.x")).contains("spawned with pid: " + pid);
    assertThat(fails(5, "bootstrap", gui, plist.toString())).contains("Bootstrap failed: 5: Input/output error");
    ok("bootout", gui + "/t.x");
    assertThat(ProcessHandle.of(pid)).isEmpty();
    fails(113, "print", gui + "/t.x");
  }

  @Test
  void aServiceThatIsNotToRunAtLoadWaitsForAKickstart() throws Exception {
    ok("bootstrap", gui, plist("").toString());
    assertThat(ok("print", gui + "/t.x")).contains("state = not running", "runs = 0", "last exit code = (never exited)");
    assertThat(fails(3, "kill", "SIGINT", gui + "/t.x")).isEqualTo("No process to signal.");

    ok("kickstart", gui + "/t.x");
    long first = pid();
    ok("kickstart", "-k", gui + "/t.x");

    assertThat(pid()).isNotEqualTo(first);
    assertThat(ProcessHandle.of(first)).isEmpty();
  }

  @Test
  void aServiceThatIsKeptAliveWaitsForItsThrottleInterval() throws Exception {
    ok("bootstrap", gui, plist("<key>KeepAlive</key><true/>" + THROTTLED_FOR_LONG).toString());
    awaitTraps("SigCgt", INT);

    ok("kill", "SIGINT", gui + "/t.x");

    eventually("it waits", () -> print().contains("state = spawn scheduled"));
    assertThat(print()).contains("last exit code = 3", "runs = 1");
  }

  @Test
  void aServiceIsKeptAliveOnceItsThrottleIntervalIsOver() throws Exception {
    ok("bootstrap", gui, plist("<key>KeepAlive</key><true/><key>ThrottleInterval</key><integer>1</integer>").toString());
    long first = pid();

    ok("kill", "SIGINT", gui + "/t.x");

    eventually("it runs again", () -> print().contains("runs = 2") && print().contains("state = running"));
    assertThat(pid()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"false, 3, true", "false, 0, false", "true, 3, false", "true, 0, true"})
  void successfulExitSaysAfterWhichEndsAServiceRunsAgain(boolean successfulExit, int code, boolean again) throws Exception {
    ok("bootstrap", gui, plist("exit " + code, THROTTLED_FOR_LONG + "<key>KeepAlive</key><dict><key>SuccessfulExit</key><" + successfulExit
        + "/></dict>").toString());

    eventually("it ended", () -> print().contains("last exit code = " + code));

    assertThat(print()).contains(again ? "state = spawn scheduled" : "state = not running");
  }

  @Test
  void aServiceThatIgnoresTermIsKilledAfterItsExitTimeout() throws Exception {
    ok("bootstrap", gui, plist("trap '' TERM; while :; do sleep 0.05; done",
        "<key>RunAtLoad</key><true/><key>ExitTimeOut</key><integer>1</integer>").toString());
    long pid = pid();
    awaitTraps("SigIgn", TERM);
    StandInLaunchctl.configure(launchctl, Map.of("bootout_wait", "0.1"));

    assertThat(fails(36, "bootout", gui + "/t.x")).contains("36: Operation now in progress");
    assertThat(fails(37, "bootstrap", gui, folder.resolve("t.x.plist").toString()))
        .contains("37: Operation already in progress");

    eventually("it is gone", () -> ProcessHandle.of(pid).isEmpty() && run("print", gui + "/t.x").exitCode() == 113);
  }

  @Test
  void whatAServiceLeavesInItsProcessGroupEndsWithIt() throws Exception {
    ok("bootstrap", gui, plist("sleep 300 & echo $!; exit 0",
        "<key>RunAtLoad</key><true/><key>StandardOutPath</key><string>" + folder + "/out</string>").toString());

    eventually("it ended", () -> print().contains("last exit code = 0"));
    long child = Long.parseLong(Files.readString(folder.resolve("out")).strip());
    eventually("its child is gone", () -> ProcessHandle.of(child).isEmpty());
  }

  @Test
  void aServiceSeesFoldersVariablesAndLimitsOfItsPropertyList() throws Exception {
    ok("bootstrap", gui, plist("pwd; ulimit -n; umask; echo \"$A\" \"$XPC_SERVICE_NAME\" \"$PATH\"; exit 0", """
        <key>RunAtLoad</key><true/><key>WorkingDirectory</key><string>%1$s</string>
        <key>StandardOutPath</key><string>%1$s/out</string><key>Umask</key><integer>63</integer>
        <key>SoftResourceLimits</key><dict><key>NumberOfFiles</key><integer>321</integer></dict>
        <key>EnvironmentVariables</key><dict><key>A</key><string>x &amp; y</string></dict>""".formatted(folder)).toString());

    eventually("it ran", () -> print().contains("last exit code = 0"));
    assertThat(folder.resolve("out")).hasContent(folder + "\n321\n0077\nx & y t.x /usr/bin:/bin:/usr/sbin:/sbin\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out")))).isEqualTo("rw-------");
  }

  @Test
  void aProgramThatCannotBeRunEndsWithTheExitCodeOfThat() throws Exception {
    ok("bootstrap", gui, plist("x", "<key>RunAtLoad</key><true/><key>WorkingDirectory</key><string>/nowhere</string>")
        .toString());

    eventually("it failed", () -> print().contains("last exit code = 78: EX_CONFIG"));
  }

  // Disabled, and after a reboot

  @Test
  void disabledServicesAreNotLoadedUntilTheyAreEnabled() throws Exception {
    Path plist = plist("<key>RunAtLoad</key><true/>");
    ok("disable", gui + "/t.x");
    assertThat(ok("print-disabled", gui)).contains("\"t.x\" => disabled");
    assertThat(ok("print-disabled", gui.replace("gui", "user"))).contains("\"t.x\" => disabled");

    assertThat(fails(119, "bootstrap", gui, plist.toString())).contains("119: Service is disabled");

    ok("enable", gui + "/t.x");
    assertThat(ok("print-disabled", gui)).contains("\"t.x\" => enabled");
    ok("bootstrap", gui, plist.toString());
  }

  @Test
  void aRebootStartsWhatIsEnabledAndNothingElse() throws Exception {
    Path plist = plist("<key>RunAtLoad</key><true/>");
    ok("bootstrap", gui, plist.toString());
    long before = pid();

    StandInLaunchctl.reboot(launchctl, gui, folder);
    assertThat(ProcessHandle.of(before)).isEmpty();
    assertThat(pid()).isNotEqualTo(before);

    ok("disable", gui + "/t.x");
    StandInLaunchctl.reboot(launchctl, gui, folder);
    fails(113, "print", gui + "/t.x");
  }

  @Test
  void theOlderSubcommandsMeanTheSameServices() throws Exception {
    StandInLaunchctl.configure(launchctl, Map.of("session", gui));
    Path plist = plist("<key>RunAtLoad</key><true/>");

    ok("load", plist.toString());
    assertThat(ok("list")).contains(pid() + "\t0\tt.x\n");
    assertThat(run("load", plist.toString()).stderr()).contains("Load failed: 5: Input/output error");
    ok("unload", plist.toString());
    assertThat(run("unload", plist.toString()).stderr()).contains("Could not find specified service");
    fails(113, "print", gui + "/t.x");
  }

  // Property lists

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "<key>Foo</key><true/>                                            | the key Foo is not known",
      "<key>RunAtLoad</key><string>true</string>                        | RunAtLoad is a string",
      "<key>KeepAlive</key><integer>1</integer>                         | KeepAlive is a integer",
      "<key>KeepAlive</key><dict><key>Foo</key><true/></dict>           | the key KeepAlive.Foo is not known",
      "<key>WorkingDirectory</key><string>here</string>                 | WorkingDirectory is no absolute path",
      "<key>ThrottleInterval</key><integer>ten</integer>                | 'ten' is no integer",
      "<key>EnvironmentVariables</key><dict><key>A</key><integer>1</integer></dict> | EnvironmentVariables.A is a integer",
      "<key>ProcessType</key><string>Fast</string>                      | ProcessType is not one of those",
      "<key>Label</key><string>t.x</string>                             | the key Label is there twice",
      "<key>UserName</key><string>root</string>                         | UserName is for the domain system",
      "<key>StandardOutPath</key><string>/a & b</string>                | an & that is no entity",
      "text                                                             | something else than keys and values",
      "<key>Umask</key>                                                 | the key Umask has no value"})
  void aPropertyListThatIsWrongIsRefusedWithTheReason(String more, String reason) throws Exception {
    assertThat(fails(109, "bootstrap", gui, plist(more).toString()))
        .contains("Bootstrap failed: 109: Invalid property list", "stand-in: ", reason);
  }

  @Test
  void aPropertyListThatOthersMayWriteIsRefused() throws Exception {
    Path plist = plist("");
    Files.setPosixFilePermissions(plist, PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(fails(122, "bootstrap", gui, plist.toString())).contains("122: Path had bad ownership/permissions");
    assertThat(fails(2, "bootstrap", gui, folder + "/none.plist")).contains("2: No such file or directory");
  }

  // Misbehaviour

  @Test
  void itFailsAndHangsAsToldAndWritesDownWhatItWasAsked() throws Exception {
    Path log = folder.resolve("calls");
    StandInLaunchctl.configure(launchctl, Map.of("fail.list", "77 no way", "hang.print", "0.3", "call_log", log.toString()));

    assertThat(fails(77, "list", "a\tb")).isEqualTo("no way");
    assertThat(run("print", gui).took()).isGreaterThan(Duration.ofMillis(300));

    assertThat(StandInLaunchctl.calls(log)).containsExactly(List.of("list", "a\tb"), List.of("print", gui));
  }

  private Path plist(String more) throws IOException {
    return plist(SLEEP, more);
  }

  private Path plist(String script, String more) throws IOException {
    Path file = Files.writeString(folder.resolve("t.x.plist"), """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key><string>t.x</string>
          <key>ProgramArguments</key>
          <array><string>/bin/sh</string><string>-c</string><string>%s</string></array>
          %s
        </dict>
        </plist>
        """.formatted(script.replace("&", "&amp;"), more));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private long pid() {
    eventually("it runs", () -> print().contains("\tpid = "));
    Matcher matcher = Pattern.compile("\tpid = (\\d+)").matcher(print());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /**
   * Until its script has said what it does at a signal: before that it ends by it as any process would.
   *
   * @param field of what the kernel knows of the process, where that shows
   */
  private void awaitTraps(String field, int signal) {
    Path status = Path.of("/proc/" + pid() + "/status");
    eventually("its traps are set", () -> {
      try (Stream<String> lines = Files.lines(status)) {
        return lines.filter(line -> line.startsWith(field + ":"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(field.length() + 1).strip(), 16) >> (signal - 1) & 1) == 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private String print() {
    return run("print", gui + "/t.x").stdout();
  }

  private String ok(String... words) {
    CommandResult result = run(words);
    assertThat(result.exitCode()).as(result.describe()).isZero();
    return result.stdout();
  }

  private String fails(int code, String... words) {
    CommandResult result = run(words);
    assertThat(result.exitCode()).as(result.describe()).isEqualTo(code);
    return result.stderr().strip();
  }

  private CommandResult run(String... words) {
    List<String> argv = new ArrayList<>(List.of(launchctl.toString()));
    argv.addAll(List.of(words));
    try {
      return new ProcessCommandRunner().run(Command.of(argv));
    } catch (CommandFailedException e) {
      throw new AssertionError(e);
    }
  }
}
