package dev.wnm.core.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.Options;
import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words an order may have. */
class OrderTest {
  private static final OptionalInt NO_COUNT = OptionalInt.empty();

  @Test
  void everyActionIsKnownAndGoesWithoutFurtherWords() {
    assertThat(Options.FORCE_ACTION.words()).isNotEmpty().allSatisfy(action ->
        assertThatCode(() -> new Order(action, namesFor(action), NO_COUNT, storageOf(action))).doesNotThrowAnyException());
    assertThatThrownBy(() -> new Order("explode", List.of(), NO_COUNT)).isInstanceOf(BadInputException.class);
  }

  /** Two actions are about services beside nodes alone, which have to be named, as nodes have that are moved. */
  private static List<String> namesFor(String action) {
    return action.equals("move") ? List.of("antnode0001") : List.of("restart", "reload").contains(action) ? List.of("a1/caddy") : List.of();
  }

  private static Optional<Path> storageOf(String action) {
    return List.of("forget", "move").contains(action) ? Optional.of(Path.of("/nodes")) : Optional.empty();
  }

  @Test
  void onlyForgetIsAboutAStorageAndNeedsOne() {
    assertThatThrownBy(() -> new Order("forget", List.of(), NO_COUNT)).isInstanceOf(BadInputException.class)
        .hasMessage("--force_action forget needs --storage: the node storage that is gone for good");
    assertThatThrownBy(() -> new Order("teardown", List.of(), NO_COUNT, Optional.of(Path.of("/nodes"))))
        .hasMessage("--force_action teardown does not know --storage: it goes only with --force_action forget");
    assertThatThrownBy(() -> new Order("forget", List.of("antnode0001"), NO_COUNT, Optional.of(Path.of("/nodes"))))
        .hasMessageStartingWith("--force_action forget does not know --service_name: ");
  }

  @Test
  void whoeverMovesNodesSaysWhichAndWhereTo() {
    String needs = "--force_action move needs --service_name and --to: the nodes, and the node storage that they are to be in";
    assertThatThrownBy(() -> new Order("move", List.of("antnode0001"), NO_COUNT)).isInstanceOf(BadInputException.class).hasMessage(needs);
    assertThatThrownBy(() -> new Order("move", List.of(), NO_COUNT, Optional.of(Path.of("/nodes")))).hasMessage(needs);
    assertThat(Order.move(List.of("antnode0001"), Path.of("/nodes")).storage()).contains(Path.of("/nodes"));
  }

  @ParameterizedTest
  @CsvSource({"add", "teardown", "upgrade_image", "update_config", "nullop", "disable_config", "wnm-db-migration"})
  void namesAreRefusedByActionsThatWouldNotHeedThem(String action) {
    assertThatThrownBy(() -> new Order(action, List.of("antnode0001"), NO_COUNT)).isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--force_action " + action + " does not know --service_name: ");
  }

  @ParameterizedTest
  @CsvSource({"survey", "teardown", "disable", "enable", "upgrade_image", "update_config", "nullop", "disable_config",
      "wnm-db-migration"})
  void aCountIsRefusedByActionsThatWouldNotHeedIt(String action) {
    assertThatThrownBy(() -> new Order(action, List.of(), OptionalInt.of(3))).isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--force_action " + action + " does not know --count: ");
  }

  @ParameterizedTest
  @CsvSource({"remove", "upgrade", "start", "stop"})
  void namesAndACountAreRefusedTogetherAndTakenAlone(String action) {
    assertThatThrownBy(() -> new Order(action, List.of("a"), OptionalInt.of(3)))
        .hasMessageStartingWith("--count does not go with --service_name");
    assertThat(new Order(action, List.of("a"), NO_COUNT).names()).containsExactly("a");
    assertThat(new Order(action, List.of(), OptionalInt.of(3)).count()).hasValue(3);
  }

  @Test
  void tearingDownSomeNodesSaysHowThatIsDone() {
    assertThatThrownBy(() -> new Order("teardown", List.of("antnode0001", "antnode0002"), NO_COUNT))
        .hasMessage("--force_action teardown does not know --service_name: it removes every node; to remove some, use"
            + " --force_action remove --service_name antnode0001,antnode0002");
  }
}
