package dev.wnm.testkit.manager;

import java.io.IOException;

/** The back end in memory keeps the contract, so that what is tested on it holds for the others. */
class InMemoryContractTest extends InMemoryContract {
  InMemoryContractTest() throws IOException {
    super(new InMemoryMachine());
  }
}
