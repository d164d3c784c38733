package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.ManagerTypes;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import java.util.List;
import java.util.Optional;

/** Which process manager a machine gets whose operator names none: the best that works here. */
final class DefaultManager {
  /** What is best where it works, the best first. */
  private static final List<String> PREFERRED = List.of("systemd+user", "systemd+sudo", "launchd+user", "launchd+sudo",
      "setsid+user", "setsid+sudo");

  private final ManagerRegistry registry;
  private final ManagerContext context;
  private final Platform platform;

  /** @param settings say where plug-ins are; which process manager they name does not matter */
  DefaultManager(Settings settings, Dependencies tools) {
    registry = tools.managers().apply(settings.get(Options.PLUGIN_PATH));
    context = ManagerContexts.toAsk(settings, tools);
    platform = tools.platform();
  }

  /** The preferred types that work here, the best first. */
  List<String> working() {
    return PREFERRED.stream().filter(type -> obstacle(type).isEmpty()).toList();
  }

  /**
   * Why it is not what this platform does best, in one sentence; empty when it is.
   *
   * @param chosen the type that was taken
   */
  Optional<String> passedOver(String chosen) {
    String mode = chosen.substring(chosen.indexOf('+') + 1);
    String best = switch (platform.os()) {
      case LINUX -> "systemd+" + mode;
      case MACOS -> "launchd+" + mode;
      case OTHER -> chosen;
    };
    return best.equals(chosen) ? Optional.empty() : obstacle(best).map(reason ->
        best + " cannot work here (" + reason + "), so nodes run under " + chosen);
  }

  /** Tells the types of rows that name theirs in part. */
  ManagerTypes types() {
    return new ManagerTypes(type -> registry.entries().stream().anyMatch(entry -> entry.type().equals(type)));
  }

  private Optional<String> obstacle(String type) {
    Optional<ManagerRegistry.Entry> entry =
        registry.entries().stream().filter(known -> known.type().equals(type)).findFirst();
    if (entry.isEmpty()) {
      return Optional.of("no process manager of that name was found");
    }
    return entry.get().availability(context) instanceof Availability.Unavailable unavailable
        ? Optional.of(unavailable.reason())
        : Optional.empty();
  }
}
