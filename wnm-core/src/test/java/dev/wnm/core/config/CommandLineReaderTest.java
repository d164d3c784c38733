package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.ShellWords;
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

  @ParameterizedTest
  @ValueSource(strings = {"--no_enable_upgrade", "--no-enable-upgrade", "--no_enable_upgrade=yes", "--enable_upgrade=false",
      "--enable-upgrade=0"})
  void upgradesAreSwitchedOffByEitherSpellingOfNo(String words) {
    assertThat(settings(words).get(Options.ENABLE_UPGRADE)).isFalse();
    assertThat(settings(words).kept()).containsEntry("enable_upgrade", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--enable_upgrade", "--enable-upgrade", "--no-enable-upgrade=no"})
  void upgradesAreOnUnlessSwitchedOff(String words) {
    assertThat(settings(words).get(Options.ENABLE_UPGRADE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--serve --watch 60", "--watch 60 --serve", "--watch 60 --serve=127.0.0.1:8420", "--watch 60 --serve 127.0.0.1:8420"})
  void aPageIsServedWhereItUsuallyIsWhenNoAddressFollows(String words) {
    assertThat(settings(words).get(Options.SERVE)).isEqualTo("127.0.0.1:8420");
    assertThat(settings(words).get(Options.WATCH)).isNotNull();
  }

  @Test
  void yesAndNoForOneFlagAreRefusedAndNoBelongsToThisFlagOnly() {
    assertThatThrownBy(() -> settings("--enable_upgrade --no_enable_upgrade"))
        .hasMessage("--enable_upgrade is given twice, as 'true' and as 'false'; say it once");
    assertThatThrownBy(() -> settings("--no_enable_upgrade=perhaps")).hasMessageContaining("--enable_upgrade must be true, yes")
        .hasMessageContaining("'perhaps'");
    assertThatThrownBy(() -> settings("--no_dry_run")).hasMessageContaining("unknown option --no_dry_run");
    assertThat(settings("--no_u").get(Options.NO_UPNP)).as("as the Python wnm takes it").isTrue();
  }

  @Test
  void aBeginningThatThePythonWnmTookForOneOptionStillMeansThatOne() {
    assertThat(settings("--f add").get(Options.FORCE_ACTION)).isEqualTo("add");
    assertThat(settings("--node_c 7").isGiven(OptionRegistry.ofClassPath().find("node_cpus").orElseThrow())).isFalse();
    assertThat(settings("--fire none").get(Options.FIREWALL)).isEqualTo("none");
    assertThat(settings("--log debug").get(Options.LOGLEVEL)).isEqualTo("DEBUG");
    assertThat(settings("--force_action stop --serv antnode0001").serviceNames()).containsExactly("antnode0001");
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
