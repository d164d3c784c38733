package dev.wnm.spi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
}
