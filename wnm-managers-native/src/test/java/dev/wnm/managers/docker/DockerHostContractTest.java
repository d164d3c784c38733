package dev.wnm.managers.docker;

import org.junit.jupiter.api.Order;

/** {@code --container_network host}. */
@Order(2)
class DockerHostContractTest extends DockerContract {
  DockerHostContractTest() {
    super("host");
  }
}
