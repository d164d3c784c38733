package dev.wnm.web.http;

/** JSON of printable ASCII alone, which means the same: whoever shows it in a terminal, such as by {@code curl}, is not steered by what is in it. */
final class AsciiJson {
  private AsciiJson() {}

  /** @param json outside of its texts it has nothing but ASCII, as all JSON; line ends stay */
  static String of(String json) {
    return json.chars().allMatch(AsciiJson::isPlain) ? json : escaped(json);
  }

  private static String escaped(String json) {
    StringBuilder text = new StringBuilder(json.length() + 64);
    json.chars().forEach(c -> text.append(isPlain(c) ? Character.toString(c) : String.format("\\u%04x", c)));
    return text.toString();
  }

  private static boolean isPlain(int c) {
    return ' ' <= c && c <= '~' || c == '\n';
  }
}
