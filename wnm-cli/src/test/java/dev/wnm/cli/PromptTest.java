package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Prompt answering(String answers) {
    return new Prompt(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)), new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anEmptyAnswerIsTheUsualOneAndBlanksDoNotMatter() {
    List<String> answers = new ArrayList<>();
    Prompt prompt = answering("\n  7 \n");
    prompt.ask("How many", "20", answers::add);
    prompt.ask("How many", "20", answers::add);
    assertThat(answers).containsExactly("20", "7");
    assertThat(shown()).isEqualTo("How many [20]: How many [20]: ");
  }

  @Test
  void whatCannotBeUsedIsSaidAndAskedAgainFiveTimesInAll() {
    Prompt prompt = answering("x\n".repeat(9));
    assertThatThrownBy(() -> prompt.choose("Number", List.of("1", "2"), 0)).isInstanceOf(BadInputException.class)
        .hasMessage("5 answers in a row could not be used: --init is given up, and nothing was changed");
    assertThat(shown().split("the answer must be one of 1, 2, but it is 'x'", -1)).hasSize(6);
  }

  @Test
  void whatNeedsAnAnswerTakesNoEmptyOne() {
    Prompt prompt = answering("\n0x1\n");
    List<String> answers = new ArrayList<>();
    prompt.ask("Wallet", "", answers::add);
    assertThat(answers).containsExactly("0x1");
    assertThat(shown()).contains("this needs an answer");
  }

  @Test
  void onlyAYesIsAYes() {
    Prompt prompt = answering("y\nYES\nn\n\nperhaps\n\n");
    assertThat(List.of(prompt.confirm("Sure?", false), prompt.confirm("Sure?", false), prompt.confirm("Sure?", true),
        prompt.confirm("Sure?", false), prompt.confirm("Sure?", true))).containsExactly(true, true, false, false, true);
    assertThat(shown()).contains("Sure? [y/N]: ", "Sure? [Y/n]: ", "must be y or n, but it is 'perhaps'");
  }

  @Test
  void theEndOfAnswersEndsItInOneSentence() {
    assertThatThrownBy(() -> answering("").confirm("Sure?", true)).isInstanceOf(BadInputException.class)
        .hasMessage("the answers ended: --init is given up, and nothing was changed");
  }

  @Test
  void nothingThatIsShownSteersTheTerminalAndLinesFitIt() {
    Prompt prompt = answering("\u001b[31mred\u001b]0;title\u0007\n1\n");
    prompt.choose("What \u001b[2J now", List.of("1"), 0);
    prompt.say("  \u001b[1mname  ", "words ".repeat(40) + "\u001b[31mend");
    prompt.show("a\u009bb");
    assertThat(shown()).doesNotContain("\u001b").doesNotContain("\u0007").doesNotContain("\u009b").contains("red", "title");
    assertThat(shown().replace("What  now [1]: ", "").lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(79));
    assertThat(shown().lines().filter(line -> line.startsWith("        words"))).as("further lines are indented").hasSizeGreaterThan(1);
  }
}
