package dev.wnm.testkit.inside;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * How a test ended, as one JVM tells another in a line.
 *
 * @param name its name
 * @param ending how it ended
 * @param words the failure with its stack trace, or why it was skipped
 */
record SuiteOutcome(String name, Ending ending, String words) {
  private static final String MARK = "wnm-suite";
  private static final int FIELDS = 4;

  enum Ending {
    PASSED, FAILED, SKIPPED
  }

  String toLine() {
    return String.join("\t", MARK, ending.name(), coded(name), coded(words) + ".");
  }

  /** Empty for a line that something else printed. */
  static Optional<SuiteOutcome> parse(String line) {
    String[] fields = line.split("\t", -1);
    return fields.length == FIELDS && fields[0].equals(MARK)
        ? Optional.of(new SuiteOutcome(decoded(fields[2]), Ending.valueOf(fields[1]),
            decoded(fields[3].substring(0, fields[3].length() - 1))))
        : Optional.empty();
  }

  /** Ends as the test did. */
  void check() {
    switch (ending) {
      case FAILED -> throw new AssertionError("in the container: " + words);
      case SKIPPED -> throw new TestAbortedException("in the container: " + words);
      case PASSED -> { }
    }
  }

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String code) {
    return new String(Base64.getDecoder().decode(code), StandardCharsets.UTF_8);
  }
}
