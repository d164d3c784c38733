package dev.wnm.core.store;

import static dev.wnm.core.store.schema.Tables.ROLL_OUT;

import dev.wnm.core.model.RollOutStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** The groups of a roll-out that is not over: rows of {@code roll_out}. */
final class RollOutTable {
  private RollOutTable() {}

  static List<RollOutStep> all(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT * FROM roll_out ORDER BY begun_at, group_name", RollOutTable::step);
  }

  /** Inserts or replaces. */
  static void save(DSLContext sql, RollOutStep step) {
    sql.deleteFrom(ROLL_OUT).where(ROLL_OUT.GROUP_NAME.eq(step.group())).execute();
    sql.insertInto(ROLL_OUT)
        .set(ROLL_OUT.GROUP_NAME, step.group())
        .set(ROLL_OUT.IMAGE, step.image())
        .set(ROLL_OUT.STATE, step.state().name())
        .set(ROLL_OUT.IMAGE_BEFORE, step.before().orElse(""))
        .set(ROLL_OUT.RAN, step.ran().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")))
        .set(ROLL_OUT.BEGUN_AT, step.begunAt().getEpochSecond())
        .set(ROLL_OUT.LIFE, step.life())
        .set(ROLL_OUT.WELL_SINCE, step.wellSince().map(Instant::getEpochSecond).orElse(null))
        .execute();
  }

  /** Puts these in the place of all that there are. */
  static void replace(DSLContext sql, Collection<RollOutStep> steps) {
    sql.deleteFrom(ROLL_OUT).execute();
    steps.forEach(step -> save(sql, step));
  }

  private static RollOutStep step(ResultSet row) throws SQLException {
    String stored = Cells.text(row, "state");
    return new RollOutStep(Cells.text(row, "group_name"), Cells.text(row, "image"),
        Arrays.stream(RollOutStep.State.values()).filter(state -> state.name().equals(stored)).findFirst()
            .orElse(RollOutStep.State.WAITING),
        Optional.of(Cells.text(row, "image_before")).filter(image -> !image.isEmpty()),
        Arrays.stream(Cells.text(row, "ran").split(",")).filter(id -> id.matches("[1-9][0-9]{0,8}")).map(Integer::valueOf)
            .collect(Collectors.toSet()),
        Instant.ofEpochSecond(row.getLong("begun_at")), Cells.text(row, "life"),
        Optional.ofNullable(Cells.number(row, "well_since")).map(Instant::ofEpochSecond));
  }
}
