package dev.wnm.managers.docker;

import dev.wnm.testkit.manager.StandIn;

/** The same with nodes of the present program. */
class DockerHostAntNode2ContractTest extends DockerHostContractTest {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }
}
