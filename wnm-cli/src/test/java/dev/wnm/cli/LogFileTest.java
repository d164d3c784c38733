package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir
  private Path folder;

  @Test
  void linesAreAppendedAndOnlyTheOwnerReadsThem() throws IOException {
    Path file = folder.resolve("wnm.log");
    LogFile.at(file).append("one\n");
    LogFile.at(file).append("two ü\n");
    assertThat(file).hasContent("one\ntwo ü\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void aFullFileIsPutAsideAndTheOldestIsDeleted() throws IOException {
    Path file = folder.resolve("wnm.log");
    LogFile log = new LogFile(file, 10);
    for (int i = 1; i <= 20; i++) {
      assertThat(log.append("line %02d of many\n".formatted(i))).isEmpty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("wnm.log", "wnm.log.1", "wnm.log.2",
          "wnm.log.3", "wnm.log.4");
    }
    assertThat(file).hasContent("line 20 of many\n");
    assertThat(folder.resolve("wnm.log.1")).hasContent("line 19 of many\n");
    assertThat(folder.resolve("wnm.log.4")).hasContent("line 16 of many\n");
  }

  @Test
  void manyWritersLoseNoLineOfTheNewestFiles() throws Exception {
    Path file = folder.resolve("wnm.log");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      // Each as a run of its own has it.
      LogFile own = new LogFile(file, 1 << 20);
      int writer = i;
      threads.add(new Thread(() -> {
        for (int line = 0; line < 500; line++) {
          own.append("writer " + writer + " line " + line + "\n");
        }
      }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(Files.readAllLines(file)).hasSize(2_000).allMatch(line -> line.matches("writer \\d line \\d+")).doesNotHaveDuplicates();
  }

  @Test
  void aPlaceWhereNoFileCanBeIsRefusedInOneSentence() throws IOException {
    assertThatThrownBy(() -> LogFile.at(folder)).hasMessage("--log_file " + folder + " is a folder; name a file");
    assertThatThrownBy(() -> LogFile.at(folder.resolve("no/log")))
        .hasMessage("--log_file " + folder + "/no/log cannot be written: there is no folder " + folder + "/no");
  }

  @Test
  void thatItCannotBeWrittenIsSaidOnce() throws IOException {
    LogFile log = new LogFile(folder.resolve("gone/wnm.log"), 10);
    assertThat(log.append("x\n")).startsWith("the log file " + folder + "/gone/wnm.log cannot be written: ");
    assertThat(log.append("x\n")).isEmpty();
    Files.createDirectory(folder.resolve("gone"));
    assertThat(log.append("x\n")).isEmpty();
    assertThat(folder.resolve("gone/wnm.log")).hasContent("x\n");
  }
}
