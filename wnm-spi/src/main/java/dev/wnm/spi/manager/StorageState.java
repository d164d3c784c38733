package dev.wnm.spi.manager;

import dev.wnm.spi.model.ColonyId;
import java.util.Set;

/**
 * Whether a storage is what it was when nodes were put there. Only of {@link Ours} may anything be concluded from what is not
 * in it: every other may be the empty mount point of a disk that is not mounted, or somebody else's.
 */
public sealed interface StorageState {
  /** It carries the colony's marker. @param names what is in it */
  record Ours(Set<String> names) implements StorageState {
    public Ours {
      names = Set.copyOf(names);
    }
  }

  /** It is there and carries no marker. @param names what is in it */
  record Unmarked(Set<String> names) implements StorageState {
    public Unmarked {
      names = Set.copyOf(names);
    }
  }

  /** It carries the marker of another colony. @param names what is in it */
  record Foreign(ColonyId owner, Set<String> names) implements StorageState {
    public Foreign {
      names = Set.copyOf(names);
    }
  }

  /**
   * It is not there, or cannot be looked into.
   *
   * @param reason a clause that says why, such as {@code it does not exist}
   * @param hangs whether nothing that is asked of it returns
   */
  record Unreachable(String reason, boolean hangs) implements StorageState {
    public Unreachable(String reason) {
      this(reason, false);
    }
  }
}
