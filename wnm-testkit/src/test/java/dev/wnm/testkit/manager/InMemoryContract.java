package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The conformance suite with the back end in memory. */
abstract class InMemoryContract extends ProcessManagerContract {
  private final InMemoryMachine inMemory;

  InMemoryContract(InMemoryMachine inMemory) {
    this.inMemory = inMemory;
  }

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
