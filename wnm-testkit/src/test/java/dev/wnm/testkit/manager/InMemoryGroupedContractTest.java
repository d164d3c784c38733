package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

  @Override
  protected Outage throwing() {
    return Outage.of("the machine throws", () -> inMemory.intercept((operation, node) -> {
      throw new IllegalStateException("thrown by the suite");
    }), () -> inMemory.intercept((operation, node) -> Optional.empty()));
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(Outage.of("its tool fails", () -> {
      inMemory.tool().breaksDown("the tool is down");
      inMemory.intercept((operation, node) -> Optional.of(OperationResult.failed("the tool is down at the moment", true)));
    }, () -> {
      inMemory.tool().recovers();
      inMemory.intercept((operation, node) -> Optional.empty());
    }));
  }
}
