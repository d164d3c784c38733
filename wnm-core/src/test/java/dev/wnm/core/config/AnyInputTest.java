package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is typed or written, the answer is settings or one sentence. */
class AnyInputTest {
  private static final Path NO_HOME = Path.of("/nonexistent/home");

  @Property
  void anyCommandLineIsTakenOrRefusedInOneSentence(@ForAll("words") List<String> words) {
    settleOrRefuse(() -> new Machine(NO_HOME).settings(words.toArray(String[]::new)));
  }

  @Property(tries = 300)
  void anyConfigFileIsTakenOrRefusedInOneSentence(@ForAll("lines") List<String> lines) throws IOException {
    Path file = Files.createTempFile("config", "");
    try {
      Files.write(file, lines);
      settleOrRefuse(() -> new Machine(NO_HOME).settings("-c", file.toString()));
    } finally {
      Files.delete(file);
    }
  }

  @Property
  void anyStoredRowIsTakenOrRefusedInOneSentence(@ForAll("names") String name, @ForAll("values") String value) {
    settleOrRefuse(() -> new Machine(NO_HOME).settingsOver(Map.of(name, value)));
  }

  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<String> option = Arbitraries.oneOf(names(), names().map(name -> name.replace('_', '-')));
    return Arbitraries.oneOf(
        option.map(name -> "--" + name),
        option.flatMap(name -> values().map(value -> "--" + name + "=" + value)),
        values(),
        Arbitraries.strings().ascii().ofMaxLength(8)).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> separator = Arbitraries.of(" ", "=", ": ", " = ", "", "\t");
    return Arbitraries.oneOf(
        names().flatMap(name -> separator.flatMap(middle -> values().map(value -> name + middle + value))),
        Arbitraries.strings().ascii().ofMaxLength(20)).list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(OptionRegistry.ofClassPath().all().stream().map(Option::name).toList());
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of("", " ", "-", "--", "1", "0", "-1", "50", "99999999999999999999", "1e9", "None", "true", "off", "~",
            "~/x", "$HOME", "${", "'", "\"", "\\", "a=b", "faucet", "faucet:2,donate", "sqlite:///", "setsid+user", "add", "\u0000"),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.doubles().map(String::valueOf),
        Arbitraries.strings().ofMaxLength(12));
  }

  private static void settleOrRefuse(Supplier<Settings> attempt) {
    try {
      assertThat(attempt.get().asText()).containsKeys("node_cap", "process_manager", "dbpath");
    } catch (BadInputException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cntrl}|\\bnull\\b");
    }
  }
}
