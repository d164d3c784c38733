package dev.wnm.managers.s6overlay.supervisord;

import java.util.LinkedHashMap;
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
 * @param process what supervisord calls the process
 * @param group what supervisord calls its group; the program's name where it is in none
 * @param command what is started
 * @param level the priority of its group and its own: lower levels start first
 */
record Service(
    String name, String program, String process, String group, Place place, Command command, Level level,
    boolean autostart, Surroundings around, Restarts restarts, Stop stop, Log out, Log err, Optional<Socket> socket) {
  Service withLogs(Log newOut, Log newErr) {
    return new Service(name, program, process, group, place, command, level, autostart, around, restarts, stop, newOut,
        newErr, socket);
  }

  Service withCommand(Command other) {
    return new Service(name, program, process, group, place, other, level, autostart, around, restarts, stop, out, err,
        socket);
  }

  Service withUser(String user) {
    return new Service(name, program, process, group, place, command, level, autostart, new Surroundings(Optional.of(user),
        around.directory(), around.umask(), around.openFiles(), around.environment()), restarts, stop, out, err, socket);
  }

  Service withVariables(Map<String, String> more) {
    Map<String, String> variables = new LinkedHashMap<>(more);
    variables.putAll(around.environment());
    return new Service(name, program, process, group, place, command, level, autostart,
        new Surroundings(around.user(), around.directory(), around.umask(), around.openFiles(), variables), restarts, stop,
        out, err, socket);
  }

  /**
   * What is started, without a shell.
   *
   * @param text as it stands in the file, expanded
   * @param words the text split as supervisord splits it; marks of variables are taken for letters
   */
  record Command(Place place, String text, List<String> words) {
    /** Whether the words are known only when the service starts, since a variable may hold several, or none. */
    boolean isSplitAtStart() {
      return Expander.READ_AT_START.matcher(text).find();
    }
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
    /** Whether a logger stands behind it. */
    default boolean needsLogger() {
      return this instanceof ToFolder || this instanceof AtStart;
    }

    /** To the container's log: its standard error, or else its standard output. */
    record ToContainer(boolean asError) implements Log {}

    /** Nowhere. */
    record ToNothing() implements Log {}

    /** Where standard output goes. Only for standard error. */
    record ToOutput() implements Log {}

    /** Into a folder of its own, kept by s6-log, unless the file turns out to be a device. */
    record ToFolder(String file, String folder, long bytes, int backups) implements Log {}

    /**
     * Where a {@link LogTarget} that is known only in the container says.
     *
     * @param auto the file if that is AUTO
     */
    record AtStart(String file, String auto, long bytes, int backups) implements Log {}
  }
}
