package dev.wnm.core.report.table;

import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as lines of text: columns as wide as their widest cell, some blanks between them. Where the screen is narrower, cells are
 * cut with an ellipsis, then columns left out, the least important first; a line is never wrapped.
 */
public final class TextTable {
  private static final int GAP = 2;

  /**
   * The head of a column.
   *
   * @param title its title
   * @param right whether its cells stand at the right
   * @param rank how soon it is left out: the greatest first, 0 never
   * @param least to how many characters its cells may be cut; empty where they may not
   */
  public record Heading(String title, boolean right, int rank, OptionalInt least) {
    /** One at the left that is never left out or cut. */
    public static Heading of(String title) {
      return new Heading(title, false, 0, OptionalInt.empty());
    }
  }

  /** What stands in one place. Whatever steers a terminal is taken out of its text. */
  public record Cell(String text, Tone tone) {
    public Cell {
      text = PlainText.of(text);
    }
  }

  private final List<Heading> headings;
  private final List<List<Cell>> rows;
  private final int[] widths;
  private final List<Integer> shown;

  private TextTable(List<Heading> headings, List<List<Cell>> rows) {
    this.headings = headings;
    this.rows = rows;
    widths = headings.stream().mapToInt(heading -> Width.of(heading.title())).toArray();
    rows.forEach(row -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Width.of(row.get(i).text()));
      }
    });
    shown = IntStream.range(0, widths.length).boxed().collect(Collectors.toCollection(ArrayList::new));
  }

  /** Its lines, the titles first. @param rows each with as many cells as there are headings */
  public static List<String> lines(List<Heading> headings, List<List<Cell>> rows, Screen screen) {
    TextTable table = new TextTable(headings, rows);
    screen.width().ifPresent(table::fit);
    List<String> lines = new ArrayList<>();
    lines.add(table.line(headings.stream().map(heading -> new Cell(heading.title(), Tone.STRONG)).toList(), screen));
    rows.forEach(row -> lines.add(table.line(row, screen)));
    return lines;
  }

  /** The same of plain texts, of which the first row is the titles, all at the left. */
  public static List<String> lines(List<List<String>> rows, Screen screen) {
    return lines(rows.get(0).stream().map(Heading::of).toList(),
        rows.stream().skip(1).map(row -> row.stream().map(text -> new Cell(text, Tone.PLAIN)).toList()).toList(), screen);
  }

  private void fit(int width) {
    boolean goesOn = true;
    while (goesOn && least() > width) {
      goesOn = leaveOneOut();
    }
    goesOn = true;
    while (goesOn && total() > width) {
      goesOn = cutTheWidest(total() - width);
    }
    // Should even that be too much, the last one takes what is left.
    int last = shown.get(shown.size() - 1);
    widths[last] = Math.max(1, widths[last] - Math.max(0, total() - width));
  }

  /** Whether there was one that may be left out. */
  private boolean leaveOneOut() {
    Optional<Integer> least = shown.stream().filter(i -> headings.get(i).rank() > 0 && shown.size() > 1)
        .max(Comparator.comparing((Integer i) -> headings.get(i).rank()).thenComparing(Comparator.naturalOrder()));
    least.ifPresent(shown::remove);
    return least.isPresent();
  }

  /** The widest, down to the next, so that as little as possible is lost of each. @return whether there was one that may be cut */
  private boolean cutTheWidest(int over) {
    List<Integer> cuttable = shown.stream().filter(i -> least(i) < widths[i]).sorted(Comparator.comparing((Integer i) -> widths[i]).reversed()).toList();
    if (cuttable.isEmpty()) {
      return false;
    }
    int widest = cuttable.get(0);
    int next = cuttable.size() > 1 ? widths[cuttable.get(1)] : 0;
    widths[widest] = Math.max(least(widest), Math.max(widths[widest] - over, Math.min(next, widths[widest] - 1)));
    return true;
  }

  private int total() {
    return shown.stream().mapToInt(i -> widths[i]).sum() + GAP * (shown.size() - 1);
  }

  private int least() {
    return shown.stream().mapToInt(this::least).sum() + GAP * (shown.size() - 1);
  }

  private int least(int column) {
    Heading heading = headings.get(column);
    return heading.least().isEmpty() ? widths[column]
        : Math.min(widths[column], Math.max(heading.least().getAsInt(), Width.of(heading.title())));
  }

  private String line(List<Cell> cells, Screen screen) {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < shown.size(); at++) {
      int i = shown.get(at);
      boolean isLast = at == shown.size() - 1;
      Cell cell = cells.get(i);
      String text = Width.cut(cell.text(), widths[i]);
      String padded = isLast && !headings.get(i).right() ? text : Width.padded(text, widths[i], headings.get(i).right());
      line.append(screen.paint(cell.tone(), isLast ? padded.stripTrailing() : padded)).append(isLast ? "" : " ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }
}
