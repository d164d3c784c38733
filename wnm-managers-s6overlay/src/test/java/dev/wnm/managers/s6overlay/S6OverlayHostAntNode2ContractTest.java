package dev.wnm.managers.s6overlay;

import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.manager.StandIn;
import org.junit.jupiter.api.Order;

/** The same with nodes of the present program, which has no page of metrics. */
@Order(2)
class S6OverlayHostAntNode2ContractTest extends S6OverlayHostContractTest {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }

  /** Ports for browsers, where other nodes have metrics. */
  @Override
  protected GroupLayout groups() {
    return super.groups().withBrowserPorts(super.groups().metricsPortStart());
  }

  @Override
  protected NodePorts ports(int id) {
    return NodePorts.of(super.ports(id).node()).withBrowsers(super.ports(id).metrics());
  }
}
