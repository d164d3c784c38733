package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
  private final OptionRegistry registry = OptionRegistry.ofClassPath();

  private List<String> withoutCountAndNames(String... words) {
    return CommandWords.without(registry, List.of(words), Set.of(Options.COUNT, Options.SERVICE_NAME));
  }

  @Test
  void anOptionGoesWithItsValueInWhateverSpelling() {
    assertThat(withoutCountAndNames("--force_action", "add", "--count", "3", "-q")).containsExactly("--force_action", "add", "-q");
    assertThat(withoutCountAndNames("--count=3", "--force-action=add")).containsExactly("--force-action=add");
    assertThat(withoutCountAndNames("--force_action", "stop", "--service-name", "a,b")).containsExactly("--force_action", "stop");
    assertThat(withoutCountAndNames("--service_n", "a", "--force_action", "stop")).containsExactly("--force_action", "stop");
  }

  @Test
  void valuesAndSwitchesOfOthersStay() {
    assertThat(withoutCountAndNames("--node_storage", "/mnt/a=b", "--no_upnp", "--no_enable_upgrade", "-vc", "file", "--count", "1"))
        .containsExactly("--node_storage", "/mnt/a=b", "--no_upnp", "--no_enable_upgrade", "-vc", "file");
  }
}
