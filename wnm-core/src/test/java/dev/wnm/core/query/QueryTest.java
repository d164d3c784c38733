package dev.wnm.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static Truth test(String text, Ant row) {
    return Ant.FIELDS.query(text, Ant.NOW).test(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "status=RUNNING", "status = running", "STATUS='RUNNING'", "status!=DEAD", "status ~ run", "status in (DEAD, RUNNING)",
      "status not in(DEAD,STOPPED)", "name=antnode0001", "name=\"antnode0001\"", "name~NODE", "service~'0001'", "peers<5", "peers<=4",
      "peers>3 and peers>=4", "peers=4", "connected-peers=4", "peers!=5", "peers<1k", "peers < 1.5 k", "cpu=0.50", "cpu<50%", "memory>97MB",
      "memory > 97 MB", "memory<0.1GB", "memory<100MiB", "memory=97810000", "age=3h", "age<4h", "age > 2h59m", "age>2 h 59 min", "age=180m",
      "age<1d", "age=10800s", "seen>2m ago", "seen > 2 min ago", "seen<59s ago and seen>=61 s ago", "seen>2026-11-30", "seen<2026-11-30T12:00",
      "seen='2026-11-30T13:59:00+02:00'", "version<0.4.11", "version>0.4.9", "version=0.4.10.0", "version~0.4", "fine", "fine=yes", "fine!=off",
      "not fine=no", "(peers<5)", "((peers<5))and(fine)", "peers>5 or fine", "peers>5 and fine or fine", "fine or fine and peers>5",
      "not peers>5 and fine", "not (peers>5 or peers<3)", "peers!=unknown", "not peers=unknown", "peers in (unknown, 4)", "not not fine"})
  void whatIsTrueOfARowFindsIt(String text) {
    assertThat(test(text, Ant.KNOWN)).isEqualTo(Truth.YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=DEAD", "status!=RUNNING", "name=ANTNODE0001", "name~x", "peers>4", "peers<4", "not fine", "fine=no", "peers=unknown",
      "peers in (unknown, 5)", "fine and peers>5", "version>0.4.10", "age>3h", "memory>97.81MB", "seen>59s ago"})
  void whatIsFalseOfARowDoesNot(String text) {
    assertThat(test(text, Ant.KNOWN)).isEqualTo(Truth.NO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"peers<5", "not peers<5", "peers!=5", "status=RUNNING", "name~a", "fine", "peers in (1, 2)", "peers not in (1, 2)",
      "peers<5 and fine", "peers<5 or fine", "status=RUNNING and peers!=unknown or fine"})
  void whatIsNotKnownIsNeitherTrueNorFalse(String text) {
    assertThat(test(text, Ant.UNKNOWN)).isIn(Truth.UNKNOWN);
  }

  @Test
  void whetherSomethingIsKnownIsAlwaysKnown() {
    assertThat(test("peers=unknown", Ant.UNKNOWN)).isEqualTo(Truth.YES);
    assertThat(test("peers!=unknown", Ant.UNKNOWN)).isEqualTo(Truth.NO);
    assertThat(test("peers in (5, unknown)", Ant.UNKNOWN)).isEqualTo(Truth.YES);
    assertThat(test("peers<5 or peers=unknown", Ant.UNKNOWN)).isEqualTo(Truth.YES);
    assertThat(test("peers<5 and peers!=unknown", Ant.UNKNOWN)).isEqualTo(Truth.NO);
    assertThat(test("name='unknown'", Ant.UNKNOWN)).isEqualTo(Truth.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "peers<<5 | at character 6, '<<5': peers is compared with = != < <= > >= in",
      "peers ~ 5 | at character 7, '~ 5': peers is compared with = != < <= > >= in",
      "name < a | at character 6, '< a': name is compared with = != ~ in",
      "peers | at its end: peers is compared with = != < <= > >= in",
      "peers < | at its end: peers must be a whole number such as 12 or 1.5k, or unknown",
      "peers < five | at character 9, 'five': peers must be a whole number such as 12 or 1.5k, or unknown",
      "peers < 4.5 | at character 9, '4.5': peers must be a whole number such as 12 or 1.5k, or unknown",
      "peers < unknown | at character 9, 'unknown': unknown is compared with = or != only",
      "peers < 5 fine | at character 11, 'fine': and, or or the end is expected here",
      "peers < 5 and | at its end: a field, not or ( is expected here, as in name=a",
      "peers < 5 and and fine | at character 15, 'and fine': a field, not or ( is expected here, as in name=a",
      "(peers < 5 | at its end: and, or or ) is expected here",
      "peers < 5) | at character 10, ')': and, or or the end is expected here",
      "peers in 5 | at character 10, '5': ( is expected behind in, as in peers in (a, b)",
      "peers in (5 | at its end: , or ) is expected here",
      "name='a | at character 6, ''a': a quote begins here, and does not end",
      "peer<5 | at character 1, 'peer<5': there is no 'peer'; did you mean peers?",
      "statu=RUNNING | at character 1, 'statu=RUNNING': there is no 'statu'; did you mean status?",
      "xyzzy=1 | at character 1, 'xyzzy=1': there is no 'xyzzy'; there are name, status, peers, cpu, memory, age, seen, version, fine",
      "status=RUNING | at character 8, 'RUNING': status must be one of RUNNING, STOPPED, DEAD, or unknown",
      "age<3 | at character 5, '3': age must be a length of time such as 90s, 30m, 3h, 1h30m or 2d, or unknown",
      "memory<5QB | at character 8, '5QB': memory must be a size such as 500MB, 5GB or 2GiB, or unknown",
      "memory<-5MB | at character 8, '-5MB': memory must be a size such as 500MB, 5GB or 2GiB, or unknown",
      "seen<3h | at character 6, '3h': seen must be a time such as 2026-11-30, 2026-11-30T10:15 or 3h ago, or unknown",
      "seen<2026-13-01 | at character 6, '2026-13-01': seen must be a time such as 2026-11-30, 2026-11-30T10:15 or 3h ago, or unknown",
      "fine<yes | at character 5, '<yes': fine is compared with = != in"})
  void whatIsWrongIsShownWithItsPlaceAndWhatIsAllowed(String text, String sentence) {
    assertThatThrownBy(() -> Ant.FIELDS.query(text, Ant.NOW)).isInstanceOf(QueryException.class).hasMessage(sentence);
  }

  @Test
  void nothingAtAllIsNoQuery() {
    assertThatThrownBy(() -> Ant.FIELDS.query(" ", Ant.NOW)).hasMessageStartingWith("at its end: a field, not or (");
  }

  @Test
  void lengthAndDepthHaveBounds() {
    int deepest = Parser.DEEPEST - 1;
    assertThat(test("(".repeat(deepest) + "fine" + ")".repeat(deepest), Ant.KNOWN)).isEqualTo(Truth.YES);
    assertThat(test("fine" + " and fine".repeat(400), Ant.KNOWN)).as("breadth is not depth").isEqualTo(Truth.YES);
    for (String deep : List.of("(", "not ", "not(")) {
      assertThatThrownBy(() -> Ant.FIELDS.query(deep.repeat(900) + "fine", Ant.NOW)).hasMessageContaining("50 brackets and nots");
    }
    assertThatThrownBy(() -> Ant.FIELDS.query("x".repeat(5_000), Ant.NOW)).hasMessage("it has 5000 characters, and may have 4000");
  }

  @Test
  void rowsAreSortedByOneFieldAfterTheOtherAndUnknownOnesLast() {
    Ant few = Ant.of(1, Duration.ofHours(1));
    Ant old = Ant.of(9, Duration.ofHours(5));
    Ant young = Ant.of(9, Duration.ofHours(2));

    assertThat(sorted("peers,-age", Ant.UNKNOWN, young, old, few)).containsExactly(few, old, young, Ant.UNKNOWN);
    assertThat(sorted("-peers, age", Ant.UNKNOWN, young, old, few)).containsExactly(young, old, few, Ant.UNKNOWN);
    assertThatThrownBy(() -> Ant.FIELDS.order("peers,-agee")).isInstanceOf(QueryException.class)
        .hasMessage("there is no 'agee'; did you mean age?");
    assertThatThrownBy(() -> Ant.FIELDS.order(" ,")).hasMessage("it names no field");
  }

  private static List<Ant> sorted(String order, Ant... rows) {
    return Stream.of(rows).sorted(Ant.FIELDS.order(order)).toList();
  }

  @Test
  void numbersInTextsAreSortedByTheirValue() {
    assertThat(Stream.of("a10", "b", "a2", "a02", "a", "a2b", "", "a100000000000000000000000000000000", "10", "9").sorted(new NaturalOrder()))
        .containsExactly("", "9", "10", "a", "a02", "a2", "a2b", "a10", "a100000000000000000000000000000000", "b");
  }
}
