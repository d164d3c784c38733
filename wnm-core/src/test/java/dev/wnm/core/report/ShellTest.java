package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wnm.spi.command.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
  @Property(tries = 200)
  void evalGivesEveryTextAsItIs(@ForAll("nastyTexts") String one, @ForAll("nastyTexts") String other) throws Exception {
    JsonObject values = new JsonObject();
    values.addProperty("one", one);
    values.addProperty("other", other);
    Path folder = Files.createTempDirectory("wnm-eval");

    assertThat(Sh.valuesAfterEval(folder, KeyValues.env(values, Set.of("other")), List.of("ONE", "OTHER")))
        .containsExactly(one, other);
    assertThat(folder).isEmptyDirectory();
    Files.delete(folder);
  }

  @Provide
  Arbitrary<String> nastyTexts() {
    return Arbitraries.of("'", "\"", "$", "`", "\\", "!", "\n", " ", "\t", ";", "&", "|", "<", ">", "(", ")", "{", "}", "*", "?",
            "[", "]", "~", "#", "=", "a", "B", "0", "é", "漢", "\uD83D\uDC1C", "\r", "\u001b", "$(touch x)", "`touch x`", "${HOME}",
            "; touch x", "' ; touch x #", "\" ; touch x #")
        .list().ofMaxSize(8).map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '|', value = {"setsid+user, setsid+user", "a b, |\"a b\"|", "it's, |\"it's\"|", "$x, |'$x'|",
      "a'$, |'a'\\''$'|"})
  void textsAreQuotedOnlyWhereNeeded(String text, String word) {
    assertThat(Shell.word(text)).isEqualTo(word);
  }

  @Test
  void anEmptyTextIsAPairOfQuotes() {
    assertThat(Shell.word("")).isEqualTo("\"\"");
  }
}
