package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.report.WhyNotReport;
import dev.wnm.core.report.table.Screen;
import java.io.PrintStream;
import java.util.Locale;

/** {@code --report status}, {@code --check} and {@code --why_not}: how the colony stands, what comes next and why not more. Writes nothing. */
final class StatusCommand {
  private StatusCommand() {}

  /** @return of a check whether it is known that all is well */
  static ExitCode print(RunMode mode, Colony colony, Settings asked, Screen screen, PrintStream out) {
    ReportFormat format = ReportFormat.of(colony.settings());
    if (mode == RunMode.WHY_NOT) {
      out.println(WhyNotReport.print(colony.whyNot(ActionType.valueOf(asked.get(Options.WHY_NOT).toUpperCase(Locale.ROOT))), format, screen));
      return ExitCode.DONE;
    }
    FleetStatus status = colony.status();
    boolean isInFull = mode == RunMode.STATUS || RunMode.STATUS.isAskedFor(asked);
    out.println(isInFull ? StatusReport.print(status, format, screen) : StatusReport.check(status, format, screen));
    return mode == RunMode.STATUS || StatusReport.isWell(status) ? ExitCode.DONE : ExitCode.FAILED;
  }
}
