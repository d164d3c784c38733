package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Rights;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.nio.file.Path;
import java.time.Duration;

/** What the tests of this back end have in common, inside the container and outside. */
final class Machines {
  /** Long enough for a stand-in to end gracefully, short enough to wait for one that will not. */
  static final Systemctl.Limits LIMITS =
      new Systemctl.Limits(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(6));

  private Machines() {}

  /** The back end, with the real user manager behind homes that tests make up. */
  static ProcessManagerProvider provider() {
    return provider(LIMITS);
  }

  static ProcessManagerProvider provider(Systemctl.Limits limits) {
    return new SystemdProvider(limits, Rights::isRoot,
        context -> ServiceManager.ofUser(Path.of(System.getProperty("user.home")), System.getenv()));
  }
}
