package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineReaderTest {
  @TempDir
  private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"--node_cap 7", "--node_cap=7", "--node-cap 7", "--node-cap=7", "--node_c 7", "--node-c=7",
      "--node_cap=+7", "--node_cap=007"})
  void anyOfTheFormsSetsAValue(String words) {
    assertThat(settings(words).get(Options.NODE_CAP)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dry_run", "--dry-run", "--dry", "--dry_run=true", "--dry-run=YES", "--dry_run --dry-run"})
  void bothSpellingsAreTheSameFlag(String words) {
    assertThat(settings(words).get(Options.DRY_RUN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dry_run=false", "--dry_run=0"})
  void aFlagCanBeSwitchedOff(String words) {
    assertThat(settings(words).get(Options.DRY_RUN)).isFalse();
  }

  @Test
  void aBeginningThatThePythonWnmTookForOneOptionStillMeansThatOne() {
    assertThat(settings("--f add").get(Options.FORCE_ACTION)).isEqualTo("add");
    assertThat(settings("--node_c 7").isGiven(Options.NODE_CPUS)).isFalse();
    assertThat(settings("--fi none").get(Options.FIREWALL)).isEqualTo("none");
  }

  @Test
  void lettersCanStandTogether() {
    Settings settings = settings("-vq");

    assertThat(settings.get(Options.VERBOSE)).isTrue();
    assertThat(settings.get(Options.QUIET)).isTrue();
    assertThat(settings("-h").get(Options.HELP)).isTrue();
  }

  @Test
  void aLetterTakesItsValueFromTheNextWordOrTheSameOne() {
    Machine machine = new Machine(home).file("mine", "node_cap = 7");
    String file = home.resolve("mine").toString();

    assertThat(machine.settings("-c", file).get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings("-c" + file).get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings("-c=" + file).get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings("-vc", file).get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings("--config=" + file).get(Options.NODE_CAP)).isEqualTo(7);
  }

  @Test
  void aLoneDashIsAValue() {
    assertThat(settings("--what_if -").get(Options.WHAT_IF)).isEqualTo("-");
  }

  @Test
  void aValueThatBeginsWithDashesFollowsAnEqualsSign() {
    assertThat(settings("--start_args='--log-format json'").get(Options.START_ARGS)).isEqualTo("--log-format json");
  }

  @Test
  void aValueMayHoldAnEqualsSign() {
    assertThat(settings("--environment=A=b").get(Options.ENVIRONMENT)).isEqualTo("A=b");
    assertThat(settings("--environment A=b").get(Options.ENVIRONMENT)).isEqualTo("A=b");
  }

  private Settings settings(String words) {
    return new Machine(home).settings(ShellWords.split(words).toArray(String[]::new));
  }
}
