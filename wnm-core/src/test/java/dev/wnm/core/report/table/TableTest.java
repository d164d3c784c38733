package dev.wnm.core.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private record Ant(String name, Optional<Long> peers, Optional<Long> bytes, String words, Optional<Instant> seen) {}

  private static final List<Column<Ant>> COLUMNS = List.of(
      Column.<Ant>text("name", "Name", ant -> Optional.of(ant.name())).rank(0).toned(ant -> ant.name().equals("a1") ? Tone.GOOD : Tone.BAD),
      Column.<Ant>count("peers", "Peers", Ant::peers).rank(10),
      Column.<Ant>size("memory", "Memory", Ant::bytes).rank(20),
      Column.<Ant>text("words", "Words", ant -> Optional.of(ant.words())).rank(30).cutTo(8),
      Column.<Ant>time("seen", "Seen", Ant::seen, ant -> NOW).rank(40).inJson("last_seen"));
  private static final List<Ant> ROWS = List.of(
      new Ant("a1", Optional.of(12_345L), Optional.of(97_810_000L), "it says \"no, thanks\"", Optional.of(NOW.minus(Duration.ofHours(3)))),
      new Ant("a10", Optional.of(7L), Optional.empty(), "", Optional.empty()));

  private static Screen wide(int width) {
    return new Screen(true, OptionalInt.of(width), false);
  }

  @Test
  void aPipeGetsEverythingWithNumbersAtTheRight() {
    assertThat(Table.lines(COLUMNS, ROWS, Screen.NONE)).containsExactly(
        "Name   Peers   Memory  Words                    Seen",
        "a1    12.3 k  97.8 MB  it says \"no, thanks\"  3 h ago",
        "a10        7        -  -                           -");
  }

  @Test
  void aNarrowTerminalGetsCutTextsThenFewerColumns() {
    assertThat(Table.lines(COLUMNS, ROWS, wide(52))).as("it fits").isEqualTo(Table.lines(COLUMNS, ROWS, Screen.NONE));
    assertThat(Table.lines(COLUMNS, ROWS, wide(44))).contains("a1    12.3 k  97.8 MB  it says \"no…  3 h ago");
    assertThat(Table.lines(COLUMNS, ROWS, wide(39))).as("the time is worth least").contains("a1    12.3 k  97.8 MB  it says \"no, th…");
    assertThat(Table.lines(COLUMNS, ROWS, wide(25))).containsExactly("Name   Peers   Memory", "a1    12.3 k  97.8 MB", "a10        7        -");
    assertThat(Table.lines(COLUMNS, ROWS, wide(20))).containsExactly("Name   Peers", "a1    12.3 k", "a10        7");
  }

  @Property
  void noLineIsWiderThanTheTerminal(@ForAll @IntRange(min = 20, max = 120) int width, @ForAll @IntRange(min = 0, max = 40) int length) {
    Ant ant = new Ant("a".repeat(length + 1), Optional.of(1L), Optional.of(5L), "w".repeat(2 * length), Optional.of(NOW));

    assertThat(Table.lines(COLUMNS, List.of(ant), wide(width))).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width))
        .hasSize(2).first().asString().startsWith("Name");
  }

  @Test
  void textsFromOutsideCannotSteerTheTerminalOrShiftTheColumns() {
    Ant nasty = new Ant("\u001b[2Ja\nb\u202E", Optional.empty(), Optional.empty(), "x", Optional.empty());
    Ant chinese = new Ant("節點é", Optional.empty(), Optional.empty(), "x", Optional.empty());

    assertThat(Table.lines(COLUMNS, List.of(nasty, chinese), Screen.NONE)).hasSize(3).contains(
        "a b        -       -  x         -", "節點é      -       -  x         -");
    assertThat(Table.csv(COLUMNS, List.of(nasty))).isEqualTo("name,peers,memory,words,seen\n\"a b \",,,x,");
    assertThat(Width.cut("節點節點", 5)).isEqualTo("節點…");
  }

  @Test
  void coloursAreThereOnlyWhereTheyAreWanted() {
    assertThat(Table.lines(COLUMNS.subList(0, 1), ROWS, new Screen(true, OptionalInt.empty(), true))).containsExactly(
        "\u001b[1mName\u001b[0m", "\u001b[32ma1\u001b[0m", "\u001b[31ma10\u001b[0m");
  }

  @Test
  void programsGetExactNumbersAndTimes() {
    assertThat(Table.csv(COLUMNS, ROWS)).isEqualTo("""
        name,peers,memory,words,seen
        a1,12345,97810000,"it says ""no, thanks""\",2026-11-30T09:00:00Z
        a10,7,,,""");
    assertThat(Table.json(COLUMNS, ROWS.get(0))).hasToString("{\"name\":\"a1\",\"peers\":12345,\"memory\":97810000,"
        + "\"words\":\"it says \\\"no, thanks\\\"\",\"last_seen\":\"2026-11-30T09:00:00Z\"}");
    assertThat(Table.json(COLUMNS, ROWS.get(1)).get("memory").isJsonNull()).isTrue();
  }

  @Test
  void aColumnIsFoundByEachOfItsNames() {
    Columns<Ant> columns = new Columns<>(COLUMNS);

    assertThat(columns.named("LAST-SEEN", "seen")).extracting(Column::title).containsExactly("Seen", "Seen");
    assertThatThrownBy(() -> columns.named("memry")).hasMessage("there is no 'memry'; did you mean memory?");
    assertThatThrownBy(() -> new Columns<>(List.of(COLUMNS.get(0), COLUMNS.get(0)))).hasMessage("two fields are called name");
  }

  @Test
  void aThousandRowsAreLaidOut() {
    List<Ant> many = IntStream.range(0, 1_000).mapToObj(i -> new Ant("a" + i, Optional.of((long) i), Optional.of(i * 1_000_000L), "w".repeat(i % 60),
        Optional.of(NOW.minusSeconds(i)))).toList();

    assertThat(Table.lines(COLUMNS, many, wide(60))).hasSize(1_001);
  }

  @Test
  void theEnvironmentSaysWhatTheScreenIs() {
    assertThat(screen(false, Map.of("COLUMNS", "90"))).isEqualTo(Screen.NONE);
    assertThat(screen(true, Map.of())).isEqualTo(new Screen(true, OptionalInt.of(132), true));
    assertThat(screen(true, Map.of("COLUMNS", "90")).width()).hasValue(90);
    assertThat(screen(true, Map.of("COLUMNS", "zero")).width()).hasValue(132);
    assertThat(screen(true, Map.of("COLUMNS", "1")).width()).as("no terminal is that narrow").isEmpty();
    assertThat(screen(true, Map.of("NO_COLOR", "1")).isColoured()).isFalse();
    assertThat(screen(true, Map.of("NO_COLOR", "")).isColoured()).isTrue();
    assertThat(screen(true, Map.of("CLICOLOR", "0")).isColoured()).isFalse();
    assertThat(screen(true, Map.of("TERM", "dumb")).isColoured()).isFalse();
    assertThat(screen(false, Map.of("CLICOLOR_FORCE", "1"))).isEqualTo(new Screen(false, OptionalInt.empty(), true));
    assertThat(screen(false, Map.of("CLICOLOR_FORCE", "0")).isColoured()).isFalse();
    assertThat(screen(true, Map.of("CLICOLOR_FORCE", "1", "CLICOLOR", "0")).isColoured()).isTrue();
    assertThat(screen(true, Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).isColoured()).isFalse();
  }

  private static Screen screen(boolean isTerminal, Map<String, String> environment) {
    return Screen.of(environment, isTerminal, () -> OptionalInt.of(132));
  }
}
