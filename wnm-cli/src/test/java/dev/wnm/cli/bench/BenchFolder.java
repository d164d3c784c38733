package dev.wnm.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The throw-away folder of a bench. */
final class BenchFolder {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private BenchFolder() {}

  interface Work {
    void in(Path folder) throws IOException;
  }

  static void use(Work work) throws IOException {
    Path folder = Files.createTempDirectory("wnm-bench-");
    try {
      work.in(folder);
    } finally {
      delete(folder);
    }
  }

  /** The launcher makes its archive of classes beside the first run. */
  static void awaitArchive(Path folder) throws IOException {
    boolean made = false;
    for (int i = 0; i < 120 && !made; i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      try (Stream<Path> files = Files.list(folder.resolve("cache/wnm"))) {
        List<String> names = files.map(file -> file.getFileName().toString()).toList();
        made = names.stream().anyMatch(name -> name.endsWith(".jsa"))
            && names.stream().noneMatch(name -> name.endsWith(".attempt"));
      }
    }
    System.out.println(made ? "archive of classes made" : "no archive of classes was made");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
