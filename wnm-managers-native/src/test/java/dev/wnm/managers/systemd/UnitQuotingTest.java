package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitQuotingTest {
  private static final Path HOME = Path.of("/home/op");

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "/n/antnode | /n/antnode",
      "a b | \"a b\"",
      "100% | \"100%%\"",
      "$HOME | \"$HOME\"",
      "it's | \"it's\"",
      "say \"x\" | \"say \\\"x\\\"\"",
      "back\\slash | \"back\\\\slash\"",
      "`` | \"\""})
  void wordsAreQuotedAsSystemdReadsThem(String text, String quoted) {
    assertThat(UnitQuoting.quote(text == null ? "" : text)).isEqualTo(quoted);
  }

  @Property
  void whatIsQuotedIsReadBackAsItWas(@ForAll("words") List<String> words) {
    String line = "ExecStart=:/n/antnode " + String.join(" ", words.stream().map(UnitQuoting::quote).toList());

    List<String> read = UnitText.parse("[Service]\n" + line).command("antnode0001.service", HOME);

    assertThat(read.subList(1, read.size())).isEqualTo(words);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().withChars("ab $%\"'\\\n\t;#=-/ü").ofMaxLength(8).list().ofMinSize(1).ofMaxSize(5);
  }

  @Test
  void quotesEscapesAndSpecifiersOfPeopleAreUnderstood() {
    UnitText unit = UnitText.parse("""
        [Unit]
        Description=x
        [Service]
        # ExecStart=/no
        ExecStart=/old
        ExecStart=
        ExecStart=-"/n/with blank/antnode" --root-dir '%h/n 1' \\
          --name %N --x $$5 a\\x41b
        Environment="A=b C=d" E=f
        Environment=G=%%
        User=ant
        [Install]
        ExecStart=/never
        """);

    assertThat(unit.command("antnode0001.service", HOME)).containsExactly(
        "/n/with blank/antnode", "--root-dir", "/home/op/n 1", "--name", "antnode0001", "--x", "$5", "aAb");
    assertThat(unit.environment("antnode0001.service", HOME)).isEqualTo(Map.of("A", "b C=d", "E", "f", "G", "%"));
    assertThat(unit.user()).contains("ant");
  }

  @Test
  void aUnitWithoutACommandHasNone() {
    assertThat(UnitText.parse("[Service]\nUser=x\n").command("a.service", HOME)).isEmpty();
    assertThat(UnitText.parse("").environment("a.service", HOME)).isEmpty();
  }
}
