package dev.wnm.managers.antctl;

import dev.wnm.managers.support.LogFiles;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place with an antctl of its own, hence a registry of its own: this machine, or a container. */
interface Instance {
  /** Words: pid, binary. The system may have given the pid to another process meanwhile. */
  String INTERRUPT = "[ ! -d /proc/self ] || grep -qaF -- \"$2\" \"/proc/$1/cmdline\" || exit 1; kill -s INT \"$1\"";

  /** The name of its container; empty for this machine. */
  Optional<String> name();

  /** The container it is, as Docker tells; empty for this machine. */
  Optional<Container> container() throws OperationFailedException;

  /** What antctl says its version is ({@code --crate-version}); proof that it can be called at all. */
  String version() throws OperationFailedException;

  /**
   * Such a call of antctl, under the lock that keeps calls to it apart.
   *
   * @param environment variables that antctl reads
   * @param limit of the call once the lock is there
   */
  Command call(List<String> arguments, Map<String, String> environment, Duration limit) throws OperationFailedException;

  /** What is there, without a call of antctl, which would write. */
  Snapshot snapshot() throws OperationFailedException;

  /** When these files were last changed; those that are not there or cannot be seen are left out. */
  Map<Path, Instant> changed(List<Path> files);

  /** How it stands with a folder that holds nodes' folders. */
  StorageState storage(ColonyId colony, Path folder);

  /** Gives such a folder the colony's marker, and makes it where it is missing. */
  void claim(ColonyId colony, Path folder) throws OperationFailedException;

  /** Takes the marker away again. */
  void release(ColonyId colony, Path folder) throws OperationFailedException;

  /** Whether this file is there. @throws OperationFailedException when that cannot be told */
  boolean isThere(Path file) throws OperationFailedException;

  /** Whether a folder holds the key of a node, whichever program's. */
  default boolean holdsKey(Path folder) throws OperationFailedException {
    for (String key : NodePrograms.keyFiles()) {
      if (isThere(folder.resolve(key))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a symbolic link is there, wherever it leads to. @throws OperationFailedException when that cannot be told */
  boolean isLink(Path path) throws OperationFailedException;

  /** Whether this file is there and may be executed. @throws OperationFailedException when that cannot be told */
  boolean isProgram(Path file) throws OperationFailedException;

  /** Whether these files hold the same. @throws OperationFailedException when that cannot be told, as when one is missing */
  boolean isSame(Path one, Path other) throws OperationFailedException;

  /** Whether systemd holds another unit of this service than the one in its file; also false where it does not run. */
  boolean holdsOldUnit(String service);

  /** Makes systemd read its files again. */
  CommandResult reloadUnits() throws CommandFailedException;

  /**
   * Sends INT to a process, if it is still that of this binary.
   *
   * @return whether it was sent; false also where this account may not
   */
  boolean interrupt(long pid, Path binary);

  /** The end of a log; empty when there is none, or it cannot be read. */
  String end(Path log);

  /** Reads the files of nodes' logs. */
  LogFiles logFiles();

  /** Why a node ended, by what it wrote when it died, in one line; empty when it wrote nothing. */
  default Optional<String> lastWords(Path logDir) {
    return Antctl.PROGRAM.failureFile().map(name -> CauseLine.of(end(logDir.resolve(name)))).filter(cause -> !cause.isEmpty());
  }

  /** Whether pids here are those that wnm sees. */
  default boolean sharesPids() {
    return name().isEmpty();
  }

  /** The same for a sentence: nothing, or the container. */
  default String inWords() {
    return name().map(container -> " in container " + container).orElse("");
  }

  /**
   * What is there at one moment.
   *
   * @param entries what antctl wrote down last; who runs is told by {@code processes}
   * @param processes what runs
   */
  record Snapshot(List<Entry> entries, Processes processes) {
    Optional<Entry> entry(String service) {
      return entries.stream().filter(entry -> entry.service().equals(service)).findFirst();
    }
  }
}
