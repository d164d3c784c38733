package dev.wnm.managers.support;

import dev.wnm.spi.program.NodeArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process as it was when it was looked at.
 *
 * @param pid its number, which the system gives to another process some time after this one ended
 * @param startedAt when it started, in whatever form the system tells it; with the pid it names one process for ever
 * @param program the name of the file it was started from, as the system noted it; may be cut short
 * @param executable the file it runs, also when that was deleted or replaced meanwhile; absent where the system hides it
 * @param argv its program and arguments
 */
public record NodeProcess(long pid, String startedAt, String program, Optional<Path> executable, List<String> argv) {
  public NodeProcess {
    argv = List.copyOf(argv);
  }

  /** Whether a command line, its words ended by NUL as {@code /proc} has them, could be a node's. */
  public static boolean mayBe(String commandLine) {
    return commandLine.contains("\0--root-dir");
  }

  /** Whether this is one and the same process at two times. */
  public boolean isSameAs(NodeProcess other) {
    return pid == other.pid && startedAt.equals(other.startedAt);
  }

  public NodeArguments arguments() {
    return new NodeArguments(argv);
  }
}
