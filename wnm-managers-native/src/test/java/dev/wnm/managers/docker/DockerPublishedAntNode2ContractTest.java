package dev.wnm.managers.docker;

import dev.wnm.testkit.manager.StandIn;

/** The same with nodes of the present program. */
class DockerPublishedAntNode2ContractTest extends DockerPublishedContractTest {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }
}
