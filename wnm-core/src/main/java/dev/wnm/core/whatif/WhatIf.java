package dev.wnm.core.whatif;

import dev.wnm.core.config.Platform;
import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.spi.config.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers questions about decisions, line by line. Not thread-safe. */
public final class WhatIf {
  private static final int BUFFER = 64 * 1024;
  private static final List<Feature> FEATURES = List.of(Feature.values());
  /** Each feature as it stands in an answer, when it holds and when not. */
  private static final List<String> HOLDS = Arrays.stream(Feature.values()).map(feature -> "\"" + feature.key() + "\":true,").toList();
  private static final List<String> HOLDS_NOT = Arrays.stream(Feature.values()).map(feature -> "\"" + feature.key() + "\":false,").toList();

  private final Machine machine;
  private final Question question = new Question();

  /** @param platform the machine whose CPU count holds where a question gives none */
  public WhatIf(Platform platform) {
    this.machine = new Machine(platform);
  }

  /**
   * Reads one JSON object per line, {@code {"id":…,"config":{…},"metrics":{…}}}, and writes one JSON object for each:
   * {@code {"id":…,"features":{…},"actions":[{"type":…,"priority":…,"reason":…}…]}}, or {@code {"id":…,"error":…}} where the
   * line is wrong. Blank lines are passed over. Answers are flushed whenever the next question has not arrived yet.
   *
   * @return how many lines were wrong
   */
  public int answer(Reader questions, Writer answers) throws IOException {
    BufferedReader lines = new BufferedReader(questions, BUFFER);
    StringBuilder out = new StringBuilder(BUFFER + BUFFER / 8);
    int wrong = 0;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        wrong += answer(line, number, out) ? 0 : 1;
        out.append('\n');
        boolean isLast = !lines.ready();
        if (isLast || out.length() >= BUFFER) {
          answers.append(out);
          out.setLength(0);
        }
        if (isLast) {
          answers.flush();
        }
      }
    }
    answers.append(out);
    answers.flush();
    return wrong;
  }

  /** @return false when the line is wrong */
  private boolean answer(String line, int number, StringBuilder out) {
    question.read(line);
    out.append('{');
    if (!question.id().isEmpty()) {
      out.append("\"id\":").append(question.id()).append(',');
    }
    try {
      write(DecisionEngine.decide(input()), out);
      return true;
    } catch (BadInputException e) {
      out.append("\"error\":");
      text("line " + number + ": " + e.getMessage(), out);
      out.append('}');
      return false;
    }
  }

  private DecisionInput input() {
    if (question.problem().isPresent()) {
      throw new BadInputException(question.problem().get());
    }
    Machine.Config config = machine.config(question.config());
    Metrics metrics = question.metrics();
    return new DecisionInput(config.limits(), metrics.host(), metrics.fleet(), metrics.sinceLastStop(),
        rebooted(config.lastStop(), metrics));
  }

  /** A boot id is not among the metrics; here the times tell. The time of the last stop is that of the boot by default. */
  private static boolean rebooted(Optional<BigDecimal> lastStop, Metrics metrics) {
    return lastStop.isPresent() && metrics.systemStart().filter(boot -> boot.compareTo(lastStop.get()) > 0).isPresent();
  }

  private static void write(Decision decision, StringBuilder out) {
    out.append("\"features\":{");
    for (int i = 0; i < FEATURES.size(); i++) {
      out.append((decision.features().has(FEATURES.get(i)) ? HOLDS : HOLDS_NOT).get(i));
    }
    out.setCharAt(out.length() - 1, '}');
    out.append(",\"actions\":[");
    for (PlannedAction action : decision.actions()) {
      int begin = out.length();
      out.append("{\"type\":\"").append(action.type().name()).append("\",\"priority\":").append(action.priority()).append(",\"reason\":");
      text(action.reason(), out);
      out.append("},");
      int end = out.length();
      // The answer's shape names an action for each node.
      for (int i = 1; i < action.count(); i++) {
        out.append(out, begin, end);
      }
    }
    out.setCharAt(out.length() - 1, ']');
    out.append('}');
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
