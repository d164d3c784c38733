package dev.wnm.managers.setsid;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Needs root, or sudo without a password; fails where there is neither. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own")
class SetsidSudoContractTest extends ProcessManagerContract {
  @BeforeAll
  static void theAccountOfNodes() throws Exception {
    Setup.makeAccount();
  }

  @Override
  protected ProcessManagerProvider provider() {
    return Setup.provider();
  }

  @Override
  protected String type() {
    return "setsid+sudo";
  }
}
