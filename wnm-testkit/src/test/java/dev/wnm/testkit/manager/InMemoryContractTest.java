package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** The back end in memory keeps the contract, so that what is tested on it holds for the others. */
class InMemoryContractTest extends ProcessManagerContract {
  private final InMemoryMachine inMemory = new InMemoryMachine();

  InMemoryContractTest() throws IOException {}

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
