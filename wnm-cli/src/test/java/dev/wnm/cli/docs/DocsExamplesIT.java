package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the console examples of README and docs, page by page in order, each page in a home of its own. */
@Order(6)
class DocsExamplesIT {
  static List<DocPage> pages() {
    return DocPage.all().stream().filter(page -> !page.examples().isEmpty() && !CompanionGuidesIT.PAGES.contains(page.toString())).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theExamplesPrintWhatThePageSays(DocPage page, @TempDir Path folder) throws IOException {
    Path home = Files.createDirectory(folder.resolve("home")).toRealPath();
    if (page.toString().equals("docs/writing-a-back-end.md")) {
      Path jar = ExampleBackEnd.jar(Files.createDirectory(folder.resolve("build")));
      Files.copy(jar, Files.createDirectory(home.resolve("plugins")).resolve(jar.getFileName()));
    }
    try (DocShell shell = new DocShell(home)) {
      try {
        for (DocPage.Example example : page.examples()) {
          assertThat(shell.run(example.command())).as("%s: $ %s", page, example.command()).matches(example.expected());
        }
      } finally {
        shell.run("if [ -e \"$DBPATH\" ]; then wnm --force_action teardown --confirm; fi");
      }
    }
  }
}
