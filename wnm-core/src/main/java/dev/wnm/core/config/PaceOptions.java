package dev.wnm.core.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** How fast wnm goes. */
interface PaceOptions {
  int LONGEST_DELAY_SECONDS = 31_536_000;

  Option<Integer> MAX_CONCURRENT_STARTS = proposedAtOnce("max_concurrent_starts").help("Nodes that start or are added at once.");
  Option<Integer> MAX_CONCURRENT_UPGRADES = proposedAtOnce("max_concurrent_upgrades").help("Nodes that are upgraded at once.");
  Option<Integer> MAX_CONCURRENT_REMOVALS = atOnce("max_concurrent_removals")
      .help("Nodes that are stopped or removed at once.");
  Option<Integer> MAX_CONCURRENT_OPERATIONS = proposedAtOnce("max_concurrent_operations").help("All of these together.");
  Option<Duration> DELAY_START = delay("delay_start", 300).proposedAtInit().help("Look at a started node after this long.");
  Option<Duration> DELAY_RESTART = delay("delay_restart", 600).help("Kept for the Python wnm; has no effect.");
  Option<Duration> DELAY_UPGRADE = delay("delay_upgrade", 300).proposedAtInit().help("Look at an upgraded node after this long.");
  Option<Duration> UPGRADE_SETTLING_TIME = Option.seconds("upgrade_settling_time", 0, 86_400).ours()
      .initially(Duration.ofMinutes(5)).help("A new antnode or image has proven itself once the first node, or group, has"
          + " answered with it for this long; only then do others get it. 0: as soon as it answers.");
  Option<Integer> RESTART_AFTER_MISSED_PROBES = Option.integer("restart_after_missed_probes", 0, 10_000).ours().initially(5)
      .help("Start a node again whose process runs when it has not answered so many looks in a row; 0: never.");
  Option<Boolean> ENABLE_UPGRADE = Option.flag("enable_upgrade").ours().negatable().initially(true)
      .help("Bring nodes to a newer antnode at --antnode_path, one first and then the others. --no_enable_upgrade leaves that to"
          + " antnode, which upgrades itself; --force_action upgrade works all the same.");
  Option<Boolean> ALLOW_DOWNGRADE = Option.flag("allow_downgrade").ours().negatable()
      .help("Bring nodes to the antnode at --antnode_path also when it is older than theirs, one first and then the others, as after a version that"
          + " did not prove itself; whether an older one can read what a newer one wrote is its makers' word. --no_allow_downgrade ends it.");
  Option<Boolean> HOLD = Option.flag("hold").ours().negatable()
      .help("Begin nothing new: add and upgrade no node. What protects the machine, and starts of nodes that it stopped, go on; --no_hold ends it.");
  Option<Duration> DELAY_REMOVE = delay("delay_remove", 300)
      .help("Delete a node's data this long after it was stopped for good, and stop the next one no sooner.");
  Option<Duration> SURVEY_DELAY = Option.millis("survey_delay").initially(Duration.ZERO)
      .help("Pause between nodes in a survey.");
  Option<Duration> THIS_SURVEY_DELAY = Option.millis("this_survey_delay").scope(Scope.RUN)
      .heededBy(RunMode.cycles(), RunMode.nodeOrders(), EnumSet.of(RunMode.IMPORT))
      .heededBeside(RunMode.reports(), "force_action")
      .help("Overrules --survey_delay in this run.");
  Option<Duration> ACTION_DELAY = Option.millis("action_delay").initially(Duration.ZERO)
      .help("Pause between operations on nodes.");
  Option<Duration> THIS_ACTION_DELAY = Option.millis("this_action_delay").scope(Scope.RUN)
      .heededBy(RunMode.cycles(), RunMode.nodeOrders(), EnumSet.of(RunMode.IMPORT))
      .help("Overrules --action_delay in this run.");
  Option<Duration> INTERVAL = Option.millis("interval").scope(Scope.RUN).commonWord()
      .heededBy(RunMode.cycles(), RunMode.nodeOrders(), EnumSet.of(RunMode.IMPORT))
      .help("Overrules --this_action_delay: antctl's word for it.");

  OptionGroup PACE = new OptionGroup("How fast wnm goes", List.of(MAX_CONCURRENT_STARTS, MAX_CONCURRENT_UPGRADES,
      MAX_CONCURRENT_REMOVALS, MAX_CONCURRENT_OPERATIONS, DELAY_START, DELAY_RESTART, DELAY_UPGRADE,
      ENABLE_UPGRADE, ALLOW_DOWNGRADE, UPGRADE_SETTLING_TIME, HOLD, DELAY_REMOVE, RESTART_AFTER_MISSED_PROBES, SURVEY_DELAY, THIS_SURVEY_DELAY,
      ACTION_DELAY, THIS_ACTION_DELAY, INTERVAL));

  private static OptionDraft<Integer> atOnce(String name) {
    return Option.integer(name, 1, ResourceOptions.MOST_NODES).initially(1);
  }

  private static OptionDraft<Integer> proposedAtOnce(String name) {
    return atOnce(name).proposedAtInit();
  }

  private static OptionDraft<Duration> delay(String name, int seconds) {
    return Option.seconds(name, 0, LONGEST_DELAY_SECONDS).initially(Duration.ofSeconds(seconds));
  }
}
