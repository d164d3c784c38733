package dev.wnm.managers.s6overlay.image;

import static dev.wnm.managers.s6overlay.image.GroupContainer.definition;
import static dev.wnm.managers.s6overlay.image.GroupContainer.name;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What goes into wnm-nodes line by line, and what nodes print line by line. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class NodeLinesTest {
  @TempDir
  private Path home;

  @Test
  void logsRotateAndStayBounded() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String line = String.join("\t", "chatty", "log_size=4096", "log_files=2", "--", "/bin/sh", "-c",
          "i=0; while [ $i -lt 20000 ]; do echo \"line $i of a talkative node\"; i=$((i+1)); done; sleep 1000") + "\n";
      group.nodes(line, "start");
      Path logs = group.volume().resolve("chatty/console");

      eventually("all is written", () -> textOf(logs).contains("line 19999 of"));

      // Of more than a megabyte; s6-log looks at the size after each of its reads, which take up to 64 KiB at once.
      assertThat(textOf(logs).length()).isLessThan(3 * (4096 + 65536));
      try (Stream<Path> files = Files.list(logs)) {
        assertThat(files.filter(path -> path.getFileName().toString().startsWith("@"))).hasSize(2);
      }
    }
  }

  @Test
  void linesThatAreNotSafeAreRefusedAndTheOthersDone() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String input = "../up\t--\t/bin/sh\n" + "a\tlogs=/var/antctl/services/../../etc\t--\t/bin/sh\n" + "b\t--\tsh\n"
          + "c\t/bin/sh\n" + "d\t--\tLD-PRELOAD=x\t/bin/sh\n"
          + "e\tcolour=red\t--\t/bin/sh\n" + definition(1) + definition(1);

      CommandResult result = group.nodes(input, "start", "--ready", "30");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.stdout().lines()).hasSize(8);
      assertThat(result.stdout().lines().filter(line -> line.contains("\trefused\t"))).hasSize(7);
      assertThat(group.status()).containsOnlyKeys(name(1));
    }
  }

  /** All that a logger keeps; a file may be renamed while it is looked for. */
  private static String textOf(Path logs) {
    try (Stream<Path> files = Files.list(logs)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }
}
