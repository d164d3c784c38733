package dev.wnm.managers.setsid;

import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import dev.wnm.testkit.manager.WithoutSudo;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own")
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

  @Override
  protected CommandRunner runner() {
    return new WithoutSudo();
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failingSudo());
  }
}
