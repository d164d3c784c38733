package dev.wnm.core.colony;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What many tests begin with: a colony of three running nodes, and nothing logged of how they came to be. */
abstract class FleetOfThree {
  @TempDir
  private Path home;
  protected ColonyHarness colony;

  @BeforeEach
  void growToThree() throws Exception {
    colony = ColonyHarness.initialized(home);
    colony.grow(3);
    colony.machine.log().clear();
  }

  @AfterEach
  void close() {
    colony.close();
  }
}
