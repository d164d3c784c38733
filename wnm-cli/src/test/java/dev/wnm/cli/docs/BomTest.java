package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the bill of materials, which has no parent, to what the build makes. */
class BomTest {
  private static final Path ROOT = DocPage.ROOT;

  @Test
  void itHasThisVersion() throws IOException {
    assertThat(all("<version>(\\S+)</version>", "wnm-bom/pom.xml").get(0)).isEqualTo(all("<version>(\\S+)</version>", "pom.xml").get(0));
  }

  @Test
  void itNamesEveryModuleButItself() throws IOException {
    List<String> modules = all("<module>(\\S+)</module>", "pom.xml");
    assertThat(all("<artifactId>(\\S+)</artifactId>", "wnm-bom/pom.xml")).containsExactlyInAnyOrderElementsOf(modules);
  }

  private static List<String> all(String pattern, String file) throws IOException {
    return Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve(file))).results().map(found -> found.group(1)).toList();
  }
}
