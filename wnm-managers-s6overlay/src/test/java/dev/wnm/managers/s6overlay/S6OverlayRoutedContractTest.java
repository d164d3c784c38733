package dev.wnm.managers.s6overlay;

/** {@code --container_network routed}. */
class S6OverlayRoutedContractTest extends S6OverlayContract {
  S6OverlayRoutedContractTest() {
    super("routed");
  }
}
