package dev.wnm.managers.setsid;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;

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
