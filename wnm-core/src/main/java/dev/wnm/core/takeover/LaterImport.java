package dev.wnm.core.takeover;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Traits;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Takes over nodes that a process manager runs and that a colony which is at work already does not know. */
public final class LaterImport {
  private final Settings settings;
  private final ColonyStore store;
  private final ProcessManager manager;
  private final boolean dryRun;

  public LaterImport(Settings settings, ColonyStore store, ProcessManager manager, boolean dryRun) {
    this.settings = settings;
    this.store = store;
    this.manager = manager;
    this.dryRun = dryRun;
  }

  /**
   * Stores rows for those that have none; in a dry run it only finds them. Touches no node.
   *
   * @param notes is told what an operator should know of them, a sentence each
   * @return their rows
   * @throws ManagerUnavailableException when the process manager cannot tell its nodes
   */
  public List<Node> run(Fleet fleet, Instant now, List<String> notes) throws ManagerUnavailableException {
    Importer.Imported imported = Importer.into(settings, fleet.nodes(), store.containers(), now).take(manager.survey());
    notes.addAll(imported.notes());
    if (!dryRun && !imported.nodes().isEmpty()) {
      int highest = imported.nodes().stream().mapToInt(Node::id).max().orElseThrow();
      if (manager.traits().numbering() == Traits.Numbering.MONOTONIC
          && highest > settings.find(Options.HIGHEST_NODE_ID_USED).orElse(0)) {
        store.saveSettings(Map.of(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highest)));
      }
      store.save(imported.containers(), imported.nodes());
    }
    return imported.nodes();
  }
}
