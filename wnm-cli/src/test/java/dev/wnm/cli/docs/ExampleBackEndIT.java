package dev.wnm.cli.docs;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Holds the back end that docs/process-managers.md shows to what every back end must do. */
class ExampleBackEndIT extends ProcessManagerContract {
  private static ProcessManagerProvider provider;

  @BeforeAll
  static void compile(@TempDir Path folder) throws IOException {
    provider = ExampleBackEnd.load(ExampleBackEnd.jar(folder));
  }

  @Override
  protected ProcessManagerProvider provider() {
    return provider;
  }

  @Override
  protected String type() {
    return "plain+user";
  }
}
