package dev.wnm.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list from which the launcher has Java make its archive of classes for {@code wnm fleet}. */
class ClassListTest {
  private static final Path LIST = Path.of("src/main/dist/lib/wnm-fleet.classes");
  private static final String OURS = "dev/wnm/fleet/";
  private static final int A_TENTH = 10;

  /** One that is behind costs each start some of its time and nothing else, so some names may be old. */
  @Test
  void theListKnowsTheClassesByTheirNames() throws IOException {
    List<String> ours = Files.readAllLines(LIST).stream().filter(line -> line.startsWith(OURS)).map(line -> line.split(" ")[0]).distinct().toList();

    assertThat(ours).hasSizeGreaterThan(100);
    assertThat(ours.stream().filter(name -> getClass().getResource("/" + name + ".class") == null).toList()).as("names without a class; renew the list with:"
        + " mvn -DskipTests package && wnm-cli/src/build/list-classes wnm-cli/target/wnm-cli.jar").hasSizeLessThanOrEqualTo(ours.size() / A_TENTH);
  }
}
