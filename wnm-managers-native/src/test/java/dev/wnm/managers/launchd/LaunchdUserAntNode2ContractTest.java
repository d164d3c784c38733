package dev.wnm.managers.launchd;

import dev.wnm.testkit.manager.StandIn;

/** The same with nodes of the present program. */
class LaunchdUserAntNode2ContractTest extends LaunchdUserContractTest {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }
}
