package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles {@code examples/embedding} against the jars of this build, and runs it with stand-ins for antnode. */
@Order(7)
class ExampleEmbeddingIT {
  private static final Path PROJECT = DocPage.ROOT.resolve("examples/embedding");

  @Test
  void itsFleetComesUpAndGoes(@TempDir Path folder) throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    Examples.compile(PROJECT.resolve("src/main/java"), classes, classPath);
    Path antnode = StandInAntnode.installInto(Files.createDirectories(folder.resolve("bin")), new Version("0.4.17"));
    List<Integer> starts = FreePorts.thousands(2, 10);
    Path out = folder.resolve("out");
    try {
      Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
          classes + File.pathSeparator + classPath, "org.example.SmallFleet", folder.resolve("fleet").toString(), antnode.toString(),
          "0x1111111111111111111111111111111111111111", starts.get(0).toString(), starts.get(1).toString())
          .redirectErrorStream(true).redirectOutput(out.toFile()).start();
      boolean ended = program.waitFor(5, TimeUnit.MINUTES);
      program.destroyForcibly();
      assertThat(ended).as(Files.readString(out)).isTrue();
      assertThat(program.exitValue()).as(Files.readString(out)).isZero();
    } finally {
      FreePorts.giveBack(starts);
    }
    assertThat(Files.readString(out)).contains("antnode0001.service runs with peer id 12D3Koo",
        "antnode0002.service runs with peer id 12D3Koo",
        "all are removed");
  }

  @Test
  void itsPomNamesThisVersionOfWnm() throws Exception {
    Examples.assertNamesThisVersion(PROJECT.resolve("pom.xml"));
  }
}
