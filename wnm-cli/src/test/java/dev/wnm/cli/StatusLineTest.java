package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StatusLine line = new StatusLine(written);
  private final PrintStream err = new PrintStream(line, true, StandardCharsets.UTF_8);

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutALineItWritesWhatItIsGiven() {
    err.print("one\ntwo");
    err.println();
    assertThat(written()).isEqualTo("one\ntwo" + System.lineSeparator());
  }

  @Test
  void whatIsWrittenGoesAboveTheLine() throws IOException {
    line.draw("half");
    err.print("INFO one\n");
    line.draw("all");
    line.draw("");
    err.print("INFO two\n");
    assertThat(written()).isEqualTo("half" + ERASE + "INFO one\n" + "half" + ERASE + "all" + ERASE + "INFO two\n");
  }

  @Test
  void aLineThatIsNotWrittenToItsEndIsNotDrawnOver() throws IOException {
    err.print("so ");
    line.draw("half");
    err.print("far\n");
    line.draw("half");
    assertThat(written()).isEqualTo("so far\nhalf");
  }
}
