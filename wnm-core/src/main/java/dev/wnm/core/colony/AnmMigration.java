package dev.wnm.core.colony;

import dev.wnm.core.config.ForeignValue;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.Pause;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.takeover.Importer.Imported;
import dev.wnm.core.takeover.OtherWallets;
import dev.wnm.core.takeover.anm.Anm;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes a machine over from anm: its settings, and its nodes, of which none is touched. All is checked first. Then anm's
 * cron entry is put aside, so that no two managers work on the nodes, and the nodes are looked at once more before they are
 * stored; whatever goes wrong from there on puts the entry back.
 */
final class AnmMigration {
  private static final System.Logger LOG = System.getLogger(AnmMigration.class.getName());
  /** A run of anm that cron began right before its entry was put aside shows itself within this time. */
  private static final Duration LAST_RUN_SHOWS_WITHIN = Duration.ofSeconds(2);

  private final Anm anm;
  private final Anm.Findings findings;
  private final Initializer initializer;
  private final Pause pause;

  /** @param initializer knows what anm says */
  AnmMigration(Anm anm, Anm.Findings findings, Initializer initializer, Pause pause) {
    this.anm = anm;
    this.findings = findings;
    this.initializer = initializer;
    this.pause = pause;
  }

  /** What anm says, and what goes with it. */
  static List<ForeignValue> settings(Anm.Findings findings, OptionRegistry options) {
    List<ForeignValue> settings = new ArrayList<>(findings.values());
    settings.addAll(Anm.settingsOfAll(options));
    return settings;
  }

  /** Does it, or in a dry run says what would be done. */
  Initializer.Checked run() throws ManagerUnavailableException, CycleLock.HeldException, IOException {
    Initializer.Checked checked = initializer.check(true, this::refuseUnfit);
    Initializer.say(findings.notes());
    if (initializer.isDryRun()) {
      tell(checked);
      return checked;
    }
    try (CycleLock lock = initializer.lock(); CronEntry entry = new CronEntry(anm)) {
      entry.putAside();
      pause.of(LAST_RUN_SHOWS_WITHIN);
      anm.requireIdle();
      checked = initializer.check(true, this::refuseUnfit);
      entry.leaveAsideAfter(initializer, checked, lock);
    }
    Initializer.say(checked.notes());
    LOG.log(System.Logger.Level.INFO, "took over {0}", names(checked));
    if (anm.hasBackup()) {
      LOG.log(System.Logger.Level.INFO, "anm is no longer called by cron; this gives the machine back to it: {0}",
          anm.wayBack());
    }
    return checked;
  }

  /** Refuses what would leave nodes without a manager, or delete some. */
  private void refuseUnfit(Settings settings, Imported imported) {
    int nodes = imported.nodes().size();
    if (nodes == 0) {
      throw new BadInputException("--migrate_anm: " + settings.get(Options.PROCESS_MANAGER) + " runs no node that could be"
          + " taken over" + imported.notes().stream().map(note -> "; " + note).collect(Collectors.joining()));
    }
    refuseOtherWallets(settings, imported);
    int cap = settings.get(Options.NODE_CAP);
    if (cap < nodes && isAnms(settings)) {
      throw new BadInputException("--migrate_anm: " + settings.source(Options.NODE_CAP) + " says " + cap + ", but there are "
          + nodes + " nodes, and wnm would delete the excess; say with --node_cap how many are to stay");
    }
  }

  /** anm keeps a wallet in two places, and an operator has switched it before: what runs may know better than what is written. */
  private static void refuseOtherWallets(Settings settings, Imported imported) {
    List<Node> running = imported.nodes().stream().filter(Fleet.in(NodeStatus.RUNNING)).toList();
    OtherWallets others = OtherWallets.of(running, settings);
    if (!others.isEmpty() && !settings.isOnCommandLine(Options.REWARDS_ADDRESS)) {
      throw new BadInputException("--migrate_anm: the running " + others.whoPay() + ", while " + Options.REWARDS_ADDRESS + " is "
          + others.given() + "; say with " + Options.REWARDS_ADDRESS + " where the rewards of new nodes go");
    }
  }

  private boolean isAnms(Settings settings) {
    return findings.values().stream()
        .anyMatch(value -> value.option() == Options.NODE_CAP && value.where().equals(settings.source(Options.NODE_CAP)));
  }

  private void tell(Initializer.Checked checked) {
    if (anm.isScheduled()) {
      LOG.log(System.Logger.Level.WARNING, "DRYRUN: {0} would have been put aside as {1}", anm.cron(), anm.backup());
    }
    LOG.log(System.Logger.Level.WARNING, "DRYRUN: would have taken over {0}", names(checked));
    Initializer.say(checked.notes());
  }

  private static String names(Initializer.Checked checked) {
    return checked.imported().nodes().size() + " nodes: "
        + checked.imported().nodes().stream().map(Node::service).collect(Collectors.joining(", "));
  }
}
