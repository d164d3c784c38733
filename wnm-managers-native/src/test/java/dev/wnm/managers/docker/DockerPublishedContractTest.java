package dev.wnm.managers.docker;

/** {@code --container_network published}. */
class DockerPublishedContractTest extends DockerContract {
  DockerPublishedContractTest() {
    super("published");
  }
}
