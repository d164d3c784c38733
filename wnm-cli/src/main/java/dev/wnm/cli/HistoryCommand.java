package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.NamedNodes;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.HistoryLine;
import dev.wnm.core.report.HistoryReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.spi.internal.Human;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** {@code --history}: what was decided and done, and what befell nodes. Writes nothing. */
final class HistoryCommand {
  private static final Duration USUAL = Duration.ofHours(24);

  private HistoryCommand() {}

  static ExitCode print(Colony colony, Settings asked, Screen screen, Instant now, PrintStream out) {
    Selection<HistoryLine> selection = Selection.of(HistoryLine.ALL, asked, now);
    Set<Integer> nodes = asked.find(Options.NODE).filter(names -> !names.isEmpty())
        .map(names -> NamedNodes.of(Options.NODE.toString(), LookCommand.words(names), colony, now).numbers()).orElse(Set.of());
    Duration length = asked.find(Options.SINCE).filter(since -> !since.isEmpty()).map(Human::span).orElse(USUAL);
    ReportFormat format = ReportFormat.of(asked);
    int most = format == ReportFormat.TEXT || asked.isGiven(Options.LINES) ? asked.get(Options.LINES) : Integer.MAX_VALUE;
    out.println(HistoryReport.print(HistoryReport.Extent.of(colony.history(), TimeRange.last(length, now), nodes, most, now), selection, format, screen, now));
    return ExitCode.DONE;
  }
}
