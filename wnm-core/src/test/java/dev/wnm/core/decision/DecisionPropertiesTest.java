package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.decision.PlannedAction.Target;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecisionPropertiesTest {
  @Property
  void theSameQuestionGetsTheSameAnswer(@ForAll("situations") Situation situation) {
    assertThat(situation.decision()).isEqualTo(situation.decision());
  }

  @Property
  void thereIsAlwaysSomethingToDoAndTheMoreUrgentComesFirst(@ForAll("situations") Situation situation) {
    assertThat(situation.decision().actions()).isNotEmpty()
        .isSortedAccordingTo(Comparator.comparingInt(PlannedAction::priority).reversed())
        .allSatisfy(action -> assertThat(action.reason()).isNotBlank().doesNotContain("\n"));
  }

  @Property
  void eachThingToDoIsSaidOnce(@ForAll("situations") Situation situation) {
    assertThat(situation.decision().actions()).extracting(action -> action.type() + " " + action.target()).doesNotHaveDuplicates();
  }

  @Property
  void noLimitIsExceeded(@ForAll("situations") Situation situation) {
    DecisionInput input = situation.input();
    FleetCounts fleet = input.fleet();
    Concurrency limits = input.limits().concurrency();
    List<PlannedAction> actions = situation.decision().actions();
    long upgrades = count(actions, ActionType.UPGRADE);
    long growth = count(actions, ActionType.START) + count(actions, ActionType.ADD);
    long stops = count(actions, ActionType.STOP);
    long removals = removals(actions);
    assertThat(upgrades).isLessThanOrEqualTo(Math.max(0, limits.upgrades() - fleet.upgrading()));
    assertThat(growth).isLessThanOrEqualTo(Math.max(0, limits.starts() - fleet.restarting()));
    assertThat(count(actions, ActionType.REMOVE) + stops).isLessThanOrEqualTo(Math.max(0, limits.removals() - fleet.removing()));
    boolean forDisk = situation.decision().features().has(Feature.REMOVE_HD);
    assertThat(upgrades + growth + stops + (forDisk ? 0 : removals))
        .isLessThanOrEqualTo(Math.max(0, limits.operations() - fleet.operations()));
  }

  @Property
  void noMoreTargetsAreWantedThanThereAre(@ForAll("situations") Situation situation) {
    FleetCounts fleet = situation.input().fleet();
    List<PlannedAction> actions = situation.decision().actions();
    assertThat(count(actions, action -> action.target() == Target.RUNNING_NODE)).isLessThanOrEqualTo(fleet.running());
    assertThat(count(actions, action -> action.target() == Target.STOPPED_NODE)).isLessThanOrEqualTo(fleet.stopped());
    assertThat(count(actions, action -> action.target() == Target.DEAD_NODE)).isLessThanOrEqualTo(fleet.dead());
    assertThat(count(actions, ActionType.START)).isLessThanOrEqualTo(fleet.startable());
  }

  @Property
  void nothingGrowsWhileARemovalFeatureHolds(@ForAll("situations") Situation situation) {
    Features features = situation.decision().features();
    if (features.holding().stream().anyMatch(FeatureRules.PRESSURE::contains) || features.has(Feature.REMOVE)) {
      assertThat(situation.decision().actions()).extracting(PlannedAction::type)
          .doesNotContain(ActionType.START, ActionType.ADD, ActionType.UPGRADE);
    }
  }

  @Property
  void brakesHold(@ForAll("situations") Situation situation) {
    List<PlannedAction> actions = situation.decision().actions();
    if (situation.brakes.oneUpgrade()) {
      assertThat(count(actions, ActionType.UPGRADE)).isLessThanOrEqualTo(1);
    }
    if (situation.brakes.upgrades().isPresent()) {
      assertThat(count(actions, ActionType.UPGRADE)).isZero();
    }
    if (situation.brakes.adds().isPresent()) {
      assertThat(count(actions, ActionType.ADD)).isZero();
    }
  }

  @Property
  void nothingGrowsBeyondTheCap(@ForAll("situations") Situation situation) {
    FleetCounts fleet = situation.input().fleet();
    List<PlannedAction> actions = situation.decision().actions();
    long adds = count(actions, ActionType.ADD);
    if (adds > 0) {
      assertThat(fleet.staying() + adds).isLessThanOrEqualTo(situation.cap);
    }
    assertThat(fleet.running() + count(actions, ActionType.START)).isLessThanOrEqualTo(
        Math.max(situation.cap, fleet.running()));
  }

  @Property
  void onlyTheDiskAndTheCapRemoveAndTheCapNoMoreThanTheExcess(@ForAll("situations") Situation situation) {
    Decision decision = situation.decision();
    long removals = removals(decision.actions());
    boolean forDisk = decision.features().has(Feature.REMOVE_HD) && !situation.input().settling();
    if (removals > 0 && !forDisk) {
      assertThat(removals).isLessThanOrEqualTo(FeatureRules.overCap(situation.input()));
    }
  }

  @Property
  void everyFeatureIsExplainedInOneLine(@ForAll("situations") Situation situation) {
    assertThat(DecisionEngine.explain(situation.input()))
        .containsOnlyKeys(Feature.values())
        .allSatisfy((feature, why) -> assertThat(why).isNotBlank().doesNotContain("\n"));
  }

  @Provide
  Arbitrary<Situation> situations() {
    return Arbitraries.randomValue(DecisionPropertiesTest::situation);
  }

  /** Values are drawn from few numbers that lie close together, so that limits are often met exactly. */
  static Situation situation(Random random) {
    Situation situation = new Situation().concurrency(
        1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(6));
    situation.cap = random.nextInt(12);
    situation.running = random.nextInt(8);
    situation.stopped = random.nextInt(5);
    situation.restarting = few(random);
    situation.upgrading = few(random);
    situation.migrating = few(random);
    situation.removing = few(random);
    situation.dead = random.nextInt(10) == 0 ? 1 + random.nextInt(6) : 0;
    situation.disabled = few(random);
    situation.backingOff = Math.min(situation.stopped, few(random));
    situation.waiting = Math.min(situation.stopped - situation.backingOff, few(random));
    situation.brakes = new Brakes(words(random), random.nextBoolean(), words(random), situation.waiting > 0
        ? Optional.of("2 nodes that died wait until antnode0001 runs") : Optional.empty());
    situation.outdated = random.nextInt(situation.running + 3);
    situation.queenVersion = List.of("0.4.6", "0.4.7", "0.4.8", "0").get(random.nextInt(4));
    situation.rebooted = random.nextInt(20) == 0;
    situation.sinceLastStopSeconds = List.of(0, 299, 300, Integer.MAX_VALUE).get(random.nextInt(4));
    situation.cpu = percent(random, situation.cpuLimits);
    situation.memory = percent(random, situation.memoryLimits);
    situation.disk = percent(random, situation.diskLimits);
    situation.load15 = percent(random, situation.loadLimits);
    situation.netReadLimits = band(random);
    situation.netWriteLimits = band(random);
    situation.diskReadLimits = band(random);
    situation.diskWriteLimits = band(random);
    situation.netReads = random.nextInt(4);
    situation.diskWrites = random.nextInt(4);
    return situation;
  }

  private static Optional<String> words(Random random) {
    return random.nextInt(4) == 0 ? Optional.of("something failed") : Optional.empty();
  }

  private static int few(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(3) : 0;
  }

  private static double percent(Random random, Band limits) {
    return switch (random.nextInt(12)) {
      case 0 -> limits.lessThan();
      case 1 -> limits.remove();
      case 2 -> limits.remove() + 0.1;
      case 3 -> limits.lessThan() + 0.1;
      default -> 1;
    };
  }

  private static Band band(Random random) {
    return random.nextInt(4) == 0 ? new Band(random.nextInt(4), random.nextInt(5)) : new Band(0, 0);
  }

  private static long count(List<PlannedAction> actions, ActionType type) {
    return count(actions, action -> action.type() == type);
  }

  private static long count(List<PlannedAction> actions, Predicate<PlannedAction> which) {
    return actions.stream().filter(which).mapToLong(PlannedAction::count).sum();
  }

  /** Those for the machine's sake: rows of nodes that are dead take nothing from it. */
  private static long removals(List<PlannedAction> actions) {
    return count(actions, action -> action.type() == ActionType.REMOVE && action.target() != Target.DEAD_NODE);
  }
}
