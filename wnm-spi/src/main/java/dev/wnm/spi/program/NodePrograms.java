package dev.wnm.spi.program;

import dev.wnm.spi.internal.BroughtPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs that are known in this JVM. What protects a node's key must not depend on who asks, so these are the same for all:
 * those of the class path, and those that the plug-ins of a colony brought, once its options were looked for. Safe for many threads.
 */
public final class NodePrograms {
  private NodePrograms() {}

  /** Loaded when first asked for. */
  private static final class ClassPath {
    static final List<NodeProgram> ALL = load();

    private static List<NodeProgram> load() {
      List<NodeProgram> found = new ArrayList<>();
      ServiceLoader.load(NodeProgram.class, NodePrograms.class.getClassLoader()).forEach(found::add);
      if (found.isEmpty()) {
        throw new IllegalStateException("no node program is on the class path; wnm's own are in the jar wnm-programs");
      }
      found.sort(Comparator.comparingInt(NodeProgram::rank).thenComparing(NodeProgram::name));
      return List.copyOf(found);
    }
  }

  /** All of them, the usual one first, those of plug-ins last; never empty. */
  public static List<NodeProgram> all() {
    List<NodeProgram> brought = BroughtPrograms.all();
    return brought.isEmpty() ? ofClassPath() : Stream.concat(ofClassPath().stream(), brought.stream()).toList();
  }

  /** Those of the class path, the usual one first; never empty. */
  public static List<NodeProgram> ofClassPath() {
    return ClassPath.ALL;
  }

  /** The one that is meant where nothing says which; always one of the class path. */
  public static NodeProgram usual() {
    return ofClassPath().get(0);
  }

  /** The one of this name. */
  public static Optional<NodeProgram> named(String name) {
    return all().stream().filter(program -> program.name().equals(name)).findFirst();
  }

  /** The one that a binary is a copy of, by its file name: the program's, whatever follows it. */
  public static Optional<NodeProgram> ofFile(Path binary) {
    Path name = binary.getFileName();
    return name == null ? Optional.empty()
        : all().stream().filter(program -> name.toString().startsWith(program.name())).max(Comparator.comparingInt(program -> program.name().length()));
  }

  /** The names of the files that nodes' identities are kept in. */
  public static Set<String> keyFiles() {
    return all().stream().map(NodeProgram::keyFile).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether some program makes files of this name in nodes' folders. */
  public static boolean isOwnFile(String name) {
    return all().stream().anyMatch(program -> program.isOwnFile(name));
  }
}
