package dev.wnm.cli;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.PlainText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks whoever sits at a terminal, one question at a time. What is shown steers no terminal, wherever it comes from. */
final class Prompt {
  /** Whoever gives as many answers that cannot be used needs help, not another question. */
  static final int MOST_ANSWERS = 5;
  private static final int WIDTH = 79;

  private final BufferedReader in;
  private final PrintStream out;

  Prompt(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /** Shows a text, broken at blanks where it is wider than a terminal of 80 columns. */
  void say(String text) {
    say("", text);
  }

  /** The same behind a mark, below which further lines are indented. */
  void say(String mark, String text) {
    StringBuilder line = new StringBuilder(PlainText.of(mark));
    int start = line.length();
    for (String word : PlainText.of(text).split(" ")) {
      if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.append(" ".repeat(start));
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    out.println(line);
  }

  /** A line as it is, for what is to be copied. */
  void show(String line) {
    out.println(PlainText.of(line));
  }

  /**
   * Asks until an answer can be used, {@value #MOST_ANSWERS} times at most.
   *
   * @param usual what an empty answer means; empty when it means nothing
   * @param use takes the answer, without blanks around it, or throws {@link BadInputException} with what is wrong with it
   * @throws BadInputException when there is no such answer
   */
  void ask(String question, String usual, Consumer<String> use) {
    ask(question, usual, usual, use);
  }

  /**
   * One of several.
   *
   * @param usual the index of what an empty answer means
   * @return the index of the one that is chosen
   */
  int choose(String question, List<String> keys, int usual) {
    AtomicInteger chosen = new AtomicInteger();
    ask(question, keys.get(usual), answer -> {
      if (!keys.contains(answer)) {
        throw new BadInputException("the answer must be one of " + String.join(", ", keys) + ", but it is '" + answer + "'");
      }
      chosen.set(keys.indexOf(answer));
    });
    return chosen.get();
  }

  /** A yes or a no. @param usual what an empty answer means */
  boolean confirm(String question, boolean usual) {
    AtomicBoolean yes = new AtomicBoolean();
    ask(question, usual ? "Y/n" : "y/N", usual ? "y" : "n", answer -> {
      String word = answer.toLowerCase(Locale.ROOT);
      if (!List.of("y", "yes", "n", "no").contains(word)) {
        throw new BadInputException("the answer must be y or n, but it is '" + answer + "'");
      }
      yes.set(word.startsWith("y"));
    });
    return yes.get();
  }

  private void ask(String question, String shown, String usual, Consumer<String> use) {
    for (int i = 0; i < MOST_ANSWERS; i++) {
      out.print(PlainText.of(question) + (shown.isEmpty() ? ": " : " [" + PlainText.of(shown) + "]: "));
      out.flush();
      String given = line();
      String answer = given.isEmpty() ? usual : given;
      try {
        if (answer.isEmpty()) {
          throw new BadInputException("this needs an answer; Ctrl-C ends it and changes nothing");
        }
        use.accept(answer);
        return;
      } catch (BadInputException e) {
        say("  ", String.valueOf(e.getMessage()));
      }
    }
    throw givenUp(MOST_ANSWERS + " answers in a row could not be used");
  }

  private String line() {
    try {
      String line = in.readLine();
      if (line != null) {
        return line.strip();
      }
      out.println();
      throw givenUp("the answers ended");
    } catch (IOException e) {
      throw givenUp("no answer could be read (" + e.getMessage() + ")");
    }
  }

  /** What ends it without a change. @param why a clause */
  static BadInputException givenUp(String why) {
    return new BadInputException(why + ": --init is given up, and nothing was changed");
  }
}
