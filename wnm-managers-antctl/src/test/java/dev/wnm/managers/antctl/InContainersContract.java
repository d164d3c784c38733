package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.util.List;

/** The conformance suite with antctl in containers. */
abstract class InContainersContract extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return new AntctlProvider();
  }

  @Override
  protected String type() {
    return "antctl+user";
  }

  @Override
  protected boolean takesBlanksInPaths() {
    return false;
  }

  @Override
  protected boolean pidsAreOfThisMachine() {
    return false;
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failingDockerExec(), failingDocker());
  }
}
