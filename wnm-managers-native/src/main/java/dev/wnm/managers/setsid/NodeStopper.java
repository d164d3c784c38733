package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.program.Stopping;
import java.time.Duration;

/**
 * Ends a process: the signal that its program takes as the wish to end gracefully, then TERM, then KILL.
 *
 * <p>Signals are sent by the shell's {@code kill}: Java itself knows few of them, a process of another account needs sudo, and a
 * program of that name is not on every machine. Right before each signal the process is looked up again: pid, start time and
 * executable must be those of the process that was meant. What is left is the moment until {@code kill} runs, in which the
 * system would have to hand out every other pid first to give this one to another process.
 */
final class NodeStopper {
  /** A fixed text; what varies comes in as words of its own. */
  private static final String SHELLS_KILL = "kill -s \"$1\" \"$2\"";

  /**
   * How long each signal may take to work.
   *
   * @param afterAsking after the signal of the program
   */
  record Graces(Patience afterAsking, Duration afterTerm, Duration afterKill) {
    static final Graces DEFAULT = new Graces(Patience.OF_PROGRAMS, Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  private final ProcessTable table;
  private final CommandRunner runner;
  private final Rights rights;
  private final Graces graces;

  NodeStopper(ProcessTable table, CommandRunner runner, Rights rights, Graces graces) {
    this.table = table;
    this.runner = runner;
    this.rights = rights;
    this.graces = graces;
  }

  /**
   * Returns once the process is gone.
   *
   * @param how how its program is asked to end
   * @throws CommandFailedException when it cannot be signalled or outlives KILL
   */
  void end(NodeProcess process, Stopping how) throws CommandFailedException {
    if (!endBy(how.signal(), process, graces.afterAsking().after(how)) && !endBy("TERM", process, graces.afterTerm())
        && !endBy("KILL", process, graces.afterKill())) {
      throw new CommandFailedException("process " + process.pid() + " still runs " + graces.afterKill().toSeconds()
          + " s after KILL; it hangs in the system, on a failing disk perhaps");
    }
  }

  private boolean endBy(String signal, NodeProcess process, Duration grace) throws CommandFailedException {
    signal(signal, process);
    return Poll.until(grace, () -> !lives(process));
  }

  /** Sends a signal to exactly this process; one that is gone, or whose pid is another's now, gets none. */
  void signal(String signal, NodeProcess process) throws CommandFailedException {
    if (table.find(process.pid()).filter(now -> now.isSameAs(process) && now.executable().equals(process.executable()))
        .isEmpty()) {
      return;
    }
    CommandResult sent = runner.run(
        rights.privileged("sh", "-c", SHELLS_KILL, "sh", signal, Long.toString(process.pid())));
    if (!sent.succeeded() && lives(process)) {
      throw new CommandFailedException(sent.describe());
    }
  }

  private boolean lives(NodeProcess process) {
    return table.find(process.pid()).filter(process::isSameAs).isPresent();
  }
}
