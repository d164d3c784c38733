package dev.wnm.managers.setsid;

import dev.wnm.testkit.manager.StandIn;

/** The same with nodes of the present program. */
class SetsidUserAntNode2ContractTest extends SetsidUserContractTest {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }
}
