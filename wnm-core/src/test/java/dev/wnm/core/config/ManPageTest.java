package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManPageTest {
  private final String page = ManPage.render(OptionRegistry.ofClassPath(), "1.2.3", "2026-11-21");

  @TempDir
  Path folder;

  @Test
  void everyOptionIsThereUnderItsGroup() {
    for (OptionGroup group : OptionRegistry.ofClassPath().groups()) {
      assertThat(page).contains(".SH " + group.title());
    }
    for (Option<?> option : OptionRegistry.ofClassPath().all()) {
      assertThat(page.lines().filter(line -> line.matches(".*\\\\fB\\Q" + option.toString().replace("-", "\\-") + "\\E\\\\fR.*")))
          .as(option.toString()).hasSize(1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void mandocFindsNothingToComplainOf() throws Exception {
    assertThat(said("mandoc", "-Tlint", "-Wwarning", file().toString())).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReaderSeesOptionsAndExitCodesAsTheyAreTyped() throws Exception {
    String shown = said("mandoc", "-Tascii", "-O", "width=200", file().toString()).replaceAll(".\b", "");
    assertThat(shown).contains("WNM(1)", "wnm 1.2.3", "--node_cap N", "The most nodes on this machine; 0 empties it. [20]",
        "wnm --init --rewards_address WALLET", "bad input or refused, nothing changed.", "~/.cache/wnm");
    assertThat(shown).containsPattern("EXIT STATUS\\s+0 +done\\.");
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("wnm.1"), page);
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
