package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final String REPORT = "Error: \n   0: \u001b[91mNo service named 'x'\u001b[0m\n\nLocation:\n   "
      + "\u001b[35mant-node-manager/src/cmd/node.rs\u001b[0m:\u001b[35m882\u001b[0m\n\n   0: std::rt::lang_start\n"
      + "Backtrace omitted. Run with RUST_BACKTRACE=1 environment variable to display it.\n";

  @Test
  void ofAnErrorReportOnlyTheMessageIsShown() {
    assertThat(words("", REPORT)).isEqualTo("antctl stop: exit 1 after 0.0 s; stderr ends: No service named 'x'");
  }

  @Test
  void whatIsSaidOfSingleServicesCountsMore() {
    assertThat(words("Failed to stop 1 service(s):\n✕ antnode3: it is stuck\n", REPORT))
        .isEqualTo("antctl stop: exit 1 after 0.0 s; stderr ends: ✕ antnode3: it is stuck");
  }

  @Test
  void otherWordsAreShownWithoutTheirColours() {
    assertThat(words("", "\u001b[1merror:\u001b[0m unexpected argument\n"))
        .isEqualTo("antctl stop: exit 1 after 0.0 s; stderr ends: unexpected argument");
  }

  private static String words(String stdout, String stderr) {
    return Messages.of(new CommandResult(Command.of("antctl", "stop"), 1, stdout, stderr, Duration.ZERO, false));
  }
}
