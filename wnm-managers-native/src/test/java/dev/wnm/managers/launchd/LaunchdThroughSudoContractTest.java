package dev.wnm.managers.launchd;

import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import dev.wnm.testkit.manager.WithoutSudo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/** {@code launchd+sudo} as a wnm has it that is not root. */
@Order(3)
class LaunchdThroughSudoContractTest extends ProcessManagerContract {
  private static TestLaunchd launchd;

  @BeforeAll
  static void prepareLaunchd(@TempDir Path folder) throws Exception {
    launchd = TestLaunchd.in(folder);
  }

  @AfterAll
  static void endLaunchd() {
    launchd.close();
  }

  @Override
  protected ProcessManagerProvider provider() {
    return new ThroughSudo(launchd);
  }

  @Override
  protected String type() {
    return "launchd+sudo";
  }

  @Override
  protected CommandRunner runner() {
    return new WithoutSudo();
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failingSudo());
  }

  @Override
  protected Outage lostList() {
    return TestLaunchd.lostPropertyLists(launchd.daemons());
  }
}
