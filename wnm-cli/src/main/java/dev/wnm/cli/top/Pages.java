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
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views that are texts, as painted lines of any number: the reports in their own words.
 *
 * @param screen what they are shown on
 * @param columns how wide that is
 * @param rows how many lines are seen at once
 * @param verdict how many lines of the verdict stand above them already
 * @param now the time
 */
record Pages(Screen screen, int columns, int rows, int verdict, Instant now) {
  private static final int LEAST_STRIP = 2;
  private static final int SHARE_OF_STRIP = 4;

  List<String> lines(Model model, Snapshot snapshot) {
    return switch (model.view()) {
      case NOW -> now(snapshot);
      case TIME -> TimeLine.lines(snapshot, screen, columns);
      case NODE -> node(model);
      case DECISIONS -> decisions(snapshot);
      case COMMAND -> CommandPage.lines(model.chosen(), snapshot.settings(), screen, columns);
      case KEYS -> keys();
      case NODES -> throw new IllegalArgumentException(model.view() + " is a table");
    };
  }

  /** What each key does. */
  List<String> keys() {
    return Keys.HELP.stream().flatMap(row -> Paragraph.lines(String.format(Locale.ROOT, "%-10s", row.get(0)), row.get(1), screen).stream()).toList();
  }

  /** The sentence on whether all is well. */
  static List<String> verdict(Snapshot snapshot, Screen screen) {
    return StatusReport.check(snapshot.status(), ReportFormat.TEXT, screen).lines().toList();
  }

  /** What is wrong, then room, then what comes next; of the verdict only what did not fit in the head. */
  private List<String> now(Snapshot snapshot) {
    StatusReport.Parts parts = StatusReport.parts(snapshot.status(), screen);
    List<String> lines = new ArrayList<>(parts.verdict().subList(Math.min(verdict, parts.verdict().size()), parts.verdict().size()));
    lines.addAll(Strip.lines(snapshot.lines(), screen, columns, Math.max(LEAST_STRIP, rows / SHARE_OF_STRIP)));
    Stream.of(parts.problems(), parts.resources(), Stream.concat(countdown(snapshot).stream(), parts.doing().stream()).toList(), parts.past(), parts.notes()).filter(part -> !part.isEmpty()).forEach(part -> {
      lines.add("");
      lines.addAll(part);
    });
    return lines;
  }

  /** How long until the next cycle, which goes on between two readings; one that is late may be under way. */
  private Optional<String> countdown(Snapshot snapshot) {
    return snapshot.nextCycle().map(next -> {
      Duration left = Duration.between(now, next);
      return left.isNegative() ? screen.paint(left.negated().compareTo(snapshot.cycle()) > 0 ? Tone.BUSY : Tone.PLAIN, "Cycle due:    " + Human.time(left.negated()) + " ago")
          : "Cycle due:    in " + Human.time(left);
    });
  }

  private List<String> node(Model model) {
    return model.current().map(line -> Stream.concat(
            NodeDetailsReport.print(List.of(line), Selection.<NodeLine>everything(), ReportFormat.TEXT, screen).lines(),
            Stream.of("", "Its life: wnm --explain " + Shell.word(line.node().service()), "Its log: wnm --logs " + Shell.word(line.node().service())))
        .flatMap(text -> Paragraph.lines("", text, screen).stream()).toList()).orElse(List.of("there is no such node"));
  }

  private List<String> decisions(Snapshot snapshot) {
    List<String> lines = new ArrayList<>(WhyNotReport.print(snapshot.whyNot(), ReportFormat.TEXT, screen).lines().toList());
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, snapshot.decisions().isEmpty() ? "No decision is recorded." : "By cycle"));
    snapshot.decisions().forEach(decision -> lines.addAll(decision(decision, snapshot.at())));
    return lines;
  }

  private List<String> decision(PastDecision decision, Instant now) {
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
