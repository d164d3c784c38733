package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** The contract holds for the other traits as well: groups, upgrades by the back end, teardown in bulk. */
class InMemoryGroupedContractTest extends ProcessManagerContract {
  private final InMemoryMachine inMemory = new InMemoryMachine(new Traits(Traits.Numbering.GROUP_BLOCKS,
      Traits.Concurrency.PER_GROUP, Traits.Upgrades.BY_BACK_END, Traits.Teardown.IN_BULK, true, new Traits.Binaries.OfMachine()));

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
