package dev.wnm.managers.antctl;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a stand-in antctl of their own. */
abstract class AntctlTest {
  @TempDir
  Path folder;

  AntctlBench bench;

  @BeforeEach
  void prepare() throws IOException {
    bench = new AntctlBench(folder);
  }

  @AfterEach
  void clear() throws Exception {
    bench.close();
  }
}
