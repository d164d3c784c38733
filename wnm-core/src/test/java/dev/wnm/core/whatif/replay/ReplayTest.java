package dev.wnm.core.whatif.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final int DAY = 24 * 60;

  private static DecisionLimits limits(int cap, int cpuLessThan, int cpuRemove) {
    return new DecisionLimits(cap, new Band(cpuLessThan, cpuRemove), new Band(90, 95), new Band(80, 90), new Band(50, 60), new Band(0, 0),
        new Band(0, 0), new Band(0, 0), new Band(0, 0), new Concurrency(1, 2, 2, 3), DELAY, true, 0);
  }

  private static Rules rules(DecisionLimits limits) {
    return time -> new Rules.Rule(limits, DELAY);
  }

  private static World world(DecisionLimits limits) {
    return new World(limits, DELAY, 4).run(3 * DAY);
  }

  private static Replayed replay(World world, DecisionLimits recorded, DecisionLimits asked) {
    return Replay.run(world.moments, world.operations, rules(recorded), rules(asked), Map.of());
  }

  /** Here nodes go whenever the machine is busy with other things, so that few nodes go together with much use. */
  @Test
  void whatANodeCostsIsFoundThoughTheFleetFollowsWhatElseTheMachineDoes() {
    DecisionLimits limits = limits(40, 45, 55);
    World world = world(limits);
    List<Fit> fits = replay(world, limits, limits).fits();

    assertThat(world.operations).filteredOn(operation -> operation.kind() == OperationKind.STOP).hasSizeGreaterThan(20);
    assertThat(fit(fits, Measure.CPU).basis()).isEqualTo(Fit.Basis.FITTED);
    assertThat(fit(fits, Measure.CPU).perNode()).isCloseTo(World.CPU_A_NODE, within(0.15));
    assertThat(fit(fits, Measure.MEMORY).perNode()).isCloseTo(World.MEMORY_A_NODE, within(0.03));
    assertThat(fit(fits, Measure.MEMORY).idle()).isCloseTo(World.IDLE_MEMORY, within(1.5));
    assertThat(fit(fits, Measure.LOAD_15).perNode()).isCloseTo(World.LOAD_A_NODE, within(0.005));
    assertThat(fit(fits, Measure.DISK).perNode()).isCloseTo(World.DISK_A_NODE, within(0.001));
    assertThat(fit(fits, Measure.DISK).explained()).isCloseTo(1, within(0.001));
    assertThat(fit(fits, Measure.NET_READS).perNode()).isCloseTo(50_000, within(1.0));
  }

  @Test
  void withTheSettingsOfTheTimeItGoesAsItWent() {
    for (DecisionLimits limits : List.of(limits(40, 60, 80), limits(40, 45, 50), limits(12, 60, 80))) {
      Replayed replayed = replay(world(limits), limits, limits);

      assertThat(replayed.deviation()).isZero();
      assertThat(replayed.simulated()).isEqualTo(replayed.really());
      assertThat(replayed.course()).allSatisfy(point -> assertThat(point.simulatedRunning()).isEqualTo(point.running()));
    }
  }

  @Test
  void withOtherSettingsItGoesNearlyAsItWouldHaveGone() {
    DecisionLimits recorded = limits(40, 45, 55);
    for (DecisionLimits asked : List.of(limits(40, 60, 80), limits(30, 35, 42), limits(10, 45, 55))) {
      Fate truth = replay(world(asked), asked, asked).really();
      Fate replayed = replay(world(recorded), recorded, asked).simulated();

      assertThat(replayed.running()).as("%s", asked).isCloseTo(truth.running(), within(2));
      assertThat(replayed.meanRunning()).isCloseTo(truth.meanRunning(), within(1.5));
      assertThat(replayed.added()).isCloseTo(truth.added(), within(2));
      assertThat((double) replayed.pressure().toMinutes()).isCloseTo(truth.pressure().toMinutes(), within(60.0 + truth.pressure().toMinutes() * 0.3));
    }
  }

  @Test
  void aFleetThatHardlyChangedSharesAllThatWasUsed() {
    DecisionLimits limits = limits(20, 60, 80);
    World world = new World(limits, DELAY, 4).startingWith(20).run(DAY);

    Fit fit = fit(replay(world, limits, limits).fits(), Measure.MEMORY);
    assertThat(fit.basis()).isEqualTo(Fit.Basis.SHARED);
    assertThat(fit.idle()).isZero();
    assertThat(fit.perNode()).isCloseTo((World.IDLE_MEMORY + 20 * World.MEMORY_A_NODE) / 20, within(0.1));
  }

  @Test
  void costsAreNeverBelowZero() {
    double[] nodes = {1, 2, 3, 4};
    int[] windows = {1, 1, 1, 1};
    assertThat(Fit.ofLevels(Measure.DISK, nodes, new double[] {40, 30, 20, 10})).satisfies(fit -> {
      assertThat(fit.perNode()).isZero();
      assertThat(fit.idle()).isEqualTo(25);
    });
    assertThat(Fit.ofChanges(Measure.CPU, new double[] {1, 2, 4, 5}, new double[] {9, 8, 6, 5}, windows).perNode()).isZero();
    assertThat(Fit.ofLevels(Measure.DISK, nodes, new double[] {1, 10, 20, 31}).idle()).isZero();
    assertThat(Fit.ofLevels(Measure.CPU, new double[] {0, 0}, new double[] {5, 7}).basis()).isEqualTo(Fit.Basis.UNKNOWN);
    assertThat(Fit.ofChanges(Measure.CPU, new double[0], new double[0], new int[0]).basis()).isEqualTo(Fit.Basis.UNKNOWN);
  }

  @Test
  void aGapIsAGapAfterWhichItGoesOnWithWhatWasRecorded() {
    DecisionLimits recorded = limits(40, 60, 80);
    World world = world(recorded);
    List<Moment> moments = new ArrayList<>(world.moments);
    moments.subList(DAY, 2 * DAY).clear();

    Replayed replayed = Replay.run(moments, world.operations, rules(recorded), rules(limits(5, 60, 80)), Map.of());

    assertThat(replayed.gaps()).singleElement().satisfies(gap -> {
      assertThat(gap.from()).isEqualTo(World.BEGIN.plus(Duration.ofDays(1)));
      assertThat(gap.until()).isEqualTo(World.BEGIN.plus(Duration.ofDays(2)));
    });
    assertThat(replayed.unknown()).isEqualTo(Duration.ofDays(1));
    Replayed.Point before = replayed.course().stream().filter(point -> point.at().isBefore(World.BEGIN.plus(Duration.ofDays(1))))
        .reduce((first, last) -> last).orElseThrow();
    assertThat(before.simulatedRunning()).isEqualTo(5);
    assertThat(replayed.simulated().mostRunning()).as("after the gap it goes on with what was there").isGreaterThan(20);
    assertThat(replayed.simulated().running()).isEqualTo(5);
  }

  @Test
  void whatWasUnknownStaysUnknownSoThatNothingGrows() {
    DecisionLimits recorded = limits(10, 60, 80);
    World world = new World(recorded, DELAY, 4).startingWith(10).run(DAY);
    List<Moment> blind = world.moments.stream().map(ReplayTest::withoutCpu).toList();

    Replayed replayed = Replay.run(blind, world.operations, rules(recorded), rules(limits(40, 60, 80)), Map.of());
    assertThat(replayed.simulated().added()).isZero();
    assertThat(fit(replayed.fits(), Measure.CPU).basis()).isEqualTo(Fit.Basis.UNKNOWN);
  }

  private static Moment withoutCpu(Moment moment) {
    HostMetrics host = moment.host();
    return new Moment(moment.at(), new HostMetrics(host.bootedAt(), "", host.loadAverage1(), host.loadAverage5(), host.loadAverage15(),
        OptionalDouble.empty(), host.ioWaitPercent(), host.usedMemoryPercent(), host.usedDiskPercent(), host.totalDiskBytes(),
        host.diskReadBytesPerSecond(), host.diskWriteBytesPerSecond(), host.netReadBytesPerSecond(), host.netWriteBytesPerSecond()),
        moment.fleet(), moment.sinceLastStop(), false, moment.brakes(), 0);
  }

  @Test
  void thinnedHistoryIsPlayedWithACycleEachMinute() {
    DecisionLimits recorded = limits(5, 60, 80);
    World world = new World(recorded, DELAY, 4).startingWith(5).withOthers(1).run(3 * DAY);
    List<Moment> hourly = world.moments.stream().filter(moment -> moment.at().getEpochSecond() % 3_600 == 0).toList();

    Replayed replayed = Replay.run(hourly, world.operations, rules(recorded), rules(limits(15, 99, 100)), Map.of());
    assertThat(replayed.gaps()).isEmpty();
    assertThat(replayed.course().get(2).simulatedRunning()).as("10 nodes come two at a time within two hours").isEqualTo(15);
  }

  @Test
  void whatPeopleAskedForIsCountedApart() {
    DecisionLimits limits = limits(12, 60, 80);
    World world = world(limits);
    int added = replay(world, limits, limits).really().added();
    Instant at = World.BEGIN;
    for (Motive motive : List.of(new Motive("forced", OptionalLong.empty(), "root"), Motive.of("forced"))) {
      world.operations.add(new PastOperation(1_000, OperationKind.ADD, 1, "antnode0001", motive, at, Optional.of(at),
          PastOperation.Ending.DONE, ""));
    }

    Replayed replayed = replay(world, limits, limits);
    assertThat(replayed.really().added()).isEqualTo(added);
    assertThat(replayed.byHand()).isEqualTo(2);
  }

  private static Fit fit(List<Fit> fits, Measure measure) {
    return fits.stream().filter(fit -> fit.measure() == measure).findFirst().orElseThrow();
  }
}
