package dev.wnm.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final int PAGE = 10;
  private static final Model NODES = Sample.model(Sample.running(30)).showing(View.NODES);

  private static Model typed(Model model, String keys) {
    Model result = model;
    for (int key : keys.codePoints().toArray()) {
      result = Keys.press(result, switch (key) {
        case '\n' -> Key.of(Key.Name.ENTER);
        case '\b' -> Key.of(Key.Name.BACKSPACE);
        case 0x1b -> Key.of(Key.Name.ESCAPE);
        default -> Key.of(key);
      }, PAGE);
    }
    return result;
  }

  private static String current(Model model) {
    return model.current().map(line -> line.node().service()).orElse("none");
  }

  @Test
  void goToTheViewsAsOnThePage() {
    assertThat(typed(NODES, "gn").view()).isEqualTo(View.NOW);
    assertThat(typed(NODES, "n").view()).isEqualTo(View.NOW);
    assertThat(typed(NODES, "gd").view()).isEqualTo(View.DECISIONS);
    assertThat(typed(NODES, "dgl").view()).isEqualTo(View.NODES);
    assertThat(typed(NODES, "gt").view()).isEqualTo(View.TIME);
    assertThat(typed(NODES, "t").view()).isEqualTo(View.TIME);
    assertThat(typed(NODES, "?").view()).isEqualTo(View.KEYS);
  }

  @Test
  void moveTheCursorButNotBeyondTheNodes() {
    assertThat(current(typed(NODES, "jjk"))).isEqualTo("antnode0002");
    assertThat(current(typed(NODES, "kk"))).isEqualTo("antnode0001");
    assertThat(current(typed(NODES, "G"))).isEqualTo("antnode0030");
    assertThat(current(typed(NODES, "Ggg"))).isEqualTo("antnode0001");
    assertThat(current(Keys.press(NODES, Key.of(Key.Name.PAGE_DOWN), PAGE))).isEqualTo("antnode0011");
    assertThat(current(Keys.press(Model.FIRST.showing(View.NODES), Key.of('j'), PAGE))).isEqualTo("none");
  }

  @Test
  void openANodeAndComeBackToIt() {
    Model opened = typed(NODES, "jj\n");
    assertThat(opened.view()).isEqualTo(View.NODE);
    assertThat(typed(opened, "\u001b").view()).isEqualTo(View.NODES);
    assertThat(current(typed(opened, "?\u001b"))).isEqualTo("antnode0003");
    assertThat(typed(opened, "?\u001b").view()).isEqualTo(View.NODES);
  }

  @Test
  void filterNodesAndShowThemAllAgain() {
    Model filtered = typed(NODES.showing(View.NOW), "/service~0030x\b\n");
    assertThat(filtered.view()).isEqualTo(View.NODES);
    assertThat(filtered.rows().lines()).extracting(line -> line.node().service()).containsExactly("antnode0030");
    assertThat(typed(filtered, "\u001b").rows().lines()).hasSize(30);
  }

  @Test
  void doNotHeedLettersOfOrdersWhileTyping() {
    Model typing = typed(NODES, "/q?.g");
    assertThat(typing.isOver()).isFalse();
    assertThat(typing.input().text()).isEqualTo("q?.g");
    assertThat(typed(typing, "\u001b").filter()).isEmpty();
  }

  @Test
  void showWhatIsWrongWithAFilterAndThrowNothing() {
    for (String wrong : List.of("pears<5", "status=", "((", "peers<many", "'")) {
      Model model = typed(NODES, "/" + wrong + "\n");
      assertThat(model.rows().wrong()).as(wrong).isNotEmpty();
      assertThat(model.rows().lines()).hasSize(30);
    }
  }

  @Test
  void markNodes() {
    assertThat(typed(NODES, "  ").marked()).containsExactlyInAnyOrder(1, 2);
    assertThat(typed(NODES, " k ").marked()).isEmpty();
    assertThat(typed(NODES, "/id<4\na").marked()).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(typed(NODES, "  \u001b").marked()).isEmpty();
    assertThat(typed(NODES, "j.").chosen()).extracting(line -> line.node().id()).containsExactly(2);
  }

  @Test
  void sortNodesByAColumnAndTheOtherWayRound() {
    Model sorted = typed(NODES, "jj>");
    assertThat(sorted.sort()).isEqualTo("service");
    assertThat(current(sorted)).as("the cursor stays on its node").isEqualTo("antnode0003");
    Model reversed = typed(sorted, "r");
    assertThat(reversed.sort()).isEqualTo("-service");
    assertThat(reversed.rows().lines().get(0).node().service()).isEqualTo("antnode0030");
    assertThat(current(reversed)).isEqualTo("antnode0003");
    assertThat(typed(reversed, "<").sort()).as("the order of the colony is before the first column").isEmpty();
    assertThat(typed(NODES, ">".repeat(40)).sort()).isEqualTo("last_error");
    assertThat(typed(NODES, ">r/id<4\n").rows().lines()).extracting(line -> line.node().id()).containsExactly(3, 2, 1);
    assertThat(typed(reversed, "/nonsense\n").rows().lines().get(0).node().service()).as("also where a filter is wrong").isEqualTo("antnode0030");
    assertThat(typed(NODES.showing(View.NOW), ">r").sort()).isEmpty();
  }

  @Test
  void stayInTheirOrderWhenNewerDataCome() {
    List<Node> more = new ArrayList<>(Sample.running(31));
    Model newer = typed(NODES, ">r").seeing(new Sight(Optional.of(Sample.snapshot(more)), ""));
    assertThat(newer.rows().lines().get(0).node().service()).isEqualTo("antnode0031");
  }

  @Test
  void showHowLongShowingTakesAndNoLonger() {
    assertThat(typed(NODES, "%").took()).isPresent();
    assertThat(typed(NODES, "%%").took()).isEmpty();
  }

  @Test
  void leaveTheScreenWithQ() {
    assertThat(typed(NODES, "q").isOver()).isTrue();
    assertThat(typed(NODES, "?q").isOver()).isTrue();
  }

  @Test
  void stayOnTheirNodeWhenNewerDataCome() {
    Model marked = typed(NODES, "jj ").moved(-1);
    List<Node> fewer = new ArrayList<>(Sample.running(30));
    fewer.remove(0);
    Model newer = marked.seeing(new Sight(Optional.of(Sample.snapshot(fewer)), ""));
    assertThat(current(newer)).isEqualTo("antnode0003");
    assertThat(newer.marked()).containsExactly(3);
    Model without = newer.seeing(new Sight(Optional.of(Sample.snapshot(List.of(Sample.node(9, NodeStatus.DEAD)))), ""));
    assertThat(current(without)).isEqualTo("antnode0009");
    assertThat(without.marked()).isEmpty();
  }
}
