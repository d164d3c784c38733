package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.host.Sense;
import dev.wnm.core.model.NodeStatus;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SensesTest extends FleetOfThree {
  private static final String EMPTY = "memory use is unknown: /proc/meminfo is empty";

  @ParameterizedTest
  @EnumSource(names = {"LOAD", "CPU", "MEMORY", "DISK_SPACE"})
  void nothingGrowsWhileSomethingThatLimitsItIsUnknown(Sense sense) throws Exception {
    colony.doubt(Map.of(sense, "it is unknown: its file is empty"));
    CycleReport report = colony.cycle("--node_cap", "5");
    assertThat(report.outcomes()).isEmpty();
    assertThat(report.summary()).contains("no growth: ").contains("unknown");
    colony.doubt(Map.of());
    assertThat(colony.cycle().outcomes()).hasSize(1);
  }

  @Test
  void aStoppedNodeIsNotStartedEither() throws Exception {
    colony.load(90, 10, 10, 0.1);
    colony.cycle();
    colony.load(10, 10, 10, 0.1);
    colony.doubt(Map.of(Sense.MEMORY, EMPTY));
    assertThat(colony.cycle().outcomes()).isEmpty();
    assertThat(colony.status(3)).isEqualTo(NodeStatus.STOPPED);
  }

  @Test
  void whatIsUnknownStopsNoNodeAndWhatIsKnownStillDoes() throws Exception {
    colony.load(99, 10, 10, 0.1);
    colony.doubt(Map.of(Sense.CPU, "CPU use is unknown: /proc/stat went back from 9 to 8"));
    assertThat(colony.cycle().outcomes()).isEmpty();
    colony.load(99, 90, 10, 0.1);
    assertThat(colony.cycle().outcomes()).hasSize(1);
  }

  @Test
  void theSourceIsNamedOnceForAsLongAsItSaysTheSame() throws Exception {
    try (LogLines log = new LogLines()) {
      colony.doubt(Map.of(Sense.MEMORY, EMPTY));
      colony.cycles(3);
      assertThat(log.at(Level.WARNING)).singleElement().asString().startsWith(EMPTY).contains("no node is started or added");
      colony.doubt(Map.of());
      colony.cycle();
      colony.doubt(Map.of(Sense.MEMORY, EMPTY));
      colony.cycle();
      assertThat(log.at(Level.WARNING)).hasSize(2);
    }
  }

  @Test
  void whatNoThresholdIsSetForNeedNotBeKnown() throws Exception {
    colony.doubt(Map.of(Sense.CPU, "CPU use is unknown: there is none"));
    assertThat(colony.cycle("--node_cap", "5", "--cpu_less_than", "100", "--cpu_remove", "100").outcomes()).hasSize(1);
  }
}
