package dev.wnm.spi.manager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CauseLineTest {
  private static final String AFTER_IT = """

      Location:
         \u001b[35mant-node/src/bin/antnode/main.rs\u001b[0m:\u001b[35m320\u001b[0m

      Backtrace omitted. Run with RUST_BACKTRACE=1 environment variable to display it.
      Run with RUST_BACKTRACE=full to include source snippets.
      """;

  @Test
  void ofAnErrorReportTheMessagesAreTheCause() {
    assertThat(CauseLine.of("starting\nError: \n   0: \u001b[91mCould not start the node\u001b[0m\n   1: \u001b[91mNo UPnP gateway"
        + " found\u001b[0m\n" + AFTER_IT)).isEqualTo("Could not start the node: No UPnP gateway found");
    assertThat(CauseLine.of("Error: No room\n\nCaused by:\n    0: write failed\n    1: No space left on device (os error 28)\n\n"
        + "Stack backtrace:\n   0: std::rt\n")).isEqualTo("No room: write failed: No space left on device (os error 28)");
  }

  @Test
  void ofAPanicItsMessageIs() {
    assertThat(CauseLine.of("The application panicked (crashed).\nMessage:  \u001b[36mindex out of bounds: the len is 3\u001b[0m\n"
        + "Location: \u001b[35msrc/main.rs\u001b[0m:\u001b[35m12\u001b[0m\n" + AFTER_IT)).isEqualTo("index out of bounds: the len is 3");
    assertThat(CauseLine.of("\nthread 'main' panicked at ant-node/src/main.rs:3:5:\nno rewards address\nnote: run with `RUST_BACKTRACE=1`"
        + " environment variable to display a backtrace\n")).isEqualTo("no rewards address");
    assertThat(CauseLine.of("thread 'main' panicked at 'no address', src/main.rs:3:5\nnote: run with `RUST_BACKTRACE=1`\n"))
        .isEqualTo("no address");
  }

  @Test
  void ofARefusedArgumentTheFirstLineIs() {
    assertThat(CauseLine.of("error: unexpected argument '--relay' found\n\nUsage: antnode [OPTIONS]\n\n"
        + "For more information, try '--help'.\n")).isEqualTo("unexpected argument '--relay' found");
  }

  @Test
  void theLastReportCounts() {
    assertThat(CauseLine.of("Error: \n   0: the first\n" + AFTER_IT + "Error: \n   0: the second\n" + AFTER_IT)).isEqualTo("the second");
  }

  @Test
  void ofOtherWordsTheLastThatSayAnythingAre() {
    assertThat(CauseLine.of("one\ntwo\n\nRun with RUST_BACKTRACE=full to include source snippets.\n")).isEqualTo("two");
    assertThat(CauseLine.of("[2026-11-28T18:00:00.000000Z] Ctrl-C received!\n")).isEqualTo("Ctrl-C received!");
    assertThat(CauseLine.of("2026-11-28 18:00:00.123456789  Error: \n2026-11-28 18:00:00.123456790     0: it ends\n")).isEqualTo("it ends");
    assertThat(CauseLine.of("\n \n")).isEmpty();
    assertThat(CauseLine.of("")).isEmpty();
  }

  @Test
  void nothingOfItMovesATerminalOrIsLong() {
    String evil = "Error: a\u0007b\u001b]0;title\u0007c\u001b[2Jd\u202ee\u0085f\tg [31mh[0m\u2028i";

    assertThat(CauseLine.of(evil)).isEqualTo("a bcd e f g h i").doesNotContainPattern("\\p{Cntrl}");
    assertThat(CauseLine.of("Error: " + "x".repeat(9_000))).hasSize(CauseLine.MOST_CHARS).endsWith("…");
    assertThat(CauseLine.oneLine("one\n\u001b[1mtwo\u001b[0m\n\nthree")).isEqualTo("one | two | three");
  }
}
