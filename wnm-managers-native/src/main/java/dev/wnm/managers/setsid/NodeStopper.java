package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.time.Duration;

/**
 * Ends a process: INT, which antnode takes as the wish to end gracefully (it needs a second, and more on a busy machine),
 * then TERM, which kills it at once unless it hangs, then KILL.
 *
 * <p>Signals are sent by the shell's {@code kill}: Java itself knows no INT, a process of another account needs sudo, and a
 * program of that name is not on every machine. Right before each signal the process is looked up again: pid, start time and
 * executable must be those of the process that was meant. What is left is the moment until {@code kill} runs, in which the
 * system would have to hand out every other pid first to give this one to another process.
 */
final class NodeStopper {
  /** A fixed text; what varies comes in as words of its own. */
  private static final String SHELLS_KILL = "kill -s \"$1\" \"$2\"";

  /** How long each signal may take to work. */
  record Graces(Duration afterInt, Duration afterTerm, Duration afterKill) {
    static final Graces DEFAULT = new Graces(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(10));
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
   * @throws CommandFailedException when it cannot be signalled or outlives KILL
   */
  void end(NodeProcess process) throws CommandFailedException {
    if (!endBy("INT", process, graces.afterInt()) && !endBy("TERM", process, graces.afterTerm())
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
