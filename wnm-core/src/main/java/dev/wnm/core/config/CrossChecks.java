package dev.wnm.core.config;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.program.NodePrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final Map<String, String> stored;
  private final List<String> warnings = new ArrayList<>();

  private CrossChecks(Settings settings, Map<String, String> stored) {
    this.settings = settings;
    this.stored = stored;
  }

  /**
   * Checks all. A contradiction within what was stored before (a database of the Python wnm, which checks nothing) is a
   * warning: such a machine keeps running; new values have to be right.
   *
   * @param stored the kept values by option name, as texts
   * @return warnings, each a sentence
   * @throws BadInputException for the first contradiction that a new value is part of
   */
  static List<String> check(Settings settings, Map<String, String> stored) {
    CrossChecks checks = new CrossChecks(settings, stored);
    PAIRS.forEach(checks::checkThresholds);
    checks.checkPorts();
    checks.checkWallets();
    checks.checkStartArguments();
    return List.copyOf(checks.warnings);
  }

  /**
   * Adding must stop before removing begins, or nodes would come and go for ever. 0 switches a threshold off, and so does
   * 100 % for both of a pair.
   */
  private void checkThresholds(Pair pair) {
    double add = settings.get(pair.add()).doubleValue();
    double remove = settings.get(pair.remove()).doubleValue();
    boolean unlimited = pair.add().unit().equals("%") && add == 100 && remove == 100;
    if (add != 0 && remove != 0 && add >= remove && !unlimited) {
      report(named(pair.add()) + " must be below " + named(pair.remove()), pair.add(), pair.remove());
    }
  }

  /** Node ids run from 1 to the cap, so each kind of port has a range; ranges must be usable and apart. */
  private void checkPorts() {
    PortPlan plan = settings.portPlan(NodePrograms.usual());
    plan.problem(settings.get(Options.NODE_CAP)).ifPresent(problem -> report(problem, Options.NODE_CAP, Options.PORT_START,
        Options.METRICS_PORT_START, Options.RPC_PORT_START));
  }

  /**
   * The zero address is refused, and one with a wrong checksum unless confirmed. What is stored was accepted once, by whatever
   * program, and nodes pay to it: it is told at each run, and ends none.
   */
  private void checkWallets() {
    String rewards = settings.get(Options.REWARDS_ADDRESS);
    if (rewards.isEmpty() && settings.get(Options.INIT)) {
      throw new BadInputException("--init needs " + Options.REWARDS_ADDRESS + ": " + Options.REWARDS_ADDRESS.allowed());
    }
    boolean isNewList = isNew(Options.REWARDS_ADDRESS);
    List<WalletAddress> listed = List.of();
    try {
      listed = rewards.isEmpty() ? List.of()
          : WalletList.parse(rewards, settings.get(Options.DONATE_ADDRESS)).addresses();
    } catch (IllegalArgumentException e) {
      accept("--" + e.getMessage(), Options.REWARDS_ADDRESS, isNewList || isNew(Options.DONATE_ADDRESS));
    }
    Optional<WalletAddress> donate = WalletAddress.parse(settings.get(Options.DONATE_ADDRESS));
    if (donate.isEmpty()) {
      accept(Options.DONATE_ADDRESS + " must be " + Options.DONATE_ADDRESS.allowed(), Options.DONATE_ADDRESS, false);
    } else {
      checkWallet(Options.DONATE_ADDRESS, donate.get(),
          isNew(Options.DONATE_ADDRESS) || isNewList && listed.contains(donate.get()));
    }
    listed.stream().filter(wallet -> !donate.equals(Optional.of(wallet)))
        .forEach(wallet -> checkWallet(Options.REWARDS_ADDRESS, wallet, isNewList));
  }

  private void checkWallet(Option<String> option, WalletAddress wallet, boolean isNew) {
    wallet.flaw().ifPresent(flaw -> {
      boolean mayBeConfirmed = isNew && !wallet.isZero();
      accept(option + ": wallet " + wallet + " " + flaw
          + (mayBeConfirmed && !isConfirmed() ? "; if the address is right, add --confirm" : ""),
          option, isNew && (wallet.isZero() || !isConfirmed()));
    });
  }

  private boolean isConfirmed() {
    return settings.get(Options.CONFIRM);
  }

  private void checkStartArguments() {
    StartArguments.read(settings.get(Options.START_ARGS)).problems().forEach(problem ->
        accept(Options.START_ARGS + " " + problem, Options.START_ARGS, isNew(Options.START_ARGS)));
  }

  private boolean isNew(Option<?> option) {
    return settings.isNew(option, stored);
  }

  /** Refuses what is new, and warns of what was there before. */
  private void accept(String sentence, Option<?> option, boolean isNew) {
    String whole = sentence + " (from " + settings.source(option) + ")";
    if (isNew) {
      throw new BadInputException(whole);
    }
    warnings.add(whole);
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
