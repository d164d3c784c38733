package dev.wnm.testkit.antctl;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a stand-in of their own. */
abstract class OnAntctlBench {
  @TempDir
  Path folder;

  AntctlBench bench;

  @BeforeEach
  void install() throws IOException {
    bench = new AntctlBench(folder);
  }

  @AfterEach
  void stopItsNodes() throws IOException {
    bench.close();
  }
}
