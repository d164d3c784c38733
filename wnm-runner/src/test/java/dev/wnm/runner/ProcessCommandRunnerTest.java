package dev.wnm.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCommandRunnerTest {
  private final ProcessCommandRunner runner = new ProcessCommandRunner();

  @TempDir Path folder;

  @Test
  void bothOutputsAreReadToTheEndHoweverMuchThereIs() throws Exception {
    CommandResult result = runner.run(perl(
        "for (1..20000) { print STDERR 'e' x 99, qq{\\n}; print STDOUT 'o' x 99, qq{\\n}; }"));

    assertThat(result.succeeded()).isTrue();
    assertThat(result.stdout()).hasSize(2_000_000).doesNotContain("e");
    assertThat(result.stderr()).hasSize(2_000_000).doesNotContain("o");
  }

  @Test
  void aProgramThatIsGivenInputReadsItAllAndOthersReadNothing() throws Exception {
    String much = "wnm\n".repeat(100_000);

    assertThat(runner.run(Command.of("cat").reading(much)).stdout()).isEqualTo(much);
    assertThat(runner.run(Command.of("cat")).stdout()).isEmpty();
  }

  @Test
  void aProgramThatDoesNotReadItsInputIsNoFailure() throws Exception {
    assertThat(runner.run(Command.of("true").reading("x".repeat(1_000_000))).succeeded()).isTrue();
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    assertThat(runner.run(Command.of("printf", "<%s>", "a b", "", "$HOME;`id`", "*", "'\"")).stdout())
        .isEqualTo("<a b><><$HOME;`id`><*><'\">");
  }

  @Test
  void atItsLimitAProgramIsKilledWithItsGrandchildrenAndWhatItSaidIsKept() throws Exception {
    // Each level writes its pid, then waits for ever; the innermost ignores TERM.
    CommandResult result = runner.run(perl("""
        $| = 1; print "$$\\n";
        unless (fork) { print "$$\\n"; unless (fork) { $SIG{TERM} = 'IGNORE'; print "$$\\n"; sleep 600; } sleep 600; }
        sleep 600;
        """).within(Duration.ofSeconds(2)));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.succeeded()).isFalse();
    assertThat(result.describe()).contains("killed at its limit");
    assertThat(result.stdout().lines()).hasSize(3).allSatisfy(pid -> assertGone(Long.parseLong(pid)));
  }

  @Test
  void aChildLeftInTheBackgroundDoesNotHoldItsParentsResultBack() throws Exception {
    CommandResult result = runner.run(perl("""
        $| = 1; my $child = fork; unless ($child) { sleep 600; exit; } print $child; exit 3;
        """));

    assertThat(result.timedOut()).isFalse();
    assertThat(result.exitCode()).isEqualTo(3);
    ProcessHandle child = ProcessHandle.of(Long.parseLong(result.stdout())).orElseThrow();
    child.destroyForcibly();
  }

  @Test
  void theExitCodeOfAProgramEndedByASignalIs128PlusItsNumber() throws Exception {
    assertThat(runner.run(perl("kill 'TERM', $$; sleep 600")).exitCode()).isEqualTo(128 + 15);
    assertThat(runner.run(perl("kill 'KILL', $$; sleep 600")).exitCode()).isEqualTo(128 + 9);
    assertThat(runner.run(perl("exit 42")).exitCode()).isEqualTo(42);
  }

  @Test
  void outputThatIsNotUtf8IsReplacedNotLost() throws Exception {
    assertThat(runner.run(perl("print qq{a\\xFFb\\xC3\\xA9}")).stdout()).isEqualTo("a\uFFFDb\u00E9");
  }

  @Test
  void programsSpeakTheCLocaleWithoutColoursUnlessTheCommandSaysOtherwise() throws Exception {
    assertThat(runner.run(Command.of("env")).stdout().lines()).contains("LC_ALL=C", "NO_COLOR=1");
    assertThat(runner.run(Command.of("env").with("LC_ALL", "C.UTF-8").with("EXTRA", "a b")).stdout().lines())
        .contains("LC_ALL=C.UTF-8", "EXTRA=a b", "PATH=" + System.getenv("PATH"));
  }

  @Test
  void aProgramRunsInTheFolderThatItsCommandNames() throws Exception {
    assertThat(runner.run(Command.of("pwd").in(folder)).stdout().strip()).isEqualTo(folder.toRealPath().toString());
  }

  @Test
  void aMissingProgramIsNamedWithTheReason() {
    assertThatThrownBy(() -> runner.run(Command.of("wnm-no-such-program", "a b")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("cannot start wnm-no-such-program 'a b': No such file or directory");
    assertThatThrownBy(() -> runner.spawn(Command.of("/no/such/antnode"), folder.resolve("log")))
        .hasMessage("cannot start /no/such/antnode: No such file or directory");
  }

  @Test
  void aFileThatIsNotExecutableIsNamedWithTheReason() throws Exception {
    Path file = Files.writeString(folder.resolve("antnode"), "#!/bin/sh\n");

    assertThatThrownBy(() -> runner.run(Command.of(file.toString())))
        .hasMessage("cannot start " + file + ": Permission denied");
  }

  @Test
  void aMissingWorkingFolderIsNotBlamedOnTheProgram() {
    assertThatThrownBy(() -> runner.run(Command.of("true").in(folder.resolve("gone"))))
        .hasMessage("cannot start true: its working folder " + folder.resolve("gone") + " does not exist");
  }

  @Test
  void aFailureTellsTheCommandItsExitCodeAndTheEndOfItsStderr() throws Exception {
    CommandResult result = runner.run(perl("print STDERR 'no unit of that name'; exit 5"));

    assertThatThrownBy(result::orThrow).isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("perl -e ").hasMessageContaining("exit 5").hasMessageEndingWith("no unit of that name");
  }

  @Test
  void anInterruptedRunKillsItsProgram() throws Exception {
    Path pidFile = folder.resolve("pid");
    var failure = new AtomicReference<Exception>();
    Thread thread = new Thread(() -> {
      try {
        runner.run(perl("open F, q{>}, q{pid~}; print F $$; close F; rename q{pid~}, q{pid}; sleep 600").in(folder));
      } catch (CommandFailedException e) {
        failure.set(e);
      }
    });
    thread.start();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!Files.exists(pidFile) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    long pid = Long.parseLong(Files.readString(pidFile));

    thread.interrupt();
    thread.join();

    assertThat(failure.get()).hasMessageContaining("interrupted");
    assertGone(pid);
  }

  @Test
  void aSpawnedProgramHasOnlyItsOwnEnvironmentNoInputAndAppendsBothOutputsToItsLog() throws Exception {
    Path log = Files.writeString(folder.resolve("node.log"), "before\n");
    Command command = new Command(
        Command.of("perl", "-e", "print join(',', map { \"$_=$ENV{$_}\" } sort keys %ENV), qq{\\n};"
            + " print STDERR 'input ', defined(<STDIN>) ? 'some' : 'none', qq{\\n};").argv(),
        Map.of("A", "1", "B", "x y"), "", Command.DEFAULT_LIMIT, Optional.of(folder));

    runner.spawn(command, log).onExit().get(20, TimeUnit.SECONDS);

    assertThat(Files.readAllLines(log)).containsExactlyInAnyOrder("before", "A=1,B=x y", "input none");
  }

  @Test
  void aProgramIsFoundOnThePathOnlyWhenItCanBeExecuted() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("tool"), "");
    Path tool = executable(folder.resolve("tool"));
    Files.createDirectory(other.resolve("dir"));
    var searching = new ProcessCommandRunner(other + "::" + folder);

    assertThat(searching.find("tool")).contains(tool);
    assertThat(searching.find("dir")).isEmpty();
    assertThat(searching.find("absent")).isEmpty();
    assertThat(searching.find(tool.toString())).contains(tool);
    assertThat(searching.find(other.resolve("tool").toString())).isEmpty();
  }

  private static Path executable(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Command perl(String program) {
    return Command.of("perl", "-e", program);
  }

  /** A killed process stays a moment as a zombie of its new parent. */
  private static void assertGone(long pid) {
    ProcessHandle.of(pid).ifPresent(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20)));
  }

  @Test
  void rootRunsNoProgramThatOthersCouldHavePutThere(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.toRealPath().resolve("program"), "#!/bin/sh\necho ran\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xrwx"));
    boolean root = Files.getAttribute(Path.of("/proc/self/"), "unix:uid").equals(0);

    if (root) {
      assertThatThrownBy(() -> runner.run(Command.of(program.toString()))).isInstanceOf(CommandFailedException.class)
          .hasMessageContainingAll("root does not run " + program, "chmod go-w " + program);
    } else {
      assertThat(runner.run(Command.of(program.toString())).stdout()).isEqualTo("ran\n");
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(runner.run(Command.of(program.toString())).stdout()).isEqualTo("ran\n");
  }
}
