package dev.wnm.spi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  void aShellReadsAShownCommandBackWordByWord() throws Exception {
    List<String> words = List.of("plain", "two words", "it's", "$HOME `id` \"x\" \\", "--opt=a,b", "", "é");
    Command command = Command.of(Stream.concat(Stream.of("printf", "%s\\n"), words.stream())
        .toList());

    Process shell = new ProcessBuilder("sh", "-c", command.toString()).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(words);
  }

  @Test
  void plainWordsAreShownAsTheyAre() {
    assertThat(Command.of("systemctl", "--user", "start", "antnode0001.service").toString())
        .isEqualTo("systemctl --user start antnode0001.service");
  }

  @Test
  void howACommandEndedIsOneLineWhateverItPrinted() {
    CommandResult result = new CommandResult(Command.of("systemctl", "start", "a.service"), 1, "",
        "Job for a.service failed.\nSee \"journalctl -xeu a.service\" for details.\r\n\u001b[0m", Duration.ofMillis(120), false);

    assertThat(result.describe()).isEqualTo("systemctl start a.service: exit 1 after 0.1 s; stderr ends:"
        + " Job for a.service failed. See \"journalctl -xeu a.service\" for details. [0m");
  }
}
