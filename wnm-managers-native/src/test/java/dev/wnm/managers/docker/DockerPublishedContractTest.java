package dev.wnm.managers.docker;

import org.junit.jupiter.api.Order;

/** {@code --container_network published}. */
@Order(2)
class DockerPublishedContractTest extends DockerContract {
  DockerPublishedContractTest() {
    super("published");
  }
}
