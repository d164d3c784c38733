package dev.wnm.managers.launchd;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On a Mac it uses its own launchctl. */
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // each class of this kind has a launchd of its own
class LaunchdUserContractTest extends ProcessManagerContract {
  private TestLaunchd launchd;

  @BeforeAll
  void prepareLaunchd(@TempDir Path folder) throws Exception {
    launchd = TestLaunchd.in(folder);
  }

  @AfterAll
  void endLaunchd() {
    launchd.close();
  }

  @Override
  protected ProcessManagerProvider provider() {
    return launchd.provider();
  }

  @Override
  protected String type() {
    return "launchd+user";
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failing("launchctl fails", command -> isOf(command, "launchctl"), 1, "Could not find domain for port\n"));
  }

  @Override
  protected Outage lostList() {
    return TestLaunchd.lostPropertyLists(machine.home().resolve("Library/LaunchAgents"));
  }
}
