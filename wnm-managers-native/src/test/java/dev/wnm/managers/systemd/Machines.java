package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests of this back end have in common, inside the container and outside. */
final class Machines {
  /** Long enough for a stand-in to end gracefully, short enough to wait for one that will not. */
  static final Systemctl.Limits LIMITS =
      new Systemctl.Limits(Duration.ofSeconds(30), Duration.ofSeconds(90), Patience.of(Duration.ofSeconds(6)));

  private Machines() {}

  /** The back end, with the real user manager behind homes that tests make up. */
  static ProcessManagerProvider provider() {
    return provider(LIMITS);
  }

  static ProcessManagerProvider provider(Systemctl.Limits limits) {
    return new SystemdProvider(limits, Rights::isRoot,
        context -> ServiceManager.ofUser(Path.of(System.getProperty("user.home")), System.getenv()));
  }

  /** The units of nodes are gone from systemd's folder, as it is told, while those that run go on. */
  static Outage lostUnits(ServiceManager manager, Path aside) {
    return Outage.of("the units are gone", () -> moveUnits(manager, manager.unitFolder(), Files.createDirectories(aside)),
        () -> moveUnits(manager, aside, manager.unitFolder()));
  }

  private static void moveUnits(ServiceManager manager, Path from, Path to) throws IOException, CommandFailedException {
    try (var units = Files.newDirectoryStream(from, "antnode*.service")) {
      for (Path unit : units) {
        Files.move(unit, to.resolve(unit.getFileName()));
      }
    }
    List<String> words = new ArrayList<>(List.of("systemctl", "daemon-reload"));
    if (manager.ofUser()) {
      words.add(1, "--user");
    }
    new ProcessCommandRunner().run(
        new Command(words, manager.environment(), "", Command.DEFAULT_LIMIT, Optional.empty())).orThrow();
  }
}
