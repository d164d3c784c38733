package dev.wnm.managers.s6overlay;

import org.junit.jupiter.api.Order;

/** {@code --container_network published}. */
@Order(1)
class S6OverlayPublishedContractTest extends S6OverlayContract {
  S6OverlayPublishedContractTest() {
    super("published");
  }
}
