package dev.wnm.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Courses of a machine, and what is made of them. */
class CourseTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  /** Growth below 60 %, pressure above 70 %; traffic is not looked at but for disk writing. */
  private static final DecisionLimits LIMITS = new DecisionLimits(10, new Band(60, 70), new Band(60, 70), new Band(60, 70), new Band(3, 5),
      new Band(0, 0), new Band(1_000, 2_000), new Band(0, 0), new Band(0, 0), new Concurrency(1, 1, 1, 1), Duration.ZERO, true, 0);

  private static MachineSample sample(OptionalDouble cpu, OptionalDouble memory, OptionalDouble disk) {
    return new MachineSample(FIVE_SECONDS, new HostMetrics(Instant.EPOCH, "boot", OptionalDouble.of(1), OptionalDouble.of(1),
        OptionalDouble.of(1), cpu, OptionalDouble.empty(), memory, disk, OptionalLong.of(1), OptionalLong.of(9_000),
        OptionalLong.of(10), OptionalLong.of(0), OptionalLong.empty()));
  }

  private static MachineSample cpu(double percent) {
    return sample(OptionalDouble.of(percent), OptionalDouble.of(10), OptionalDouble.of(10));
  }

  private static MachineSample disk(double percent) {
    return sample(OptionalDouble.of(10), OptionalDouble.of(10), OptionalDouble.of(percent));
  }

  private static Course of(MachineSample... samples) {
    Course course = Course.NONE;
    for (MachineSample sample : samples) {
      course = course.with(sample);
    }
    return course;
  }

  private static Course ofCpu(double... percents) {
    return of(Arrays.stream(percents).mapToObj(CourseTest::cpu).toArray(MachineSample[]::new));
  }

  private static double cpuOf(Course course) {
    return course.believed(LIMITS).usedCpuPercent().orElseThrow();
  }

  @Test
  void aSpikeIsNoPressureAndNeitherStopsNorAddsANode() {
    Course course = ofCpu(10, 10, 100);
    assertThat(course.pressures(LIMITS)).isEmpty();
    assertThat(cpuOf(course)).isEqualTo(40);
    assertThat(cpuOf(ofCpu(50, 90, 90, 90, 20))).as("high in the mean, calm now").isEqualTo(68);
    assertThat(cpuOf(ofCpu(90, 90, 90, 90, 20))).as("no more than the limit, above which one is stopped").isEqualTo(70);
  }

  @Test
  void whatLastsForTenSecondsIsPressureThoughTheMeanIsLow() {
    Course course = ofCpu(0, 0, 0, 0, 0, 80, 90);
    assertThat(course.pressures(LIMITS)).containsExactly(Figure.CPU);
    assertThat(cpuOf(course)).isEqualTo(80);
    assertThat(ofCpu(0, 0, 70, 80).pressures(LIMITS)).as("a limit must be passed").isEmpty();
  }

  @Test
  void oneSampleIsNoCourse() {
    assertThat(ofCpu(100).pressures(LIMITS)).isEmpty();
    assertThat(cpuOf(ofCpu(100))).isEqualTo(70);
    Course afterLongCycle = of(new MachineSample(Duration.ofMinutes(5), cpu(99).metrics()));
    assertThat(afterLongCycle.pressures(LIMITS)).isEmpty();
  }

  @Test
  void samplesThatAreTooCloseTogetherAreNotTenSeconds() {
    Course course = of(new MachineSample(Duration.ofSeconds(2), cpu(99).metrics()), new MachineSample(Duration.ofSeconds(2), cpu(99).metrics()));
    assertThat(course.pressures(LIMITS)).isEmpty();
  }

  @Test
  void whatIsUnknownInTheLastTenSecondsIsUnknown() {
    MachineSample unknown = sample(OptionalDouble.empty(), OptionalDouble.of(90), OptionalDouble.of(10));
    Course course = of(cpu(90), unknown, cpu(90));
    assertThat(course.pressures(LIMITS)).isEmpty();
    assertThat(course.believed(LIMITS).usedCpuPercent()).isEmpty();
    assertThat(course.believed(LIMITS).netWriteBytesPerSecond()).isEmpty();
    assertThat(of(unknown, cpu(90), cpu(90)).pressures(LIMITS)).as("longer ago it does not matter").containsExactly(Figure.CPU);
    assertThat(cpuOf(of(unknown, cpu(80), cpu(90)))).isEqualTo(85);
  }

  @Test
  void ofADiskCountsHowFullItIsNotHowFullItWas() {
    assertThat(of(disk(95), disk(95), disk(20), disk(20)).believed(LIMITS).usedDiskPercent()).hasValue(20);
    Course filling = of(disk(20), disk(20), disk(20), disk(90));
    assertThat(filling.pressures(LIMITS)).isEmpty();
    assertThat(filling.believed(LIMITS).usedDiskPercent()).as("no room for growth, and none is removed yet").hasValue(70);
    assertThat(of(disk(20), disk(88), disk(90)).pressures(LIMITS)).containsExactly(Figure.DISK);
  }

  @Test
  void whatNoSettingLimitsIsNoPressure() {
    Course course = ofCpu(10, 10, 10);
    assertThat(course.pressures(LIMITS)).isEmpty();
    assertThat(course.believed(LIMITS).diskReadBytesPerSecond()).hasValue(9_000);
  }

  @Test
  void onlyAboutAMinuteIsRemembered() {
    Course course = Course.NONE;
    for (int i = 0; i < 1_000; i++) {
      course = course.with(cpu(i));
    }
    assertThat(course.samples()).hasSizeBetween(11, 13);
  }
}
