package dev.wnm.spi.internal;

import dev.wnm.spi.program.NodeProgram;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The node programs that plug-ins have brought into this JVM, in the order in which they came. Whoever adds one has looked it over
 * first, and before anything that deletes asks. None is ever taken away: what protects its nodes' keys must not end with a run.
 * Safe for many threads.
 */
public final class BroughtPrograms {
  private static final List<NodeProgram> ALL = new CopyOnWriteArrayList<>();

  private BroughtPrograms() {}

  /** From now on it is known to all. @param program one of a name and a key file that no other has */
  public static void add(NodeProgram program) {
    ALL.add(program);
  }

  /** Those so far. */
  public static List<NodeProgram> all() {
    return List.copyOf(ALL);
  }
}
