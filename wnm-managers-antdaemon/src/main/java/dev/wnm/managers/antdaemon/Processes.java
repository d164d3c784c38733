package dev.wnm.managers.antdaemon;

import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which nodes run, by the command lines of their processes: each has a binary of its own.
 *
 * @param programs the pids of nodes, by the path that is their program, or the script that their program runs
 */
record Processes(Map<Path, Long> programs) {
  Processes {
    programs = Map.copyOf(programs);
  }

  /** Those of this machine. @throws OperationFailedException when they cannot be listed */
  static Processes ofThisMachine() throws OperationFailedException {
    return new Processes(ProcessTable.ofThisSystem().programs());
  }

  /** The process that runs this binary; empty when none does. */
  OptionalLong of(Path binary) {
    Long pid = programs.get(binary.normalize());
    return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
  }
}
