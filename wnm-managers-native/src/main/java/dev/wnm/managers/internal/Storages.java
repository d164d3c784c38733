package dev.wnm.managers.internal;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What nodes without a process are, by their folders: one look at each storage folder, however many nodes. For one thread. */
public final class Storages {
  private final Map<Path, Set<String>> names = new HashMap<>();

  /**
   * The state of a node that has no process: stopped while its folder is there, unknown where its storage folder may be the
   * mount point of a disk that is not mounted.
   *
   * @param detail how it ended; asked for only when it is stopped
   */
  public ProcessState ofNodeThatIsDown(NodeSpec node, Supplier<String> detail) {
    return ofFolderThatIsDown(node.rootDir(), detail);
  }

  /** The same of a node of which only the data folder is known. */
  public ProcessState ofFolderThatIsDown(Path rootDir, Supplier<String> detail) {
    Path storage = rootDir.getParent();
    try {
      if (!names.containsKey(storage)) {
        names.put(storage, namesIn(storage));
      }
    } catch (IOException e) {
      return new ProcessState.Unknown("cannot read the node storage " + storage + ": " + Sentences.of(e));
    }
    Set<String> there = names.get(storage);
    if (there.isEmpty()) {
      return new ProcessState.Unknown("the node storage " + storage + " is missing or empty; is its disk mounted?");
    }
    return there.contains(rootDir.getFileName().toString())
        ? new ProcessState.Stopped(detail.get()) : new ProcessState.Missing();
  }

  private static Set<String> namesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
