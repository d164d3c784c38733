package dev.wnm.core.firewall;

import dev.wnm.spi.manager.Firewall;
import java.util.List;

/**
 * Leaves the machine's firewall alone, and says why, because an operator might expect otherwise.
 *
 * @param reason a sentence that stays the same as long as it is true
 */
public record UnusedFirewall(String reason) implements Firewall {
  @Override
  public void open(int udpPort, String comment) {}

  @Override
  public void close(int udpPort) {}

  @Override
  public List<String> notices() {
    return List.of(reason);
  }
}
