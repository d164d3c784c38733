package dev.wnm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
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

  private static boolean holdsJava(Path folder) {
    File[] files = folder.toFile().listFiles((parent, name) -> name.endsWith(".java"));
    return files != null && files.length > 0;
  }
}
