package dev.wnm.core.colony;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.firewall.FirewallChoice;
import dev.wnm.core.host.HostMeter;
import dev.wnm.core.host.Meter;
import dev.wnm.core.host.Pause;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.probe.Prober;
import dev.wnm.core.work.Oversight;
import dev.wnm.core.work.WorkListener;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What a colony works with and does not own: the outside world, in parts that can be replaced one by one.
 *
 * @param managers finds the process managers, given the plug-in folder
 * @param runner runs programs
 * @param firewall what opens and closes ports, given the settings and the colony whose rules they are
 * @param meter measures the machine
 * @param platform the machine and the operator's account
 * @param clock the time
 * @param pause waits
 * @param progress is told of slow work
 * @param prober asks nodes how they are
 * @param work is told how work on many nodes or groups goes on
 * @param goesOn whether another operation on nodes may be begun; false lets a run under way come to its end, and no more is begun
 */
public record Dependencies(
    Function<Path, ManagerRegistry> managers,
    CommandRunner runner,
    BiFunction<Settings, ColonyId, Firewall> firewall,
    Meter meter,
    Platform platform,
    Clock clock,
    Pause pause,
    Progress progress,
    Prober prober,
    WorkListener work,
    BooleanSupplier goesOn) {

  /** Those of a run that asks nodes itself, tells nobody how it goes on, and goes on to its end. */
  public Dependencies(Function<Path, ManagerRegistry> managers, CommandRunner runner,
      BiFunction<Settings, ColonyId, Firewall> firewall, Meter meter, Platform platform, Clock clock, Pause pause, Progress progress) {
    this(managers, runner, firewall, meter, platform, clock, pause, progress, new NodeProber(), WorkListener.SILENT, () -> true);
  }

  /** The real things of this machine: process managers of the class path and the plug-in folder, its firewall. */
  public static Dependencies ofThisMachine(Platform platform, Progress progress) {
    Clock clock = Clock.systemUTC();
    CommandRunner runner = new ProcessCommandRunner();
    return new Dependencies(InstalledOptions::managers, runner, FirewallChoice.ofThisMachine(runner)::of,
        HostMeter.ofThisMachine(clock, Pause.REAL::of)::measure, platform, clock, Pause.REAL,
        progress);
  }

  /**
   * The same for a run that is watched.
   *
   * @param listener is told how work on many nodes or groups goes on
   * @param whileThis whether another operation may be begun; once it says no, it stays with that
   */
  public Dependencies watchedBy(WorkListener listener, BooleanSupplier whileThis) {
    return new Dependencies(managers, runner, firewall, meter, platform, clock, pause, progress, prober, listener, whileThis);
  }

  /** What stands above the work of a run. */
  Oversight oversight() {
    return new Oversight(work, goesOn);
  }
}
