package dev.wnm.cli.top;

import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;

/**
 * How a model looks on a screen of some size: never more lines than it has rows, and none wider than its columns.
 *
 * @param lines of styled characters, from the top
 * @param scroll how many lines of the text are above the screen, once there is no going beyond its end
 * @param page how many lines there are for what is moved through, 1 or more
 */
record Frame(List<AttributedString> lines, int scroll, int page) {
  private static final int ROWS_FOR_TWO_LINES_OF_VERDICT = 12;
  private static final String HINTS = "/ filter  j k move  Enter open  Space mark  . command  ? keys  q quit";

  static Frame of(Model model, Extent extent, boolean isColoured, Instant now) {
    return of(model, extent, isColoured, now, new NodeTable());
  }

  static Frame of(Model model, Extent extent, boolean isColoured, Instant now, NodeTable table) {
    Screen screen = new Screen(true, OptionalInt.of(extent.columns()), isColoured);
    List<String> head = head(model, extent, screen, now);
    int page = Math.max(1, extent.rows() - head.size() - 1);
    Optional<Snapshot> snapshot = model.sight().snapshot();
    List<String> body = model.view() == View.NODES && snapshot.isPresent() ? table.lines(model, screen, extent.columns(), page)
        : snapshot.map(known -> Pages.lines(model, known, screen, extent.columns(), page)).orElse(model.view() == View.KEYS
            ? TextTable.lines(Keys.HELP, screen) : List.of("Asking …"));
    int scroll = model.view() == View.NODES ? 0 : Math.max(0, Math.min(model.scroll(), body.size() - page));
    List<String> seen = body.subList(scroll, Math.min(body.size(), scroll + page));
    Stream<String> blank = Stream.generate(() -> "").limit(page - seen.size());
    String foot = foot(model, screen, body.size() - scroll - seen.size());
    // On a screen that is too low for all, the head gives way first.
    List<String> all = Stream.of(head.stream(), seen.stream(), blank, Stream.of(foot)).flatMap(lines -> lines).collect(Collectors.toCollection(ArrayList::new));
    List<String> fitting = all.subList(Math.max(0, all.size() - extent.rows()), all.size());
    return new Frame(fitting.stream().map(line -> cut(AttributedString.fromAnsi(line), extent.columns())).toList(), scroll, page);
  }

  private static AttributedString cut(AttributedString line, int columns) {
    AttributedString cut = line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
    while (cut.columnLength() > columns) {
      cut = cut.subSequence(0, cut.length() - 1);
    }
    return cut;
  }

  private static List<String> head(Model model, Extent extent, Screen screen, Instant now) {
    List<String> head = new ArrayList<>();
    String views = Stream.of(View.values()).filter(view -> view.isMain() || view == model.view())
        .map(view -> view == model.view() ? screen.paint(Tone.STRONG, "[" + view.title() + "]") : " " + view.title() + " ").collect(Collectors.joining());
    head.add(model.sight().snapshot().map(snapshot -> age(snapshot, screen, now)).orElse(screen.paint(Tone.FAINT, "nothing read yet")) + "  " + views);
    if (!model.sight().trouble().isEmpty()) {
      head.add(screen.paint(Tone.BAD, "cannot be read: " + PlainText.of(model.sight().trouble())));
    }
    int most = extent.rows() < ROWS_FOR_TWO_LINES_OF_VERDICT ? 1 : 2;
    model.sight().snapshot().ifPresent(snapshot -> head.addAll(Pages.verdict(snapshot, screen).stream().limit(most).toList()));
    return head.subList(0, Math.max(0, Math.min(head.size(), extent.rows() - 2)));
  }

  /** How old all of it is: it is looked at by cycles, and what they stored is read by the screen. */
  private static String age(Snapshot snapshot, Screen screen, Instant now) {
    Duration old = snapshot.cycle().multipliedBy(2);
    Duration sinceRead = Duration.between(snapshot.at(), now);
    String cycle = snapshot.status().lastCycle().map(at -> "cycle " + Human.ago(at, now)).orElse("no cycle yet");
    boolean isOld = sinceRead.compareTo(old) > 0 || snapshot.status().lastCycle().map(at -> at.plus(old).isBefore(now)).orElse(true);
    return screen.paint(isOld ? Tone.BUSY : Tone.PLAIN, cycle + ", read " + Human.time(sinceRead) + " ago");
  }

  private static String foot(Model model, Screen screen, int below) {
    return switch (model.input().kind()) {
      case FILTER -> "/" + PlainText.of(model.input().text()) + "_";
      case GO -> "g: n now, l nodes, d decisions, t time line";
      case NONE -> !model.rows().wrong().isEmpty() && model.view() == View.NODES ? screen.paint(Tone.BAD, model.rows().wrong())
          : !model.note().isEmpty() ? PlainText.of(model.note())
          : screen.paint(Tone.FAINT, model.view() == View.NODES && !model.filter().isEmpty()
              ? PlainText.of(model.filter()) + ": " + (model.rows().remark().isEmpty() ? "all match" : model.rows().remark()) + "  (Esc: all)"
              : (model.view() == View.NODES && !model.rows().lines().isEmpty() ? (model.cursor() + 1) + "/" + model.rows().lines().size() + "  " : below > 0 ? below + " more  " : "") + HINTS);
    };
  }
}
