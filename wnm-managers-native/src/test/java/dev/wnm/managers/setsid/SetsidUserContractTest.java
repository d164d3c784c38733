package dev.wnm.managers.setsid;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own")
class SetsidUserContractTest extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return Setup.provider();
  }

  @Override
  protected String type() {
    return "setsid+user";
  }
}
