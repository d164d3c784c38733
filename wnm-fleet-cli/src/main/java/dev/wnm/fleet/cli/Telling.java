package dev.wnm.fleet.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.PrintStream;

/**
 * What a run says on standard output: lines for people, or with {@code --json} what programs read in their place. A command says both; only where a
 * document is large, or comes from elsewhere, does it ask whether one is wanted.
 */
final class Telling {
  private static final Gson DOCUMENT = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
  private static final Gson STEP = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintStream out;
  private final boolean isJson;

  Telling(PrintStream out, boolean isJson) {
    this.out = out;
    this.isJson = isJson;
  }

  /** For people. */
  void say(String lines) {
    if (!isJson) {
      out.println(lines);
    }
  }

  /** For programs: all that a command has to say, once. */
  void tell(JsonElement document) {
    if (isJson) {
      out.println(DOCUMENT.toJson(document));
    }
  }

  /** For programs, in one line: what a command that runs on has to say up to now. */
  void tellStep(JsonElement step) {
    if (isJson) {
      out.println(STEP.toJson(step));
    }
  }
}
