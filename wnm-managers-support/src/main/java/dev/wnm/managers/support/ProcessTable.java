package dev.wnm.managers.support;

import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this machine. Zombies and threads are not among them. Safe to use from many threads. */
public interface ProcessTable {
  /** That of the system wnm runs on. */
  static ProcessTable ofThisSystem() {
    Path proc = Path.of("/proc");
    return Files.exists(proc.resolve("self/stat")) ? new LinuxProcessTable(proc) : new PortableProcessTable();
  }

  /**
   * Every process that could be a node: those with {@code --root-dir} among their arguments, and none of a container, in which
   * the same paths are other files. Looks at each process once.
   *
   * @throws OperationFailedException when the processes cannot be listed, which is never to be taken for none
   */
  List<NodeProcess> candidates() throws OperationFailedException;

  /**
   * The nodes that run, by the paths that are their programs, or the scripts that their programs run: for nodes each of which has a
   * binary of its own.
   *
   * @throws OperationFailedException as {@link #candidates}
   */
  default Map<Path, Long> programs() throws OperationFailedException {
    Map<Path, Long> programs = new HashMap<>();
    for (NodeProcess process : candidates()) {
      process.arguments().programs().filter(Path::isAbsolute).forEach(program -> programs.put(program, process.pid()));
    }
    return programs;
  }

  /** The process that has this pid now. */
  Optional<NodeProcess> find(long pid);

  /** The variables a process was started with; empty where the system hides them. */
  Map<String, String> environment(long pid);
}
