package dev.wnm.managers.s6overlay;

import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A look into a group's container. */
sealed interface Snapshot {
  /** What it tells of one node. */
  OfNode of(String service);

  /** s6 in it answered. @param nodes all that it knows, by name */
  record Clear(Map<String, NodeView> nodes) implements Snapshot {
    @Override
    public OfNode of(String service) {
      return new OfNode(Optional.ofNullable(nodes.get(service)), "", "", 0);
    }
  }

  /** It does not run, or is not there. */
  record Down() implements Snapshot {
    @Override
    public OfNode of(String service) {
      return new OfNode(Optional.empty(), "its container does not run", "", 0);
    }
  }

  /**
   * It dies again and again, and all nodes in it with it.
   *
   * @param deaths how often it died
   * @param how a clause that says so
   */
  record Looping(int deaths, String how) implements Snapshot {
    @Override
    public OfNode of(String service) {
      return new OfNode(Optional.empty(), how, "", deaths);
    }
  }

  /** Nothing can be told. */
  record Unclear(String reason) implements Snapshot {
    @Override
    public OfNode of(String service) {
      return new OfNode(Optional.empty(), "", reason, 0);
    }
  }

  /**
   * One node as it was seen.
   *
   * @param view what s6 says of it, if it knows it
   * @param down why it does not run when s6 does not know it; may be empty
   * @param unclear why nothing can be told; empty when something can
   * @param deaths how often its container died, when that does not stop
   */
  record OfNode(Optional<NodeView> view, String down, String unclear, int deaths) {
    /** What it does, by its folder too. A volume that is not in the storage of all groups took its nodes with it. */
    ProcessState state(Path rootDir, StorageView storages) {
      ProcessState withFolder = stateWithFolder();
      if (!(withFolder instanceof ProcessState.Stopped stopped)) {
        return withFolder;
      }
      ProcessState inVolume = storages.ofNodeThatIsDown(rootDir, stopped.deaths(), stopped::detail);
      boolean volumeIsGone = inVolume instanceof ProcessState.Unknown
          && storages.ofNodeThatIsDown(rootDir.getParent(), () -> "") instanceof ProcessState.Missing;
      return volumeIsGone ? new ProcessState.Missing() : inVolume;
    }

    /** What a node does whose folder is there. */
    ProcessState stateWithFolder() {
      if (!unclear.isEmpty()) {
        return new ProcessState.Unknown(unclear);
      }
      return view.map(NodeView::asProcess).orElseGet(() -> new ProcessState.Stopped(down, deaths));
    }
  }
}
