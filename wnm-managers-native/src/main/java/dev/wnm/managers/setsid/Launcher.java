package dev.wnm.managers.setsid;

import dev.wnm.spi.command.CommandFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the processes of nodes, as the account that the mode asks for. */
interface Launcher {
  /** Where a node's process runs: it keeps no folder of the operator's busy. */
  Path WORKING_FOLDER = Path.of("/");

  /** What the node makes is for its account alone, its key above all, which some programs make with the umask. A fixed text. */
  List<String> PRIVATE_FILES = List.of("sh", "-c", "umask 077; unset PWD OLDPWD; exec \"$0\" \"$@\"");

  /** The account's own variables: HOME, USER, LOGNAME, PATH, and LANG and TZ where they are set. */
  Map<String, String> environment(String user) throws CommandFailedException;

  /**
   * Starts a node's process in a session of its own: stdin at its end, both outputs appended to {@code log}, and no
   * variables but these.
   *
   * @return the process, where it is a child of ours: its pid is the node's
   * @throws CommandFailedException when it could not be started
   */
  Optional<Process> launch(String user, List<String> words, Map<String, String> variables, Path log)
      throws CommandFailedException;
}
