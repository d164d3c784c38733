package dev.wnm.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedLogsTest {
  private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path base;

  @Test
  void whatANodeLoggedIsKeptForItsOwnerOnly() throws IOException {
    Path file = new FailedLogs(base, NOON).keep("antnode0007.service", "it cannot\n").orElseThrow();

    assertThat(file).isEqualTo(base.resolve("logs/failed/antnode0007-20261128-120000-000.log")).hasContent("it cannot\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void theNewestFilesStayAndNoneIsLong() throws IOException {
    Path other = Files.createDirectories(base.resolve("logs/failed")).resolve("notes.txt");
    Files.writeString(other, "mine");
    for (int second = 0; second < FailedLogs.MOST_FILES + 5; second++) {
      Clock then = Clock.fixed(NOON.instant().plusSeconds(second), ZoneOffset.UTC);
      assertThat(new FailedLogs(base, then).keep("antnode0001", "x".repeat(2 * FailedLogs.MOST_CHARS))).isPresent();
    }

    try (Stream<Path> files = Files.list(base.resolve("logs/failed"))) {
      assertThat(files.filter(file -> !file.equals(other)).sorted().toList()).hasSize(FailedLogs.MOST_FILES)
          .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(FailedLogs.MOST_CHARS + 10L))
          .first().satisfies(oldest -> assertThat(oldest.getFileName().toString()).isEqualTo("antnode0001-20261128-120005-000.log"));
    }
    assertThat(other).hasContent("mine");
  }

  @Test
  void nothingToKeepAndNoPlaceForItAreNoTrouble() throws IOException {
    assertThat(new FailedLogs(base, NOON).keep("antnode0001", " \n")).isEmpty();
    assertThat(base.resolve("logs")).doesNotExist();
    Files.writeString(base.resolve("logs"), "a file in its place");
    assertThat(new FailedLogs(base, NOON).keep("antnode0001", "text")).isEmpty();
  }
}
