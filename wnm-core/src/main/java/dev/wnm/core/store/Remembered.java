package dev.wnm.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a run asks for again and again. They are read anew whenever anything in the database may have changed since, whoever
 * changed it. For one connection and one thread at a time.
 */
final class Remembered<T> {
  /** The first number changes with what other connections commit, the second with each row that this one changes. */
  private static final String STATE = "SELECT data_version || ' ' || total_changes() FROM pragma_data_version";

  private final Database.Work<List<T>> read;
  private @Nullable Known<T> known;

  Remembered(Database.Work<List<T>> read) {
    this.read = read;
  }

  /** @param state of the database, before the rows were read */
  private record Known<T>(String state, List<T> rows) {}

  List<T> rows(Connection connection) throws SQLException {
    String state = Sql.texts(connection, STATE).get(0);
    Known<T> last = known;
    if (last == null || !last.state().equals(state)) {
      last = new Known<>(state, List.copyOf(read.on(connection)));
      known = last;
    }
    return last.rows();
  }
}
