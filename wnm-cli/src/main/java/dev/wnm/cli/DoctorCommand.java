package dev.wnm.cli;

import dev.wnm.core.colony.CheckUp;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.model.Check;
import dev.wnm.core.report.CheckReport;
import dev.wnm.core.report.ReportFormat;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code --doctor}: what wnm needs, how it is, and how to mend it. */
final class DoctorCommand {
  private DoctorCommand() {}

  static ExitCode print(SettingsResolver resolver, Dependencies tools, PrintStream out) {
    List<Check> checks = CheckUp.run(resolver, tools);
    out.println(CheckReport.print(checks, ReportFormat.of(resolver.settle(Map.of(), List.of()))));
    return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.TROUBLE) ? ExitCode.FAILED : ExitCode.DONE;
  }
}
