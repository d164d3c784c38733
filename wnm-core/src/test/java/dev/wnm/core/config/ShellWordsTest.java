package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeEnvironment;
import dev.wnm.spi.config.ShellWords;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void wordsAreSeparatedByBlanksAndJoinedByQuotes() {
    assertThat(ShellWords.split("  a  b\tc ")).containsExactly("a", "b", "c");
    assertThat(ShellWords.split("--x 'a b' \"c d\" e\\ f g'h'\"i\"")).containsExactly("--x", "a b", "c d", "e f", "ghi");
    assertThat(ShellWords.split("'' \"\"")).containsExactly("", "");
    assertThat(ShellWords.split("\"a\\\"b\\\\c\\d\" 'a\\b'")).containsExactly("a\"b\\c\\d", "a\\b");
    assertThat(ShellWords.split("")).isEmpty();
  }

  @Test
  void nothingIsExpanded() {
    assertThat(ShellWords.split("$HOME `id` $(id) * ; | &")).containsExactly("$HOME", "`id`", "$(id)", "*", ";", "|", "&");
  }

  @Property
  void anyWordsSurviveSingleQuotes(@ForAll List<String> words) {
    String quoted = String.join(" ", words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").toList());

    assertThat(ShellWords.split(quoted)).isEqualTo(words);
  }

  @Test
  void anEnvironmentIsPairsOfWhichTheLastCounts() {
    assertThat(NodeEnvironment.parse("A=1 B='x y' A=2 C= _D=a=b"))
        .containsOnly(Map.entry("A", "2"), Map.entry("B", "x y"), Map.entry("C", ""),
            Map.entry("_D", "a=b"));
    assertThat(NodeEnvironment.parse("")).isEmpty();
  }
}
