package dev.wnm.cli.top;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.NonBlockingReader;

/** What a terminal sends for a key, as the key. What is not known is read to its end and is {@link Key.Name#OTHER}. */
final class KeyDecoder {
  /** The rest of a sequence follows at once; a person who presses Esc presses nothing else within that. In ms. */
  private static final long REST_MS = 50;
  private static final int ESCAPE = 0x1b;
  private static final int DELETE = 0x7f;
  private static final int LONGEST = 16;
  private static final Map<String, Key.Name> SEQUENCES = Map.ofEntries(Map.entry("A", Key.Name.UP), Map.entry("B", Key.Name.DOWN),
      Map.entry("H", Key.Name.HOME), Map.entry("F", Key.Name.END), Map.entry("1~", Key.Name.HOME), Map.entry("4~", Key.Name.END),
      Map.entry("7~", Key.Name.HOME), Map.entry("8~", Key.Name.END), Map.entry("5~", Key.Name.PAGE_UP), Map.entry("6~", Key.Name.PAGE_DOWN));

  private KeyDecoder() {}

  /**
   * The next key.
   *
   * @param patienceMs how long it may take to come, in ms, above 0
   * @return empty when none came
   * @throws EOFException when none can come any more
   */
  static Optional<Key> next(NonBlockingReader reader, long patienceMs) throws IOException {
    int read = reader.read(patienceMs);
    if (read == NonBlockingReader.EOF) {
      throw new EOFException("the terminal is gone");
    }
    return read == NonBlockingReader.READ_EXPIRED ? Optional.empty() : Optional.of(switch (read) {
      case '\r', '\n' -> Key.of(Key.Name.ENTER);
      case '\b', DELETE -> Key.of(Key.Name.BACKSPACE);
      case ESCAPE -> sequence(reader);
      case 'D' - '@' -> Key.of(Key.Name.PAGE_DOWN);
      case 'U' - '@' -> Key.of(Key.Name.PAGE_UP);
      default -> read < ' ' ? Key.of(Key.Name.OTHER) : Key.of(read);
    });
  }

  private static Key sequence(NonBlockingReader reader) throws IOException {
    int first = reader.peek(REST_MS);
    if (first != '[' && first != 'O') {
      return Key.of(Key.Name.ESCAPE);
    }
    reader.read(REST_MS);
    StringBuilder rest = new StringBuilder();
    int read = reader.read(REST_MS);
    while (read >= 0 && rest.length() < LONGEST) {
      rest.append((char) read);
      if (read >= '@' && read <= '~') {
        break;
      }
      read = reader.read(REST_MS);
    }
    return Key.of(SEQUENCES.getOrDefault(rest.toString(), Key.Name.OTHER));
  }
}
