package dev.wnm.cli.top;

import dev.wnm.core.history.PastDecision;
import dev.wnm.core.report.NodeDetailsReport;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.report.StatusReport;
import dev.wnm.core.report.WhyNotReport;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The views that are texts, as painted lines of any number: the reports in their own words. */
final class Pages {
  private static final int LEAST_STRIP = 2;
  private static final int SHARE_OF_STRIP = 3;

  private Pages() {}

  /** @param rows how many lines are seen at once */
  static List<String> lines(Model model, Snapshot snapshot, Screen screen, int columns, int rows) {
    return switch (model.view()) {
      case NOW -> now(snapshot, screen, columns, rows);
      case NODE -> node(model, snapshot, screen);
      case DECISIONS -> decisions(snapshot, screen);
      case COMMAND -> CommandPage.lines(model.chosen(), snapshot.settings(), screen, columns);
      case KEYS -> TextTable.lines(Keys.HELP, screen);
      case NODES -> throw new IllegalArgumentException(model.view() + " is a table");
    };
  }

  /** The sentence on whether all is well. */
  static List<String> verdict(Snapshot snapshot, Screen screen) {
    return StatusReport.check(snapshot.status(), ReportFormat.TEXT, screen).lines().toList();
  }

  /** The verdict, with which the report begins, stands in the head already. */
  private static List<String> now(Snapshot snapshot, Screen screen, int columns, int rows) {
    List<String> lines = new ArrayList<>(Strip.lines(snapshot.lines(), screen, columns, Math.max(LEAST_STRIP, rows / SHARE_OF_STRIP)));
    List<String> report = StatusReport.print(snapshot.status(), ReportFormat.TEXT, screen).lines().toList();
    lines.addAll(report.subList(verdict(snapshot, screen).size(), report.size()));
    return lines;
  }

  private static List<String> node(Model model, Snapshot snapshot, Screen screen) {
    return model.current().map(line -> NodeDetailsReport.print(List.of(line), Selection.<NodeLine>everything(), ReportFormat.TEXT, screen).lines()
        .flatMap(text -> wrapped(text, screen)).toList()).orElse(List.of("there is no such node"));
  }

  private static Stream<String> wrapped(String text, Screen screen) {
    return Paragraph.lines("", text, screen).stream();
  }

  private static List<String> decisions(Snapshot snapshot, Screen screen) {
    List<String> lines = new ArrayList<>(WhyNotReport.print(snapshot.whyNot(), ReportFormat.TEXT, screen).lines().toList());
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, snapshot.decisions().isEmpty() ? "No decision is recorded." : "By cycle"));
    snapshot.decisions().forEach(decision -> lines.addAll(decision(decision, snapshot.at(), screen)));
    return lines;
  }

  private static List<String> decision(PastDecision decision, Instant now, Screen screen) {
    String age = Human.ago(decision.last(), now);
    String times = decision.times() == 1 ? "" : ", " + decision.times() + " times since " + Human.ago(decision.first(), now);
    List<String> lines = new ArrayList<>(Paragraph.lines(age + times + ": ", decision.actions().isEmpty() ? "nothing to do"
        : decision.actions().stream().map(action -> action.inWords() + " (" + action.reason() + ")").collect(Collectors.joining("; ")), screen));
    String held = decision.features().asMap().entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.joining(", "));
    lines.addAll(Paragraph.lines("    ", held.isEmpty() ? "nothing held" : "what held: " + held, screen));
    if (!decision.notMore().isEmpty()) {
      lines.addAll(Paragraph.lines("    ", "why not more: " + String.join("; ", decision.notMore()), screen));
    }
    String numbers = decision.numbers().entrySet().stream().map(entry -> entry.getKey() + " " + Human.decimal(entry.getValue())).collect(Collectors.joining(", "))
        + decision.took().map(took -> "; it took " + Human.took(took)).orElse("; it did not come to its end");
    Paragraph.lines("    ", numbers, screen).forEach(line -> lines.add(screen.paint(Tone.FAINT, line)));
    return lines;
  }
}
