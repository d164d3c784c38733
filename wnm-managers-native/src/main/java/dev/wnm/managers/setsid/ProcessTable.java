package dev.wnm.managers.setsid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this machine. Zombies and threads are not among them. Safe to use from many threads. */
interface ProcessTable {
  /** That of the system wnm runs on. */
  static ProcessTable ofThisSystem() {
    Path proc = Path.of("/proc");
    return Files.exists(proc.resolve("self/stat")) ? new LinuxProcessTable(proc) : new PortableProcessTable();
  }

  /** Every process that could be a node: those with {@code --root-dir} among their arguments. Looks at each process once. */
  List<NodeProcess> candidates();

  /** The process that has this pid now. */
  Optional<NodeProcess> find(long pid);

  /** The variables a process was started with; empty where the system hides them. */
  Map<String, String> environment(long pid);
}
