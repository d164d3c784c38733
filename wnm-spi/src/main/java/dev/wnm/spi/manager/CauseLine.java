package dev.wnm.spi.manager;

import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why a program ended, in one line, from what it printed: the messages of the last error report or panic in it, wherever in
 * the report they are, and else the last line that says something. Reports are those of Rust programs as antnode and antctl
 * are (color-eyre, anyhow, clap, the standard library); how to get a backtrace and where in the source it happened help no
 * operator. The line has no control characters and at most {@link #MOST_CHARS} characters.
 */
public final class CauseLine {
  public static final int MOST_CHARS = 300;

  /** Those of s6-log, of antnode's logs and of {@code critical_failure.log}, whose line is the reason itself. */
  private static final Pattern TIME = Pattern.compile("^\\[?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[.\\d]*Z?(?: UTC)?\\]?\\s+");
  private static final Pattern ERROR = Pattern.compile("^(?:Error|error|ERROR|fatal): *(.*)$");
  private static final Pattern CRASHED = Pattern.compile("^The application panicked \\(crashed\\)\\.?$");
  private static final Pattern PANICKED = Pattern.compile("^thread '.*' (?:\\(\\d+\\) )?panicked at:? ?(.*)$");
  private static final Pattern OLD_PANIC = Pattern.compile("^'(.*)', \\S+:\\d+:\\d+$");
  private static final Pattern MESSAGE = Pattern.compile("^Message: *(.*)$");
  private static final Pattern NUMBERED = Pattern.compile("^\\d+: +(.*)$");
  private static final Pattern CAUSED_BY = Pattern.compile("^Caused by:$");
  /** What follows the messages of a report. */
  private static final Pattern AFTERWARDS = Pattern.compile("^(?:Location:|Backtrace omitted|Run with |Suggestion:|Warning:|Note:"
      + "|note: |stack backtrace:|Stack backtrace:|Usage: |For more information|tip: |[━─]{3,}|⋮|SpanTrace).*");
  private static final Pattern SOURCE = Pattern.compile("^(?:at )?\\S+\\.rs:\\d+(?::\\d+)?$|^\\d+: 0x[0-9a-f]+.*|^<unknown>$");

  private CauseLine() {}

  /** The cause in what a program printed; empty when it printed nothing that says one. */
  public static String of(String printed) {
    List<String> lines = PlainText.withoutEscapes(printed).lines().map(CauseLine::plain).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Optional<String> cause = causeAt(lines, i);
      if (cause.isPresent()) {
        return bounded(cause.get());
      }
    }
    return bounded(lines.stream().filter(line -> !line.isEmpty() && !isAfterwards(line)).reduce((first, second) -> second)
        .orElse(""));
  }

  /** Any text as one line without control characters, cut to {@link #MOST_CHARS}. */
  public static String oneLine(String text) {
    return bounded(PlainText.withoutEscapes(text).lines().map(CauseLine::plain).filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" | ")));
  }

  private static String plain(String line) {
    return TIME.matcher(PlainText.of(line).strip()).replaceFirst("").strip();
  }

  private static boolean isAfterwards(String line) {
    return AFTERWARDS.matcher(line).matches() || SOURCE.matcher(line).matches();
  }

  /** The messages of a report that begins with this line; empty when none does. */
  private static Optional<String> causeAt(List<String> lines, int at) {
    List<String> rest = lines.subList(at + 1, lines.size());
    Matcher error = ERROR.matcher(lines.get(at));
    Matcher panicked = PANICKED.matcher(lines.get(at));
    if (error.matches()) {
      return joined(error.group(1), rest);
    }
    if (CRASHED.matcher(lines.get(at)).matches()) {
      return rest.stream().takeWhile(line -> !isAfterwards(line)).map(MESSAGE::matcher).filter(Matcher::matches).findFirst()
          .map(message -> message.group(1));
    }
    if (panicked.matches()) {
      Matcher old = OLD_PANIC.matcher(panicked.group(1));
      return old.matches() ? Optional.of(old.group(1))
          : rest.stream().filter(line -> !line.isEmpty()).findFirst().filter(line -> !isAfterwards(line));
    }
    return Optional.empty();
  }

  /** What is said beside the word and in numbered lines, from the outermost message to the innermost. */
  private static Optional<String> joined(String beside, List<String> rest) {
    List<String> messages = new ArrayList<>();
    boolean inMessages = beside.isEmpty();
    if (!beside.isEmpty()) {
      messages.add(beside);
    }
    for (String line : rest) {
      Matcher numbered = NUMBERED.matcher(line);
      if (isAfterwards(line)) {
        break;
      }
      if (CAUSED_BY.matcher(line).matches()) {
        inMessages = true;
      } else if (numbered.matches() && inMessages) {
        messages.add(numbered.group(1));
      } else if (!line.isEmpty() && inMessages) {
        messages.add(line);
      } else if (!line.isEmpty()) {
        break;
      }
    }
    return messages.isEmpty() ? Optional.empty()
        : Optional.of(messages.stream().distinct().collect(Collectors.joining(": ")));
  }

  private static String bounded(String line) {
    if (line.length() <= MOST_CHARS) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MOST_CHARS - 2)) ? MOST_CHARS - 2 : MOST_CHARS - 1;
    return line.substring(0, end).strip() + "…";
  }
}
