package dev.wnm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutablesTest {
  private static final int AT_ONCE = 8;
  private static final int PROGRAMS = 300;

  /** Where this JVM wrote them itself, some of them were "Text file busy". */
  @Test
  void aProgramRunsAtOnceWhateverElseIsStartedAtThatMoment(@TempDir Path folder) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < PROGRAMS; i++) {
        Path program = folder.resolve("program-" + i);
        ends.add(threads.submit(() ->
            new ProcessBuilder(Executables.write(program, "#!/bin/sh\nexit 7\n").toString()).start().waitFor()));
      }
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isEqualTo(7);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(folder.toFile().list()).as("nothing else is left").hasSize(PROGRAMS);
  }

  @Test
  void aProgramThatIsThereIsReplaced(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("program"), "old");

    Executables.write(program, "#!/bin/sh\nexit 3\n");

    assertThat(new ProcessBuilder(program.toString()).start().waitFor()).isEqualTo(3);
  }
}
