package dev.wnm.spi.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerOptionTest {
  enum Season { SPRING, LATE_SUMMER }

  private static final ManagerOption<Season> SEASON = ManagerOption.choice("season", "WORD", Season.class).help("When.");
  private static final ManagerOption<Integer> BEDS = ManagerOption.integer("beds", "N", 0, 12).initially("3").help("How many.");
  private static final ManagerOption<Boolean> OPEN = ManagerOption.flag("open").help("Whether.");
  private static final ManagerOption<ManagerOption.Names> PLANTS = ManagerOption.names("plants", "NAMES", "names", "[a-z]+").help("Which.");

  @Test
  void eachKindReadsWhatItWrites() {
    assertThat(SEASON.read("late_summer")).contains(Season.LATE_SUMMER);
    assertThat(SEASON.write(Season.LATE_SUMMER)).isEqualTo("late_summer");
    assertThat(SEASON.allowed()).isEqualTo("one of spring, late_summer");
    assertThat(BEDS.read("12")).contains(12);
    assertThat(OPEN.read("Yes")).contains(true);
    assertThat(OPEN.write(true)).isEqualTo("1");
    assertThat(PLANTS.read("rose,fern").orElseThrow().all()).containsExactly("rose", "fern");
    assertThat(PLANTS.write(PLANTS.read("rose,fern").orElseThrow())).isEqualTo("rose,fern");
    assertThat(ManagerOption.seconds("rest", 1, 60).help("").read("20")).contains(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({"beds, 13", "beds, -1", "beds, 1.0", "beds, 99999999999", "season, SPRING", "season, winter", "open, perhaps", "plants, 'rose,'",
      "plants, 'rose,,fern'"})
  void whatIsNotAllowedIsNoValue(String name, String text) {
    List<ManagerOption<?>> options = List.of(SEASON, BEDS, OPEN, PLANTS);
    assertThatThrownBy(() -> OptionValues.read(options, Map.of(name, text))).hasMessageContaining("--" + name + " must be ");
  }

  @Test
  void aValueThatIsNotSetIsTheDefaultOrNone() {
    OptionValues values = OptionValues.NONE.with(SEASON, Season.SPRING);
    assertThat(values.find(SEASON)).contains(Season.SPRING);
    assertThat(values.find(BEDS)).contains(3);
    assertThat(values.find(OPEN)).contains(false);
    assertThat(values.find(PLANTS)).isEmpty();
    assertThat(OptionValues.NONE.find(SEASON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Beds", "garden-beds", "no_beds", "1beds", "beds_", "garden beds"})
  void aNameThatNobodyCouldWriteIsRefused(String name) {
    assertThatThrownBy(() -> ManagerOption.flag(name).help("")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
  }

  @Test
  void aDefaultThatIsNotAllowedIsRefused() {
    assertThatThrownBy(() -> ManagerOption.integer("beds", "N", 0, 12).initially("13").help(""))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("the default '13' of --beds must be a whole number from 0 to 12");
  }

  @Test
  void twoThatSayTheSameAreEqualAndNoOthers() {
    ManagerOption.Builder<Integer> beds = ManagerOption.integer("beds", "N", 0, 12).initially("3");
    ManagerOption<Integer> same = beds.help("How many.");
    ManagerOption<Integer> clearable = beds.clearable().help("How many.");
    assertThat(same).isEqualTo(BEDS).hasSameHashCodeAs(BEDS);
    assertThat(same.isClearable()).isFalse();
    assertThat(clearable).isNotEqualTo(BEDS);
    assertThat(ManagerOption.integer("beds", "N", 0, 13).initially("3").help("How many.")).isNotEqualTo(BEDS);
  }

  @Test
  void aTypeSaysNothingUnlessItIsTold() {
    ManagerType plain = ManagerType.of("plain+user");
    assertThat(plain.isForWholeSystem()).isFalse();
    assertThat(plain.accountOfNodes()).isEmpty();
    assertThat(plain.rankOn(OperatingSystem.LINUX)).isEmpty();
    assertThat(plain.backEnd()).isEqualTo("plain");
    ManagerType more = plain.forWholeSystem("ada").preferredOn(OperatingSystem.MACOS, 7);
    assertThat(more.accountOfNodes()).contains("ada");
    assertThat(more.rankOn(OperatingSystem.MACOS)).hasValue(7);
    assertThat(more.rankOn(OperatingSystem.LINUX)).isEmpty();
    assertThat(plain.isForWholeSystem()).isFalse();
  }
}
