package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.decision.Condition.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Conditions are what the engine decides by, so that they can never contradict it. */
class ConditionsTest {
  private static final List<ActionType> ACTIONS = List.of(ActionType.ADD, ActionType.START, ActionType.UPGRADE);

  private static List<Condition> unmet(ActionType action, Situation situation) {
    return DecisionEngine.whyNot(action, situation.input()).unmet();
  }

  @Property
  void anActionIsPlannedExactlyWhenAllItsConditionsAreMet(@ForAll("inputs") DecisionInput input) {
    Decision decision = DecisionEngine.decide(input);
    for (ActionType action : ACTIONS) {
      WhyNot whyNot = DecisionEngine.whyNot(action, input);
      int planned = decision.actions().stream().filter(each -> each.type() == action).mapToInt(PlannedAction::count).sum();
      assertThat(whyNot.unmet().isEmpty()).as("%s: %s, %s", action, whyNot.unmet(), decision.actions()).isEqualTo(planned > 0);
      assertThat(whyNot.planned()).isEqualTo(planned);
    }
  }

  @Property
  void eachConditionIsNamedOnceAndWhatIsMissedSaysByHowMuch(@ForAll("inputs") DecisionInput input) {
    for (ActionType action : ACTIONS) {
      List<Condition> conditions = DecisionEngine.whyNot(action, input).conditions();
      assertThat(conditions).extracting(Condition::key).doesNotHaveDuplicates();
      assertThat(conditions).allSatisfy(condition -> {
        assertThat(condition.present() + condition.needed()).isNotBlank().doesNotContain("\n");
        assertThat(condition.gap().isEmpty()).as(condition.toString()).isEqualTo(condition.state() == State.MET);
      });
    }
  }

  @Provide
  Arbitrary<DecisionInput> inputs() {
    return Arbitraries.randomValue(ConditionsTest::input);
  }

  /** Also with what is unknown, nodes that hang, and several disks. */
  private static DecisionInput input(Random random) {
    Situation situation = DecisionPropertiesTest.situation(random);
    situation.hung = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
    if (random.nextInt(6) == 0) {
      situation.memory = Double.NaN;
    }
    if (random.nextInt(6) == 0) {
      situation.antnodeVersion = "";
    }
    DecisionInput one = situation.input();
    List<Disk> disks = new ArrayList<>();
    for (int i = 0; random.nextInt(2) == 0 && i < 3; i++) {
      disks.add(new Disk("/" + i, random.nextInt(5) == 0 ? OptionalDouble.empty() : OptionalDouble.of(List.of(10, 75, 80, 91, 95).get(random.nextInt(5))),
          random.nextInt(4) > 0, random.nextInt(3), random.nextInt(2)));
    }
    return new DecisionInput(one.limits(), one.host(), one.fleet(), one.sinceLastStop(), one.rebooted(), one.brakes(), disks);
  }

  @Example
  void whatIsMissedIsToldWithTheLimitItsSettingAndTheDifference() {
    Situation situation = new Situation().running(20);
    situation.memory = 66;

    assertThat(unmet(ActionType.ADD, situation))
        .extracting(Condition::key, Condition::present, Condition::needed, Condition::option, Condition::gap).containsExactly(
            tuple("memory", "66.0 %", "below 60 %", Optional.of("mem_less_than"), "6.0 points too much"),
            tuple("nodes", "20", "below 20", Optional.of("node_cap"), "1 node too many"));
  }

  @Example
  void whatIsUnknownIsNeitherMetNorMissed() {
    Situation situation = new Situation();
    situation.cpu = Double.NaN;

    assertThat(unmet(ActionType.ADD, situation)).singleElement().satisfies(condition -> {
      assertThat(condition.state()).isEqualTo(State.UNKNOWN);
      assertThat(condition.present()).isEqualTo("unknown");
    });
  }

  @Example
  void whatPressesSaysThatItDoesMoreThanHoldBack() {
    assertThat(unmet(ActionType.ADD, new Situation().cpu(72))).extracting(Condition::key, Condition::gap).containsExactly(
        tuple("cpu", "22.0 points too much"), tuple("cpu_pressure", "2.0 points too much; nodes are stopped or removed"));
  }

  @Example
  void stoppedNodesThatTakeAllPlacesComeBeforeNewOnes() {
    assertThat(unmet(ActionType.ADD, new Situation().running(1).stopped(2))).extracting(Condition::key).containsExactly("stopped_nodes_to_start");
    assertThat(unmet(ActionType.START, new Situation().running(1).stopped(2))).isEmpty();
  }

  @Example
  void nodesThatWaitAfterAFailureAreNamedWhereNoneCanBeStarted() {
    Situation situation = new Situation().stopped(1);
    situation.backingOff = 1;

    assertThat(unmet(ActionType.START, situation)).extracting(Condition::gap).containsExactly("1 waits after a failure");
    assertThat(unmet(ActionType.START, new Situation())).extracting(Condition::gap).containsExactly("no node is stopped");
  }

  @Example
  void anUpgradeNeedsANewerProgramThatIsKnown() {
    Situation situation = new Situation().running(2);
    situation.antnodeVersion = "";
    situation.upgrades = false;

    assertThat(unmet(ActionType.UPGRADE, situation)).extracting(Condition::key, Condition::state).containsExactly(
        tuple("enable_upgrade", State.UNMET), tuple("version", State.UNKNOWN), tuple("outdated_nodes", State.UNMET));
    assertThat(unmet(ActionType.UPGRADE, new Situation().running(2).outdated(1))).isEmpty();
  }

  @Example
  void onlyGrowthAndUpgradesHaveConditions() {
    assertThatThrownBy(() -> DecisionEngine.whyNot(ActionType.STOP, new Situation().input())).isInstanceOf(IllegalArgumentException.class);
  }
}
