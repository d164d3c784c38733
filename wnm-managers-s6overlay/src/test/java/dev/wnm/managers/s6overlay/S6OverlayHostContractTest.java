package dev.wnm.managers.s6overlay;

import org.junit.jupiter.api.Order;

/** {@code --container_network host}. */
@Order(2)
class S6OverlayHostContractTest extends S6OverlayContract {
  S6OverlayHostContractTest() {
    super("host");
  }
}
