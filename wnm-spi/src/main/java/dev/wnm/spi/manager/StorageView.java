package dev.wnm.spi.manager;

import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What nodes of this machine are that have no process, by their folders: one look at each storage, however many nodes. For
 * one thread.
 */
public final class StorageView {
  private final ColonyId colony;
  private final Map<Path, StorageState> states = new HashMap<>();

  public StorageView(ColonyId colony) {
    this.colony = colony;
  }

  /**
   * The state of a node that has no process: stopped while its folder is in a storage of the colony, missing when it is not,
   * and unknown where the storage is not known to be there.
   *
   * @param rootDir the node's data folder
   * @param detail how it ended; asked for only when it is stopped
   */
  public ProcessState ofNodeThatIsDown(Path rootDir, Supplier<String> detail) {
    return ofNodeThatIsDown(rootDir, 0, detail);
  }

  /** The same of a node that died. @param deaths how often, see {@link ProcessState.Stopped} */
  public ProcessState ofNodeThatIsDown(Path rootDir, int deaths, Supplier<String> detail) {
    ProcessState state = stateOfNodeThatIsDown(rootDir, detail);
    return state instanceof ProcessState.Stopped stopped ? new ProcessState.Stopped(stopped.detail(), deaths) : state;
  }

  private ProcessState stateOfNodeThatIsDown(Path rootDir, Supplier<String> detail) {
    Path storage = NodeSpec.storageOf(rootDir);
    StorageState state = states.computeIfAbsent(storage, folder -> StorageMarker.look(colony, folder));
    return of(storage, state, rootDir, detail);
  }

  /** The same of a node whose storage was looked at elsewhere, in a container say. */
  public static ProcessState of(Path storage, StorageState state, Path rootDir, Supplier<String> detail) {
    if (state instanceof StorageState.Ours ours) {
      return isIn(rootDir, ours.names()) ? new ProcessState.Stopped(detail.get()) : new ProcessState.Missing();
    }
    if (state instanceof StorageState.Unreachable away) {
      return new ProcessState.Unknown("the node storage " + storage + ": " + away.reason() + "; is its disk mounted?");
    }
    if (state instanceof StorageState.Foreign foreign) {
      return new ProcessState.Unknown("the node storage " + storage + " is another colony's (" + foreign.owner() + ")");
    }
    return new ProcessState.Unknown("the node storage " + storage + " does not carry the colony's marker; is its disk mounted?");
  }

  private static boolean isIn(Path rootDir, Set<String> names) {
    return rootDir.getFileName() != null && names.contains(rootDir.getFileName().toString());
  }
}
