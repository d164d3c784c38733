package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8TextTest {
  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws Exception {
    assertThat(Utf8Text.decode("\uFEFFÉtudes".getBytes(StandardCharsets.UTF_8))).isEqualTo("Études");
    assertThat(Utf8Text.decode(new byte[0])).isEmpty();
    assertThat(Utf8Text.decode(new byte[] {'a'})).isEqualTo("a");
  }

  @Test
  void utf16IsSaidToBeThatWithAndWithoutAMark() {
    for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      assertThatThrownBy(() -> Utf8Text.decode("{\"nodes\": []}".getBytes(charset))).as(charset.name())
          .isInstanceOf(Utf8Text.NotUtf8Exception.class).hasMessageStartingWith("not UTF-8 but UTF-16");
    }
    assertThatThrownBy(() -> Utf8Text.decode(new byte[] {'a', (byte) 0xc0})).hasMessage("not UTF-8 text");
  }

  @Test
  void filesOfTheOperatorMayBeginWithAMark(@TempDir Path home) {
    Machine machine = new Machine(home).file(".local/share/wnm/.env", "\uFEFFNODE_CAP=7").file("wnm/config", "\uFEFFcpu_remove 71");

    assertThat(machine.settings().get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(machine.settings().get(Options.CPU_REMOVE)).isEqualTo(71);
  }
}
