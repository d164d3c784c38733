package dev.wnm.managers.setsid;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Rights;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.program.Stopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStopperTest {
  private static final Stopping INT = new Stopping("INT", Duration.ofSeconds(20));

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ProcessTable table = ProcessTable.ofThisSystem();
  private final List<String> commands = new ArrayList<>();
  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void intComesFirstAndIsEnoughForAProcessThatHeedsIt() throws Exception {
    NodeProcess process = running("$SIG{INT} = sub { exit 1 }; $SIG{TERM} = 'IGNORE';");

    stopper(LONG, LONG, LONG).end(process, INT);

    assertThat(table.find(process.pid())).isEmpty();
    assertThat(commands).containsExactly(kill("INT", process));
  }

  @Test
  void termFollowsForAProcessThatIgnoresInt() throws Exception {
    NodeProcess process = running("$SIG{INT} = 'IGNORE';");

    stopper(SHORT, LONG, LONG).end(process, INT);

    assertThat(table.find(process.pid())).isEmpty();
    assertThat(commands).containsExactly(kill("INT", process), kill("TERM", process));
  }

  @Test
  void killFollowsForAProcessThatIgnoresBoth() throws Exception {
    NodeProcess process = running("$SIG{INT} = $SIG{TERM} = 'IGNORE';");

    stopper(SHORT, SHORT, LONG).end(process, INT);

    assertThat(table.find(process.pid())).isEmpty();
    assertThat(commands).hasSize(3).last().isEqualTo(kill("KILL", process));
  }

  @Test
  void aRecycledPidIsNeverSignalled() throws Exception {
    NodeProcess now = running("");
    NodeProcess before = new NodeProcess(now.pid(), now.startedAt() + "1", now.program(), now.executable(), now.argv());

    stopper(LONG, LONG, LONG).end(before, INT);

    assertThat(commands).isEmpty();
    assertThat(table.find(now.pid())).contains(now);
  }

  @Test
  void aProcessThatBecameAnotherProgramIsNeverSignalled() throws Exception {
    NodeProcess now = running("");
    NodeProcess before = new NodeProcess(
        now.pid(), now.startedAt(), now.program(), Optional.of(Path.of("/opt/antnode")), now.argv());

    assertThatThrownBy(() -> stopper(SHORT, SHORT, SHORT).end(before, INT)).isInstanceOf(CommandFailedException.class);

    assertThat(commands).isEmpty();
    assertThat(table.find(now.pid())).contains(now);
  }

  @Test
  void aProcessThatIsGoneNeedsNoSignal() throws Exception {
    NodeProcess process = running("");
    started.get(0).destroyForcibly().waitFor();

    stopper(LONG, LONG, LONG).end(process, INT);

    assertThat(commands).isEmpty();
  }

  @Test
  void aSignalThatIsNotAllowedIsToldWithTheCommandThatFailed() throws Exception {
    NodeProcess process = running("");
    CommandRunner refusing = new Recording() {
      @Override
      public CommandResult run(Command command) {
        return new CommandResult(command, 1, "", "kill: Operation not permitted", Duration.ZERO, false);
      }
    };

    assertThatThrownBy(() -> stopper(refusing, SHORT, SHORT, SHORT).end(process, INT))
        .hasMessageContaining(kill("INT", process)).hasMessageContaining("Operation not permitted");
  }

  private NodeStopper stopper(Duration afterInt, Duration afterTerm, Duration afterKill) {
    return stopper(new Recording(), afterInt, afterTerm, afterKill);
  }

  private NodeStopper stopper(CommandRunner runner, Duration afterInt, Duration afterTerm, Duration afterKill) {
    return new NodeStopper(table, runner, Rights.own(runner),
        new NodeStopper.Graces(Patience.of(afterInt), afterTerm, afterKill));
  }

  private static String kill(String signal, NodeProcess process) {
    return "sh -c 'kill -s \"$1\" \"$2\"' sh " + signal + " " + process.pid();
  }

  /** A process that did this first, and then waits. */
  private NodeProcess running(String preparation) throws IOException {
    Path ready = folder.resolve("ready");
    Process process = new ProcessBuilder(
        "perl", "-e", preparation + " open F, '>', $ARGV[0]; close F; sleep 1 while 1", ready.toString()).start();
    started.add(process);
    eventually("the process is ready", () -> Files.exists(ready));
    return table.find(process.pid()).orElseThrow();
  }

  /** Runs commands and notes them. */
  private class Recording implements CommandRunner {
    private final CommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      commands.add(command.toString());
      return real.run(command);
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
