package dev.wnm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesTest {
  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java"))) {
      List<Path> silent = folders.filter(PackagesTest::holdsJava)
          .filter(folder -> !Files.exists(folder.resolve("package-info.java"))).toList();
      assertThat(silent).isEmpty();
    }
  }

  @Test
  void everyPackageIsHeldToItsNulls() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java"))) {
      List<Path> unmarked = folders.filter(PackagesTest::holdsJava)
          .filter(folder -> !says(folder.resolve("package-info.java"), "@NullMarked")).toList();
      assertThat(unmarked).isEmpty();
    }
  }

  private static boolean says(Path file, String line) {
    try {
      return Files.readAllLines(file).contains(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsJava(Path folder) {
    File[] files = folder.toFile().listFiles((parent, name) -> name.endsWith(".java"));
    return files != null && files.length > 0;
  }
}
