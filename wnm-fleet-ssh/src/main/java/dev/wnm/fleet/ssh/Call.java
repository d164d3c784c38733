package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;

/**
 * What an operator's wnm says to a host's, on its standard input.
 *
 * @param kind what it wants
 * @param text a wish or a question; empty where it wants a state
 */
record Call(Kind kind, String text) {
  private static final int LONGEST = 200_000;
  private static final int LONGEST_TEXT = 100_000;

  /** What is wanted. */
  enum Kind {
    /** How the host stands. */
    STATE,
    /** That it takes a wish; the answer is how it stands then. */
    WISH,
    /** An answer to a question. */
    ASK
  }

  String line() {
    return new JsonOut().put("call", kind.name()).put("text", text) + "\n";
  }

  static Call read(String line) throws UnreadableException {
    JsonPart json = JsonPart.parse("the call", line, LONGEST);
    try {
      return new Call(Kind.valueOf(json.text("call", LONGEST_TEXT)), json.text("text", LONGEST_TEXT, ""));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException("nothing of that kind can be wanted");
    }
  }
}
