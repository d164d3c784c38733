package dev.wnm.core.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ParagraphTest {
  private static List<String> on(int width, String head, String text) {
    return Paragraph.lines(head, text, new Screen(true, OptionalInt.of(width), false));
  }

  @Test
  void linesAreIndentedToWhereTheTextBegins() {
    assertThat(on(30, "Next:  ", "add 1 node because there is room for it")).containsExactly(
        "Next:  add 1 node because", "       there is room for it");
  }

  @Test
  void aNumberStaysWithItsUnit() {
    assertThat(on(24, "", "memory is used to 81.0 % and 12 MB/s")).containsExactly("memory is used to 81.0 %", "and 12 MB/s");
    assertThat(on(23, "", "memory is used to 81.0 % and 12 MB/s")).containsExactly("memory is used to", "81.0 % and 12 MB/s");
  }

  @Test
  void aPipeGetsOneLine() {
    assertThat(Paragraph.lines("Next:  ", "a ".repeat(200), Screen.NONE)).hasSize(1);
  }

  @Test
  void aHeadThatLeavesNoRoomHasALineOfItsOwnAndAWordStaysWhole() {
    assertThat(on(30, "a head of many letters  ", "something that follows")).containsExactly(
        "a head of many letters", "    something that follows");
    assertThat(on(20, "", "/a/path/that/is/longer/than/a/line and more")).containsExactly("/a/path/that/is/longer/than/a/line", "and more");
  }

  @Test
  void whatSteersATerminalIsTakenOut() {
    assertThat(on(40, "x ", "red \u001b[31mred")).containsExactly("x red red");
  }
}
