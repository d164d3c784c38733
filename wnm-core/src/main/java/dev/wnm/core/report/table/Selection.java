package dev.wnm.core.report.table;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.query.Fields;
import dev.wnm.core.query.Query;
import dev.wnm.core.query.Truth;
import dev.wnm.spi.config.BadInputException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code --filter}, {@code --sort} and {@code --columns} ask for.
 *
 * @param <T> the row
 */
public final class Selection<T> {
  private static final String ALL = "all";

  private final Optional<Query<T>> query;
  private final Optional<Comparator<T>> order;
  private final Optional<List<Column<T>>> columns;

  private Selection(Optional<Query<T>> query, Optional<Comparator<T>> order, Optional<List<Column<T>>> columns) {
    this.query = query;
    this.order = order;
    this.columns = columns;
  }

  /** Every row as it comes, in the usual columns. */
  public static <T> Selection<T> everything() {
    return new Selection<>(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * What the settings ask for.
   *
   * @param now what times in a filter are reckoned from
   * @throws BadInputException when they ask for what is not there
   */
  public static <T> Selection<T> of(Columns<T> all, Settings settings, Instant now) {
    return of(all, asked(settings, Options.FILTER), asked(settings, Options.SORT), asked(settings, Options.COLUMNS), now);
  }

  /**
   * A text that asks for something.
   *
   * @param name what it is called, for messages
   * @param text empty where nothing is asked for
   */
  public record Asked(String name, String text) {}

  /**
   * What texts ask for.
   *
   * @param now what times in a filter are reckoned from
   * @throws BadInputException when they ask for what is not there
   */
  public static <T> Selection<T> of(Columns<T> all, Asked filter, Asked sort, Asked columns, Instant now) {
    return new Selection<>(read(filter, text -> all.fields().query(text, now)), read(sort, all.fields()::order),
        read(columns, text -> text.equals(ALL) ? all.all() : Fields.names(text).stream().map(all::require).distinct().toList()));
  }

  private static Asked asked(Settings settings, Option<String> option) {
    return new Asked(option.toString(), settings.find(option).orElse(""));
  }

  private static <V> Optional<V> read(Asked asked, Function<String, V> reader) {
    if (asked.text().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(asked.text()));
    } catch (IllegalArgumentException wrong) {
      throw new BadInputException(asked.name() + " '" + asked.text() + "': " + wrong.getMessage());
    }
  }

  /** Those rows that it asks for, in its order. */
  public Selected<T> of(List<T> rows) {
    List<T> found = query.isEmpty() ? rows : rows.stream().filter(row -> query.get().test(row) == Truth.YES).toList();
    int unknown = query.isEmpty() ? 0 : (int) rows.stream().filter(row -> query.get().test(row) == Truth.UNKNOWN).count();
    return new Selected<>(order.isEmpty() ? found : found.stream().sorted(order.get()).toList(), rows.size(), unknown);
  }

  /** The columns that it asks for; empty when it asks for none. */
  public Optional<List<Column<T>>> columns() {
    return columns;
  }

  /**
   * The rows that were asked for.
   *
   * @param rows they, in the order in which they are shown
   * @param of how many there are in all
   * @param unknown of how many more it is not known whether they are among them
   */
  public record Selected<T>(List<T> rows, int of, int unknown) {
    /** What was left out, such as {@code 3 of 12 match; of 2 that is not known}; empty when nothing was. */
    public Optional<String> remark() {
      return rows.size() == of ? Optional.empty()
          : Optional.of(rows.size() + " of " + of + " match" + (unknown == 0 ? "" : "; of " + unknown + " that is not known"));
    }
  }
}
