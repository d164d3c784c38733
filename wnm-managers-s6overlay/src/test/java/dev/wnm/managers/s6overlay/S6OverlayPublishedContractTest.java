package dev.wnm.managers.s6overlay;

/** {@code --container_network published}. */
class S6OverlayPublishedContractTest extends S6OverlayContract {
  S6OverlayPublishedContractTest() {
    super("published");
  }
}
