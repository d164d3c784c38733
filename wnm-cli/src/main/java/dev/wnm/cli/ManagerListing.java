package dev.wnm.cli;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.ManagerContexts;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.spi.manager.Availability;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code --list_managers}: every process manager found, its jar, and whether it can work here. */
final class ManagerListing {
  private ManagerListing() {}

  static ExitCode print(SettingsResolver resolver, Dependencies tools, PrintStream out) {
    Settings settings = resolver.settle(Map.of(), List.of());
    ManagerRegistry registry = tools.managers().apply(settings.get(Options.PLUGIN_PATH));
    int width = registry.entries().stream().mapToInt(entry -> entry.type().length()).max().orElse(0);
    for (ManagerRegistry.Entry entry : registry.entries()) {
      Availability availability = entry.availability(ManagerContexts.toAsk(settings, tools));
      out.printf(Locale.ROOT, "%-" + width + "s  %s%n", entry.type(), words(availability));
      out.printf(Locale.ROOT, "%-" + width + "s  from %s%n", "", entry.source());
    }
    registry.problems().forEach(out::println);
    return ExitCode.DONE;
  }

  private static String words(Availability availability) {
    return availability instanceof Availability.Unavailable unavailable
        ? "cannot work here: " + unavailable.reason()
        : "works here" + (((Availability.Available) availability).detail().isEmpty() ? ""
            : " (" + ((Availability.Available) availability).detail() + ")");
  }
}
