package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedOptionsTest {
  /** The tests of a module run in its folder. */
  private static final Path PAGE = Path.of("../docs/supervisord.md");
  private static final String BEGIN = "<!-- options: begin; renewed by: mvn -pl wnm-managers-s6overlay -am test"
      + " -Dtest=DocumentedOptionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dwnm.docs.write=true -->\n";
  private static final String END = "<!-- options: end -->";

  @TempDir
  private Path folder;

  /** "section option" as the documentation of supervisord 4.2.5 lists them. */
  static List<String> documented() throws IOException {
    try (InputStream in = DocumentedOptionsTest.class.getResourceAsStream("supervisord-4.2-options.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyDocumentedOptionHasAnOutcomeAndNoOtherHas() throws IOException {
    assertThat(DocumentedOptions.all()).extracting(option -> option.section() + " " + option.name())
        .containsExactlyInAnyOrderElementsOf(documented());
  }

  static Stream<DocumentedOption> listed() {
    return DocumentedOptions.all().stream().filter(option -> !option.isConverted());
  }

  @ParameterizedTest
  @MethodSource("listed")
  void whatHasNoEquivalentIsListedWhenAFileHasIt(DocumentedOption option) throws IOException {
    boolean named = List.of("program", "fcgi-program", "eventlistener", "rpcinterface").contains(option.section());
    String section = option.section() + (named ? ":x" : "");
    String report = new Conf(folder).write("[program:y]\ncommand=y\n[" + section + "]\ncommand=x\nsocket=unix:///x\n"
        + option.name() + "=1\n").read().report();

    assertThat(report.substring(report.indexOf("## Without"))).contains("[" + section + "]").contains(option.name());
  }

  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(page).contains(BEGIN, END);
    if (Boolean.getBoolean("wnm.docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      page = Files.readString(PAGE);
      end = page.indexOf(END);
    }

    assertThat(page.substring(begin, end)).isEqualTo(table());
  }

  private static String table() {
    return "\n| section | option | outcome | what becomes of it |\n|---|---|---|---|\n"
        + DocumentedOptions.all().stream().map(option -> "| " + option.section() + " | `" + option.name() + "` | "
            + option.outcome().word() + " | " + option.becomes() + (option.remedy().isEmpty() ? "" : "; " + option.remedy())
            + " |\n").collect(Collectors.joining()) + "\n";
  }
}
