package dev.wnm.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;

class KeyDecoderTest {
  private static List<Key> keys(String sent) throws Exception {
    List<Key> keys = new ArrayList<>();
    try (NonBlockingReader reader = NonBlocking.nonBlocking("test", new StringReader(sent))) {
      while (true) {
        KeyDecoder.next(reader, 1_000).ifPresent(keys::add);
      }
    } catch (EOFException end) {
      return keys;
    }
  }

  @Test
  void knowsTheKeysOfTerminals() throws Exception {
    assertThat(keys("j\r\u007f\u001b[A\u001bOB\u001b[5~\u001b[6~\u001b[H\u001b[4~\u0004")).containsExactly(Key.of('j'), Key.of(Key.Name.ENTER),
        Key.of(Key.Name.BACKSPACE), Key.of(Key.Name.UP), Key.of(Key.Name.DOWN), Key.of(Key.Name.PAGE_UP), Key.of(Key.Name.PAGE_DOWN),
        Key.of(Key.Name.HOME), Key.of(Key.Name.END), Key.of(Key.Name.PAGE_DOWN));
  }

  @Test
  void takesNothingOfAnUnknownSequenceForLetters() throws Exception {
    assertThat(keys("\u001b[200;1$qj")).doesNotContain(Key.of('q')).endsWith(Key.of('j'));
    assertThat(keys("\u001bj")).containsExactly(Key.of(Key.Name.ESCAPE), Key.of('j'));
    assertThat(keys("\u001b")).containsExactly(Key.of(Key.Name.ESCAPE));
  }

  @Test
  void saysThatTheTerminalIsGone() {
    assertThatThrownBy(() -> KeyDecoder.next(NonBlocking.nonBlocking("test", new StringReader("")), 1_000)).isInstanceOf(EOFException.class);
  }
}
