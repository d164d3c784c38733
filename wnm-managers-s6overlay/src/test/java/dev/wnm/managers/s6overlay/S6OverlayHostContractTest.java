package dev.wnm.managers.s6overlay;

/** {@code --container_network host}. */
class S6OverlayHostContractTest extends S6OverlayContract {
  S6OverlayHostContractTest() {
    super("host");
  }
}
