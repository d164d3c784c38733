package dev.wnm.managers.antctl;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.program.NodeArguments;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which nodes run, by the command lines of their processes. antctl's own word on that is not taken: the pid it names
 * may be a thread's, or after a reboot another program's. One without {@code --root-dir} is no node: somebody copies its
 * binary or asks it for its version.
 *
 * @param programs the pids of nodes, by the path that is their program, or the script that their program runs
 */
record Processes(Map<Path, Long> programs) {
  /** What {@code head -v} writes before each file. */
  private static final Pattern HEADER = Pattern.compile("(?m)^==> /proc/(\\d+)/cmdline <==\n");

  Processes {
    programs = Map.copyOf(programs);
  }

  /** The pid of the process that runs this binary. */
  Optional<Long> of(Path binary) {
    return Optional.ofNullable(programs.get(binary.normalize()));
  }

  /** Those of this machine; not those of its containers, in which the same path is another file. */
  static Processes ofThisMachine() throws OperationFailedException {
    return new Processes(ProcessTable.ofThisSystem().programs());
  }

  /** Those that {@code head -v -c N /proc/[0-9]*}{@code /cmdline} has told of. */
  static Processes parse(String heads) {
    Map<Path, Long> programs = new HashMap<>();
    var header = HEADER.matcher(heads);
    long pid = 0;
    int begin = 0;
    while (header.find()) {
      add(programs, pid, heads.substring(begin, header.start()));
      pid = Long.parseLong(header.group(1));
      begin = header.end();
    }
    add(programs, pid, heads.substring(begin));
    return new Processes(programs);
  }

  private static void add(Map<Path, Long> programs, long pid, String commandLine) {
    if (NodeProcess.mayBe(commandLine)) {
      new NodeArguments(List.of(commandLine.split("\0"))).programs().filter(Path::isAbsolute)
          .forEach(program -> programs.put(program, pid));
    }
  }
}
