package dev.wnm.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void semicolonsInTextsCommentsAndTriggersEndNoStatement() {
    assertThat(SqlScript.statements("""
        -- a comment; with a semicolon, and one quote: '
        CREATE TABLE a (x TEXT DEFAULT 'it''s; so'); /* more; of
        it */ INSERT INTO a VALUES (';--');

        CREATE TRIGGER t AFTER INSERT ON a BEGIN
          UPDATE a SET x = 1;
          DELETE FROM a;
        END;
        DROP TABLE "odd;name"
        """)).hasSize(4).satisfiesExactly(
            table -> assertThat(table).isEqualTo("CREATE TABLE a (x TEXT DEFAULT 'it''s; so')"),
            row -> assertThat(row).isEqualTo("INSERT INTO a VALUES (';--')"),
            trigger -> assertThat(trigger).startsWith("CREATE TRIGGER").endsWith("END"),
            last -> assertThat(last).isEqualTo("DROP TABLE \"odd;name\""));
  }

  @Test
  void anEmptyScriptDoesNothing() {
    assertThat(SqlScript.statements(" ;; -- nothing\n")).isEmpty();
  }
}
