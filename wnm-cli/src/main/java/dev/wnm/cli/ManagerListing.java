package dev.wnm.cli;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.ManagerContexts;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.report.ManagersReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.spi.manager.Availability;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code --list_managers}: every process manager found, its jar, and whether it can work here. */
final class ManagerListing {
  private ManagerListing() {}

  static ExitCode print(SettingsResolver resolver, Dependencies tools, Screen screen, PrintStream out) {
    Settings settings = resolver.settle(Map.of(), List.of());
    ManagerRegistry registry = tools.managers().apply(settings.get(Options.PLUGIN_PATH));
    List<ManagersReport.Manager> managers = registry.entries().stream().map(entry -> {
      Availability availability = entry.availability(ManagerContexts.toAsk(settings, tools));
      return availability instanceof Availability.Unavailable unavailable
          ? new ManagersReport.Manager(entry.type(), false, unavailable.reason(), entry.source())
          : new ManagersReport.Manager(entry.type(), true, ((Availability.Available) availability).detail(), entry.source());
    }).toList();
    out.println(ManagersReport.print(managers, registry.problems(), ReportFormat.of(settings), screen));
    return ExitCode.DONE;
  }
}
