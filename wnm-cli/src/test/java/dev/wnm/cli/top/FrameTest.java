package dev.wnm.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
  private static final Extent USUAL = new Extent(80, 24);
  private static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle BUSY = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);

  private static Frame frame(Model model) {
    return Frame.of(model, USUAL, true, Sample.NOW);
  }

  private static String text(Frame frame) {
    return frame.lines().stream().map(AttributedString::toString).collect(Collectors.joining("\n"));
  }

  /** How the character at this text is coloured. */
  private static AttributedStyle styleOf(Frame frame, String text) {
    AttributedString line = frame.lines().stream().filter(each -> each.toString().contains(text)).findFirst().orElseThrow();
    return line.styleAt(line.toString().indexOf(text));
  }

  @ParameterizedTest
  @CsvSource({"80,24", "200,60", "20,5", "1,1", "10,2", "3,40"})
  void neverExceedsTheScreen(int columns, int rows) {
    List<Node> nodes = new ArrayList<>(Sample.running(300));
    nodes.add(Sample.node(301, "節點".repeat(60), NodeStatus.DEAD));
    for (View view : View.values()) {
      for (String filter : List.of("", "status=DEAD", "nonsense")) {
        for (Model.Input.Kind kind : Model.Input.Kind.values()) {
          Model model = Sample.model(nodes).filtering(filter).showing(view).typing(new Model.Input(kind, "x".repeat(300))).scrolledTo(2);
          Frame frame = Frame.of(model.seeing(model.sight().failed("the disk is away ".repeat(20))), new Extent(columns, rows), true, Sample.NOW);
          assertThat(frame.lines()).as(view + " " + filter + " " + kind).hasSize(rows).allMatch(line -> line.columnLength() <= columns);
        }
      }
    }
    assertThat(Frame.of(Model.FIRST, new Extent(columns, rows), true, Sample.NOW).lines()).hasSizeLessThanOrEqualTo(rows);
  }

  @Test
  void tellsAtTheTopWhetherAllIsWellAndHowOldThatIs() {
    assertThat(text(frame(Sample.model(Sample.running(3)))).lines().limit(2)).containsExactly(
        "cycle 40 s ago, read 0 s ago  [Now] Time line  Nodes  Decisions", "All is well; the last cycle was 40 s ago.");
  }

  @Test
  void countsDownToTheNextCycleWithoutAnotherLook() {
    Model model = Sample.model(Sample.running(3));
    assertThat(text(frame(model))).contains("Cycle due:    in 20 s");
    assertThat(text(Frame.of(model, USUAL, true, Sample.NOW.plusSeconds(1)))).contains("Cycle due:    in 19 s");
    assertThat(text(Frame.of(model, USUAL, true, Sample.NOW.plusSeconds(25)))).contains("Cycle due:    4 s ago");
    Frame late = Frame.of(model, USUAL, true, Sample.NOW.plusSeconds(95));
    assertThat(styleOf(late, "Cycle due:    74 s ago")).isEqualTo(BUSY);
  }

  @Test
  void drawsTheLastDayWithGapsWhereNothingIsKnown() {
    String text = text(frame(Sample.model(Sample.running(3)).showing(View.TIME)));
    assertThat(text).containsPattern("running {6,}\u2584+\u2588+ 24, 24").containsPattern("dead .*\u2588\u2581+ 0, 3")
        .containsPattern("CPU .*\u2588.* 25.0 %, 95.0 %; 50.0 / 70.0").containsPattern("memory +unknown, unknown").doesNotContain("stopped  ");
  }

  @Test
  void marksTheColumnThatNodesAreSortedBy() {
    Model model = Sample.model(Sample.running(3)).showing(View.NODES);
    assertThat(text(frame(model.sorted("age")))).contains("Age \u2191");
    assertThat(text(frame(model.sorted("-age")))).contains("Age \u2193");
  }

  @Test
  void tellsHowLongItTookWhereThatIsAsked() {
    Model model = Sample.model(Sample.running(3));
    assertThat(text(frame(model.timed(Optional.of(Duration.ofNanos(3_210_000)))))).contains("shown in 3.2 ms");
    assertThat(text(frame(model))).doesNotContain("shown in");
  }

  @Test
  void warnsOfDataThatAreOlderThanTwoCycles() {
    Model model = Sample.model(Sample.running(3));
    assertThat(styleOf(frame(model), "cycle 40 s")).isEqualTo(AttributedStyle.DEFAULT);
    Frame later = Frame.of(model, USUAL, true, Sample.NOW.plusSeconds(90));
    assertThat(styleOf(later, "cycle 2 min ago")).isEqualTo(BUSY);
    assertThat(text(later)).contains("read 90 s ago");
  }

  @Test
  void showsWhyTheColonyCannotBeReadAndWhatWasKnown() {
    Model model = Sample.model(Sample.running(3));
    Frame frame = frame(model.seeing(model.sight().failed("the database is locked")));
    assertThat(text(frame)).contains("cannot be read: the database is locked").contains("3 running");
  }

  @Test
  void neverShowsTheUnknownAsWell() {
    Model model = Sample.model(List.of(Sample.node(1, NodeStatus.RUNNING), Sample.unknown(2)));
    Frame now = frame(model);
    AttributedString strip = now.lines().stream().filter(line -> line.toString().equals("#?")).findFirst().orElseThrow();
    assertThat(strip.styleAt(0)).isEqualTo(GOOD);
    assertThat(strip.styleAt(1)).isEqualTo(FAINT);
    assertThat(text(now)).contains("? 1 unknown");
    assertThat(styleOf(frame(model.showing(View.NODES)), "UNKNOWN")).isEqualTo(FAINT);
  }

  @Test
  void showsTheWorstOfTheNodesThatShareACell() {
    List<Node> nodes = new ArrayList<>(Sample.running(5_000));
    nodes.set(3_333, Sample.node(3_334, NodeStatus.DEAD));
    String text = text(frame(Sample.model(nodes)));
    assertThat(text).contains("X 1 dead  # 4999 running  (1 sign: ");
    assertThat(text.lines().filter(line -> line.matches("#+X#+"))).hasSize(1);
  }

  @Test
  void makesOnlyTheRowsThatAreSeen() {
    AtomicInteger made = new AtomicInteger();
    NodeTable table = new NodeTable(List.of(Column.text("service", "Service", (NodeLine line) -> {
      made.incrementAndGet();
      return Optional.of(line.node().service());
    })));
    Model model = Sample.model(Sample.running(5_000)).showing(View.NODES).moved(4_000);
    Frame frame = Frame.of(model, USUAL, true, Sample.NOW, table);
    assertThat(text(frame)).contains("> antnode4001");
    assertThat(made.get()).isBetween(1, 3 * USUAL.rows());
  }

  @Test
  void tellsEverythingWithoutColours() {
    Frame frame = Frame.of(Sample.model(List.of(Sample.node(1, NodeStatus.DEAD), Sample.unknown(2))), USUAL, false, Sample.NOW.plusSeconds(600));
    assertThat(frame.lines()).allMatch(line -> line.toAnsi().equals(line.toString()));
    assertThat(text(frame)).contains("X?", "X 1 dead", "? 1 unknown");
  }

  @Test
  void keepsHostileNamesText() {
    List<Node> nodes = IntStream.of(1).mapToObj(id -> Sample.node(id, "a\u001b[2J\u001b]0;owned\u0007\u202eb\tc\nd\u001b[31me", NodeStatus.RUNNING)).toList();
    for (View view : View.values()) {
      Frame frame = frame(Sample.model(nodes).showing(View.NODES).showing(view));
      assertThat(text(frame)).as(view.title()).doesNotContainPattern("[\\p{Cc}&&[^\\n]]|\\p{Cf}").doesNotContain("owned");
      assertThat(frame.lines()).hasSize(24);
    }
    assertThat(text(frame(Sample.model(nodes).showing(View.NODES)))).contains("a b c de");
  }

  @Test
  void showsWhatIsWrongWithAFilter() {
    Frame frame = frame(Sample.model(Sample.running(2)).filtering("pears<5"));
    assertThat(text(frame)).contains("there is no 'pears'; did you mean\npeers?").contains("antnode0001").contains("antnode0002");
  }

  @Test
  void saysHowManyMatch() {
    List<Node> nodes = List.of(Sample.node(1, NodeStatus.DEAD), Sample.node(2, NodeStatus.RUNNING), Sample.unknown(3));
    assertThat(text(frame(Sample.model(nodes).filtering("status=DEAD")))).contains("status=DEAD: 1 of 3 match; of 1 that is not known")
        .contains("antnode0001").doesNotContain("antnode0002");
  }

  @Test
  void tellsWhyNotMoreAndWhatWasDecided() {
    assertThat(text(frame(Sample.model(Sample.running(2)).showing(View.DECISIONS)))).contains("No node is added now: 1 of 1 conditions is not met.")
        .contains("\u2717 no  CPU  64.1 %  below 50 % (cpu_less_than): 14.1 % too much").contains("40 s ago, 60 times since 60 min ago: look at the nodes (idle monitoring)")
        .contains("why not more: memory is not below 60 %").contains("cpu 64.1; it took 3.0 s");
  }

  @Test
  void givesTheMarkedNodesAsACommandLineThatCanBeCopied() {
    Model model = Sample.model(List.of(Sample.node(1, NodeStatus.DEAD), Sample.node(2, "a'; rm -rf ~", NodeStatus.RUNNING), Sample.node(3, NodeStatus.RUNNING)))
        .showing(View.NODES).marking(Set.of(1, 2)).showing(View.COMMAND);
    assertThat(text(Frame.of(model, new Extent(200, 30), true, Sample.NOW))).contains("2 nodes. Nothing is done here")
        .contains("wnm --force_action stop --service_name \"antnode0001,a'; rm -rf ~\" --dbpath \"/srv/my colony.db\"");
  }

  @Test
  void breaksALongCommandLineSoThatAShellPutsItTogetherAgain() {
    Model model = Keys.press(Sample.model(Sample.running(30)).showing(View.NODES), Key.of('a'), 10).showing(View.COMMAND);
    String whole = text(Frame.of(model, new Extent(80, 60), true, Sample.NOW)).replace("\\\n", "");
    assertThat(whole).contains("wnm --force_action stop --service_name "
        + IntStream.rangeClosed(1, 30).mapToObj("antnode%04d"::formatted).collect(Collectors.joining(",")) + " --dbpath");
  }

  @Test
  void drawsBothThresholdsOfEachResourceOnTheFirstScreen() {
    assertThat(text(frame(Sample.model(Sample.running(5_000))))).containsPattern("CPU +\\[#+\\|[#.]+\\|\\.+] +64.1 %");
  }

  @Test
  void doesNotScrollBeyondTheEnd() {
    Frame frame = frame(Sample.model(Sample.running(2)).showing(View.KEYS).moved(1_000));
    assertThat(frame.scroll()).isZero();
    assertThat(text(frame)).contains("quit");
  }
}
