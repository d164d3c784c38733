package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void nothingOfATextSteersATerminal() {
    assertThat(PlainText.of("\u001b[31mred\u001b[0m \u001b]0;title\u0007a\tb\r\nc\u0085d\u2028e")).isEqualTo("red a b c d e");
    assertThat(PlainText.of("\u202Egnp.exe\u200B\uD800")).as("nor turns the direction of writing round").isEqualTo(" gnp.exe ");
    assertThat(PlainText.of("grüße \uD83D\uDC1C 12D3KooW")).isEqualTo("grüße \uD83D\uDC1C 12D3KooW");
  }

  @Test
  void aLineOfALogKeepsItsTabs() {
    assertThat(PlainText.logLine("\u001b[2Ka\tb\u0007c")).isEqualTo("a\tb c");
  }
}
