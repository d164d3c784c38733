package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import java.io.IOException;

/** The contract holds for the other traits as well: groups, upgrades by the back end, teardown in bulk. */
class InMemoryGroupedContractTest extends InMemoryContract {
  InMemoryGroupedContractTest() throws IOException {
    super(new InMemoryMachine(ManagerKind.of(
        Traits.USUAL.with(Traits.Concurrency.PER_GROUP), BulkTeardown.class, HostsGroups.class, Upgrades.class)));
  }
}
