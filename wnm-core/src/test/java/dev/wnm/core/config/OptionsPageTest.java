package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
  /** The tests of a module run in its folder. */
  private static final Path PAGE = Path.of("../docs/options.md");

  @Test
  void thePageSaysWhatTheRegistrySays() throws IOException {
    if (Boolean.getBoolean("wnm.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, OptionsPage.render());
    }

    assertThat(Files.readString(PAGE))
        .as("docs/options.md is out of date; renew it with: " + OptionsPage.COMMAND)
        .isEqualTo(OptionsPage.render());
  }
}
