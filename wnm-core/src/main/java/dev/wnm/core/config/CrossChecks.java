package dev.wnm.core.config;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.wallet.WalletList;
import java.util.ArrayList;
import java.util.List;

/** Checks settings against each other. */
final class CrossChecks {
  private static final List<Pair> PAIRS = List.of(
      new Pair(Options.CPU_LESS_THAN, Options.CPU_REMOVE),
      new Pair(Options.MEM_LESS_THAN, Options.MEM_REMOVE),
      new Pair(Options.HD_LESS_THAN, Options.HD_REMOVE),
      new Pair(Options.DESIRED_LOAD_AVERAGE, Options.MAX_LOAD_AVERAGE_ALLOWED),
      new Pair(Options.HDIO_READ_LESS_THAN, Options.HDIO_READ_REMOVE),
      new Pair(Options.HDIO_WRITE_LESS_THAN, Options.HDIO_WRITE_REMOVE),
      new Pair(Options.NETIO_READ_LESS_THAN, Options.NETIO_READ_REMOVE),
      new Pair(Options.NETIO_WRITE_LESS_THAN, Options.NETIO_WRITE_REMOVE));

  private final Settings settings;
  private final List<String> warnings = new ArrayList<>();

  private CrossChecks(Settings settings) {
    this.settings = settings;
  }

  /**
   * Checks all. A contradiction within what was stored before (a database of the Python wnm, which checks nothing) is a
   * warning: such a machine keeps running; new values have to be right.
   *
   * @return warnings, each a sentence
   * @throws BadInputException for the first contradiction that a new value is part of
   */
  static List<String> check(Settings settings) {
    CrossChecks checks = new CrossChecks(settings);
    PAIRS.forEach(checks::checkThresholds);
    checks.checkPorts();
    checks.checkWallets();
    return List.copyOf(checks.warnings);
  }

  /** Adding must stop before removing begins, or nodes would come and go for ever. 0 switches a threshold off. */
  private void checkThresholds(Pair pair) {
    double add = settings.get(pair.add()).doubleValue();
    double remove = settings.get(pair.remove()).doubleValue();
    if (add != 0 && remove != 0 && add >= remove) {
      report(named(pair.add()) + " must be below " + named(pair.remove()), pair.add(), pair.remove());
    }
  }

  /** Node ids run from 1 to the cap, so each kind of port has a range; ranges must be usable and apart. */
  private void checkPorts() {
    PortPlan plan = new PortPlan(settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START),
        settings.get(Options.RPC_PORT_START));
    plan.problem(settings.get(Options.NODE_CAP)).ifPresent(problem -> report(problem, Options.NODE_CAP, Options.PORT_START,
        Options.METRICS_PORT_START, Options.RPC_PORT_START));
  }

  /** A wrong checksum is worth a warning when the wallet is typed, not at every cycle from then on. */
  private void checkWallets() {
    String rewards = settings.get(Options.REWARDS_ADDRESS);
    if (rewards.isEmpty()) {
      if (settings.get(Options.INIT)) {
        throw new BadInputException("--init needs " + Options.REWARDS_ADDRESS + ": " + Options.REWARDS_ADDRESS.allowed());
      }
      return;
    }
    try {
      WalletList wallets = WalletList.parse(rewards, settings.get(Options.DONATE_ADDRESS));
      if (settings.isGiven(Options.REWARDS_ADDRESS) || settings.isGiven(Options.DONATE_ADDRESS)) {
        warnings.addAll(wallets.warnings());
      }
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--" + e.getMessage() + " (from " + settings.source(Options.REWARDS_ADDRESS) + ")");
    }
  }

  private void report(String sentence, Option<?>... options) {
    for (Option<?> option : options) {
      if (settings.isGiven(option)) {
        throw new BadInputException(sentence);
      }
    }
    warnings.add(sentence);
  }

  private String named(Option<?> option) {
    return settings.setting(option).map(Setting::toString).orElse(option.toString());
  }

  private record Pair(Option<? extends Number> add, Option<? extends Number> remove) {}
}
