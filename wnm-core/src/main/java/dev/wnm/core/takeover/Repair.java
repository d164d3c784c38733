package dev.wnm.core.takeover;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.ManagerTypes;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Wording;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.Traits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts right, once for each database, what the Python wnm wrote wrongly into its rows: paths, types, ports, numbers. The
 * process managers are asked what is true; no node is touched. Where one cannot be asked, its rows wait for the next run.
 */
public final class Repair {
  private static final System.Logger LOG = System.getLogger(Repair.class.getName());

  private final Settings settings;
  private final ColonyStore store;
  private final Managers managers;
  private final CycleState cycleState;
  private final boolean dryRun;

  public Repair(Settings settings, ColonyStore store, Managers managers, CycleState cycleState, boolean dryRun) {
    this.settings = settings;
    this.store = store;
    this.managers = managers;
    this.cycleState = cycleState;
    this.dryRun = dryRun;
  }

  /**
   * What came of it.
   *
   * @param nodes all rows as they are now, or in a dry run would be
   * @param settings what follows from them, as texts by option name
   */
  public record Repaired(List<Node> nodes, Map<String, String> settings) {}

  public boolean isDue() {
    return !cycleState.repaired().contains(CycleState.ALL_MANAGERS);
  }

  /** Repairs all rows whose process managers can be asked and have not been: rows, numbers and mark are one transaction. */
  public Repaired run(Instant now) {
    List<Node> rows = store.nodes();
    if (rows.stream().anyMatch(Fleet.in(NodeStatus.UNREADABLE))) {
      // Rows are deleted and written anew, under other numbers too: one that cannot be read would be lost.
      LOG.log(System.Logger.Level.WARNING, "what the database says of nodes is not compared with what is while one of its rows"
          + " cannot be read; the next run tries again");
      return new Repaired(rows, Map.of());
    }
    ManagerTypes types = managers.types();
    Map<String, Long> counts = rows.stream()
        .collect(Collectors.groupingBy(row -> types.whole(row, managers.mainType()), Collectors.counting()));
    Set<String> done = new TreeSet<>(cycleState.repaired());
    // The journal speaks of nodes by their numbers, so none may change while an entry is open.
    boolean renumber = store.openOperations().isEmpty();
    Map<Integer, String> containers = RepairPlan.names(store.containers());
    RepairPlan plan = RepairPlan.untouched(rows);
    boolean complete = true;
    for (String type : new TreeSet<>(counts.keySet())) {
      if (done.contains(type)) {
        continue;
      }
      try {
        plan = plan.with(type, managers.of(type).survey(), types, managers.mainType(), containers, now);
        if (renumber && isNumbering(type)) {
          plan = plan.numberedByService(type);
        }
        done.add(type);
      } catch (ManagerUnavailableException e) {
        complete = false;
        LOG.log(System.Logger.Level.WARNING, "what the database says of {0} nodes of {1} cannot be compared with what is;"
            + " the next run tries again: {2}", counts.get(type), type, e.getMessage());
      }
    }
    Map<String, String> changes = numbers(plan);
    if (!dryRun) {
      Map<String, String> texts = new HashMap<>(changes);
      texts.putAll(CycleState.repairedText(complete ? Set.of(CycleState.ALL_MANAGERS) : done));
      List<RowRepair> changed = plan.changed();
      store.rewrite(changed.stream().map(row -> row.before().id()).toList(), changed.stream().map(RowRepair::after).toList(),
          texts);
    }
    log(plan);
    return new Repaired(plan.nodes(), changes);
  }

  private Map<String, String> numbers(RepairPlan plan) {
    int highest = plan.highestNumber(settings);
    return isNumbering(managers.mainType()) && highest > settings.find(Options.HIGHEST_NODE_ID_USED).orElse(0)
        ? Map.of(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highest))
        : Map.of();
  }

  private boolean isNumbering(String type) {
    return managers.of(type).traits().numbering() == Traits.Numbering.MONOTONIC;
  }

  private void log(RepairPlan plan) {
    String verb = (dryRun ? "DRYRUN: " : "") + new Wording(dryRun).did("repaired") + " ";
    for (RowRepair row : plan.changed()) {
      // A port is what the operator's firewall and router know a node by.
      System.Logger.Level level =
          dryRun || row.movesPorts() ? System.Logger.Level.WARNING : System.Logger.Level.INFO;
      LOG.log(level, "{0}{1}: {2}", verb, row.before().service(), row.sentence());
    }
    plan.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    if (!settings.isGiven(Options.ENABLE_UPGRADE)
        && !store.machine().orElse(Map.of()).containsKey(Options.ENABLE_UPGRADE.name())) {
      // Its releases differ in this, and their files do not tell which of them it was.
      LOG.log(System.Logger.Level.WARNING, "wnm brings nodes to a newer antnode at {0}, as the Python wnm 0.5 does and 0.6 does not"
          + " unless told; --no_enable_upgrade leaves that to antnode", settings.get(Options.ANTNODE_PATH));
    }
  }
}
