package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.companions.CompanionNames;
import dev.wnm.core.companions.Companions;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --logs}, {@code --explain} and {@code --trace}: what is asked of services beside nodes. Writes nothing. */
final class LookCommand {
  /** How long each of several logs is waited for in turn. */
  private static final Duration IN_TURN = Duration.ofMillis(1_000);
  /** How long one alone is: a call of its own each time. */
  private static final Duration ALONE = Duration.ofSeconds(10);

  private final Companions companions;
  private final PrintStream out;
  private final PrintStream err;

  private LookCommand(Companions companions, PrintStream out, PrintStream err) {
    this.companions = companions;
    this.out = out;
    this.err = err;
  }

  static ExitCode run(RunMode mode, Colony colony, Settings asked, PrintStream out, PrintStream err) throws ManagerUnavailableException {
    Option<String> option = switch (mode) {
      case LOGS -> Options.LOGS;
      case EXPLAIN -> Options.EXPLAIN;
      case TRACE -> Options.TRACE;
      default -> throw new IllegalArgumentException(mode.toString());
    };
    List<String> words = Arrays.stream(asked.get(option).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    // Before the process manager is asked anything.
    CompanionNames.require(option.toString(), words);
    Companions companions = colony.companions();
    CompanionNames names = companions.named(option.toString(), words);
    names.missing().forEach((name, why) -> err.println("wnm: " + name + ": " + PlainText.logLine(why)));
    LookCommand command = new LookCommand(companions, out, err);
    boolean fine = switch (mode) {
      case LOGS -> command.logs(names.found(), asked);
      case EXPLAIN -> command.each(names.found(), companions::explain);
      default -> command.each(names.found(), name -> companions.trace(name, asked.get(Options.TRACE_SECONDS)));
    };
    return fine && names.missing().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private interface Question {
    String of(CompanionName name) throws ManagerUnavailableException;
  }

  private boolean each(List<CompanionName> names, Question question) {
    boolean fine = true;
    for (CompanionName name : names) {
      try {
        String answer = question.of(name);
        if (names.size() > 1) {
          out.println("==> " + name + " <==");
        }
        answer.lines().map(PlainText::logLine).forEach(out::println);
      } catch (ManagerUnavailableException e) {
        fine = refuse(name, e);
      }
    }
    return fine;
  }

  private boolean refuse(CompanionName name, ManagerUnavailableException why) {
    err.println("wnm: " + name + ": " + PlainText.logLine(String.valueOf(why.getMessage())));
    return false;
  }

  private boolean logs(List<CompanionName> names, Settings asked) {
    LogRequest first = LogRequest.last(asked.get(Options.LINES));
    LogRequest request = asked.find(Options.SINCE).filter(since -> !since.isEmpty()).map(since -> first.within(time(since))).orElse(first);
    Map<CompanionName, String> positions = new LinkedHashMap<>();
    boolean fine = true;
    for (CompanionName name : names) {
      try {
        positions.put(name, print(name, request, names.size() > 1));
      } catch (ManagerUnavailableException e) {
        fine = refuse(name, e);
      }
    }
    Duration patience = positions.size() > 1 ? IN_TURN : ALONE;
    while (asked.get(Options.FOLLOW) && !positions.isEmpty() && !out.checkError()) {
      for (CompanionName name : List.copyOf(positions.keySet())) {
        try {
          positions.put(name, print(name, request.after(positions.get(name), patience), names.size() > 1));
        } catch (ManagerUnavailableException e) {
          // Such as one whose container has ended; the others go on.
          fine = refuse(name, e);
          positions.remove(name);
        }
      }
    }
    return fine;
  }

  private String print(CompanionName name, LogRequest request, boolean named) throws ManagerUnavailableException {
    LogPart part = companions.log(name, request);
    part.lines().forEach(line -> out.println((named ? name + ": " : "") + PlainText.logLine(line)));
    out.flush();
    return part.position();
  }

  /** @param text as the option has checked it */
  static Duration time(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
