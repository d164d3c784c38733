package dev.wnm.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Nodes on several disks: each is judged by the same thresholds, 75 and 90 %. */
class SeveralDisksTest {
  private static DecisionInput on(Situation situation, Disk... disks) {
    DecisionInput one = situation.input();
    return new DecisionInput(one.limits(), one.host(), one.fleet(), one.sinceLastStop(), one.rebooted(), one.brakes(), List.of(disks));
  }

  private static Disk disk(String storage, double used, int running, int stopped) {
    return new Disk(storage, OptionalDouble.of(used), true, running, stopped);
  }

  private static Situation fullest(double percent) {
    Situation situation = new Situation().concurrency(4, 4, 2, 8);
    situation.disk = percent;
    return situation;
  }

  @Test
  void theFleetGrowsWhileOneDiskHasRoom() {
    DecisionInput input = on(fullest(80).running(2), disk("/a", 80, 2, 0), disk("/b", 20, 0, 0));

    assertThat(DecisionEngine.decide(input).actions()).singleElement()
        .satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.ADD));
    assertThat(DecisionEngine.decide(on(fullest(80).running(2), disk("/a", 80, 2, 0), disk("/b", 76, 0, 0))).features().has(Feature.ALLOW_HD))
        .isFalse();
  }

  @Test
  void aDiskThatNoNewNodeComesToLeavesNoRoom() {
    DecisionInput input = on(fullest(80).running(2), disk("/a", 80, 1, 0), new Disk("/old", OptionalDouble.of(5), false, 1, 0));

    assertThat(DecisionEngine.decide(input).features().has(Feature.ALLOW_HD)).isFalse();
  }

  @Test
  void aFullDiskLosesNodesOfItsOwnStoppedOnesFirst() {
    DecisionInput input = on(fullest(95).running(5).stopped(3), disk("/a", 95, 2, 1), disk("/b", 20, 3, 2));

    assertThat(DecisionEngine.decide(input).actions()).extracting(PlannedAction::target, PlannedAction::count)
        .containsExactly(tuple(PlannedAction.Target.STOPPED_NODE, 1), tuple(PlannedAction.Target.RUNNING_NODE, 1));
    assertThat(DecisionEngine.decide(input).actions().get(0).reason()).endsWith("(/a)");
  }

  @Test
  void theOthersGrowWhileTheFullDiskLosesItsNodes() {
    Situation situation = fullest(95).running(4);
    situation.removing = 1;
    situation.sinceLastStopSeconds = 10;

    assertThat(DecisionEngine.decide(on(situation, disk("/a", 95, 2, 0), disk("/b", 20, 2, 0))).actions()).singleElement()
        .satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.ADD));

    situation.cpu = 95;
    assertThat(DecisionEngine.decide(on(situation, disk("/a", 95, 2, 0), disk("/b", 20, 2, 0))).actions())
        .noneMatch(action -> action.type() == ActionType.ADD);
  }

  @Test
  void aFullDiskWithoutNodesKeepsNobodyFromGrowing() {
    assertThat(DecisionEngine.decide(on(fullest(95).running(1), disk("/a", 95, 0, 0), disk("/b", 20, 1, 0))).actions()).singleElement()
        .satisfies(action -> assertThat(action.type()).isEqualTo(ActionType.ADD));
  }

  @Test
  void eachDiskIsAResourceOfItsOwn() {
    Outlook outlook = DecisionEngine.outlook(on(fullest(95).running(1), disk("/a", 95, 0, 0), disk("/b", 80, 1, 0),
        new Disk("/c", OptionalDouble.empty(), true, 0, 0)));

    assertThat(outlook.resources()).filteredOn(resource -> resource.name().startsWith("disk of "))
        .extracting(Resource::name, Resource::state).containsExactly(tuple("disk of /a", Resource.State.PRESSURE),
            tuple("disk of /b", Resource.State.ENOUGH), tuple("disk of /c", Resource.State.UNKNOWN));
  }
}
