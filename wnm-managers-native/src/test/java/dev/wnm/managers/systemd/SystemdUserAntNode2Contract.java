package dev.wnm.managers.systemd;

import dev.wnm.testkit.manager.StandIn;

/** The same with nodes of the present program; runs in the container of {@link SystemdContractTest}. */
class SystemdUserAntNode2Contract extends SystemdUserContract {
  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }
}
