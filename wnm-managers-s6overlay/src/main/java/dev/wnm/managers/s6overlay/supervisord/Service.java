package dev.wnm.managers.s6overlay.supervisord;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One process of supervisord's, on its way to a service. Texts may hold marks of {@link Expander}.
 *
 * @param name of the service
 * @param program the name of the program's section
 * @param place where that begins
 * @param command its words
 * @param level the priority of its group and its own: lower levels start first
 */
record Service(
    String name, String program, Place place, List<String> command, Level level, boolean autostart, Surroundings around,
    Restarts restarts, Stop stop, Log out, Log err, Optional<Socket> socket) {
  Service withLogs(Log newOut, Log newErr) {
    return new Service(name, program, place, command, level, autostart, around, restarts, stop, newOut, newErr, socket);
  }

  /** A place in the order of starts. */
  record Level(int group, int own) implements Comparable<Level> {
    @Override
    public int compareTo(Level other) {
      return group == other.group ? Integer.compare(own, other.own) : Integer.compare(group, other.group);
    }
  }

  /** What the process finds around itself; an umask and a number of open files of nothing are left as they are. */
  record Surroundings(
      Optional<String> user, String directory, Optional<String> umask, int openFiles, Map<String, String> environment) {}

  /** When it is started again. */
  record Restarts(Auto auto, int startSeconds, int startRetries, Set<Integer> expected) {
    enum Auto { NEVER, UNEXPECTED, ALWAYS }
  }

  /** How it is stopped. */
  record Stop(String signal, int waitSeconds, boolean signalGroup, boolean killGroup) {}

  /** A socket that it finds as its standard input, listening. */
  record Socket(String path, String mode, int backlog) {}

  /** Where a stream of output goes. */
  sealed interface Log {
    /** To the container's log. */
    record ToContainer() implements Log {}

    /** Nowhere. */
    record ToNothing() implements Log {}

    /** Where standard output goes. Only for standard error. */
    record ToOutput() implements Log {}

    /** Into a folder of its own, kept by s6-log. */
    record ToFolder(String folder, long bytes, int backups) implements Log {}
  }
}
