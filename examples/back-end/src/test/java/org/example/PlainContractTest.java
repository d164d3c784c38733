package org.example;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ProcessManagerContract;

class PlainContractTest extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return new PlainProvider();
  }

  @Override
  protected String type() {
    return "plain+user";
  }
}
