package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** The contract holds for the other traits as well: groups, upgrades by the back end, teardown in bulk. */
class InMemoryGroupedContractTest extends ProcessManagerContract {
  private final InMemoryMachine inMemory = new InMemoryMachine(ManagerKind.of(Traits.USUAL.with(Traits.Concurrency.PER_GROUP), BulkTeardown.class, HostsGroups.class, Upgrades.class));

  InMemoryGroupedContractTest() throws IOException {}

  @Override
  protected ProcessManagerProvider provider() {
    return inMemory.provider();
  }

  @Override
  protected String type() {
    return InMemoryMachine.TYPE;
  }

  @AfterEach
  void close() {
    inMemory.close();
  }
}
