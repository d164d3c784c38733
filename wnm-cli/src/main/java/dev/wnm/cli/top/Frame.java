package dev.wnm.cli.top;

import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
  /** Of so many rows the verdict may take one. */
  private static final int ROWS_FOR_A_LINE_OF_VERDICT = 10;
  private static final int MOST_LINES_OF_FOOT = 3;
  private static final String HINTS = "/ filter  j k move  Enter open  Space mark  . command  ? keys  q quit";

  static Frame of(Model model, Extent extent, boolean isColoured, Instant now) {
    return of(model, extent, isColoured, now, NodeTable.USUAL);
  }

  static Frame of(Model model, Extent extent, boolean isColoured, Instant now, NodeTable table) {
    Screen screen = new Screen(true, OptionalInt.of(extent.columns()), isColoured);
    int verdict = Math.max(1, extent.rows() / ROWS_FOR_A_LINE_OF_VERDICT);
    List<String> head = head(model, extent, screen, verdict, now);
    int room = Math.max(1, extent.rows() - head.size() - 1);
    List<String> body = body(model, new Pages(screen, extent.columns(), room, verdict, now), table);
    int scroll = model.view() == View.NODES ? 0 : Math.max(0, Math.min(model.scroll(), body.size() - room));
    List<String> seen = body.subList(scroll, Math.min(body.size(), scroll + room));
    List<String> foot = foot(model, screen, body.size() - scroll - seen.size());
    List<String> lines = new ArrayList<>(head);
    lines.addAll(seen);
    lines.addAll(Collections.nCopies(room - seen.size(), ""));
    // A foot of several lines covers what is above it, and on a screen that is too low for all the top gives way.
    lines = new ArrayList<>(lines.subList(0, Math.max(0, Math.min(lines.size(), extent.rows() - foot.size()))));
    lines.addAll(foot.subList(0, Math.min(foot.size(), extent.rows())));
    return new Frame(lines.stream().map(line -> cut(AttributedString.fromAnsi(line), extent.columns())).toList(), scroll, room);
  }

  private static List<String> body(Model model, Pages pages, NodeTable table) {
    return model.view() == View.KEYS ? pages.keys()
        : model.sight().snapshot().map(snapshot -> model.view() == View.NODES ? table.lines(model, pages.screen(), pages.columns(), pages.rows())
            : pages.lines(model, snapshot)).orElse(List.of("Asking …"));
  }

  private static AttributedString cut(AttributedString line, int columns) {
    AttributedString cut = line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
    while (cut.columnLength() > columns) {
      cut = cut.subSequence(0, cut.length() - 1);
    }
    return cut;
  }

  private static List<String> head(Model model, Extent extent, Screen screen, int verdict, Instant now) {
    List<String> head = new ArrayList<>();
    String views = Stream.of(View.values()).filter(view -> view.isMain() || view == model.view())
        .map(view -> view == model.view() ? screen.paint(Tone.STRONG, "[" + view.title() + "]") : " " + view.title() + " ")
        .collect(Collectors.joining()).stripTrailing();
    String age = model.sight().snapshot().map(snapshot -> age(snapshot, screen, now)).orElse(screen.paint(Tone.FAINT, "nothing read yet"));
    head.add(age + "  " + views);
    if (!model.sight().trouble().isEmpty()) {
      head.add(screen.paint(Tone.BAD, "cannot be read: " + PlainText.of(model.sight().trouble())));
    }
    model.sight().snapshot().ifPresent(snapshot -> head.addAll(Pages.verdict(snapshot, screen).stream().limit(verdict).toList()));
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

  private static List<String> foot(Model model, Screen screen, int below) {
    return switch (model.input().kind()) {
      case FILTER -> List.of("/" + PlainText.of(model.input().text()) + "_");
      case GO -> List.of("g: n now, t time line, l nodes, d decisions");
      case NONE -> {
        boolean isOfNodes = model.view() == View.NODES;
        if (isOfNodes && !model.rows().wrong().isEmpty()) {
          yield Paragraph.lines("", model.rows().wrong(), screen).stream().limit(MOST_LINES_OF_FOOT).map(line -> screen.paint(Tone.BAD, line)).toList();
        }
        if (!model.note().isEmpty()) {
          yield List.of(PlainText.of(model.note()));
        }
        String took = model.took().map(time -> String.format(Locale.ROOT, "shown in %.1f ms  ", time.toNanos() / 1e6)).orElse("");
        String place = isOfNodes ? place(model) : below > 0 ? below + " more  " : "";
        yield List.of(screen.paint(Tone.FAINT, took + place + (isOfNodes && !model.filter().isEmpty() ? "" : HINTS)));
      }
    };
  }

  private static String place(Model model) {
    int count = model.rows().lines().size();
    String at = count == 0 ? "" : (model.cursor() + 1) + "/" + count + "  ";
    return model.filter().isEmpty() ? at : at + PlainText.of(model.filter()) + ": " + model.rows().remark() + "  (Esc: all)";
  }
}
