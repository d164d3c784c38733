package dev.wnm.managers.docker;

/** {@code --container_network host}. */
class DockerHostContractTest extends DockerContract {
  DockerHostContractTest() {
    super("host");
  }
}
