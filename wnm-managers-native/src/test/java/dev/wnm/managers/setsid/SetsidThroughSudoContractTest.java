package dev.wnm.managers.setsid;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;
import org.junit.jupiter.api.BeforeAll;

class SetsidThroughSudoContractTest extends ProcessManagerContract {
  @BeforeAll
  static void theAccountOfNodes() throws Exception {
    Setup.makeAccount();
  }

  @Override
  protected ProcessManagerProvider provider() {
    return new ThroughSudo();
  }

  @Override
  protected String type() {
    return "setsid+sudo";
  }
}
