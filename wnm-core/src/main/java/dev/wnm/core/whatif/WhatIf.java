package dev.wnm.core.whatif;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.config.BadInputException;
import dev.wnm.core.config.Platform;
import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.PlannedAction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Optional;

/** Answers questions about decisions, line by line. Not thread-safe. */
public final class WhatIf {
  private final Machine machine;

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
    BufferedReader lines = new BufferedReader(questions);
    int wrong = 0;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        JsonObject answer = answer(line, number);
        wrong += answer.has("error") ? 1 : 0;
        answers.write(answer + "\n");
        if (!lines.ready()) {
          answers.flush();
        }
      }
    }
    answers.flush();
    return wrong;
  }

  private JsonObject answer(String line, int number) {
    Question question = Question.read(line);
    JsonObject answer = new JsonObject();
    question.id().ifPresent(id -> answer.add("id", id));
    try {
      Decision decision = DecisionEngine.decide(input(question));
      JsonObject features = new JsonObject();
      decision.features().asMap().forEach(features::addProperty);
      answer.add("features", features);
      answer.add("actions", actions(decision));
    } catch (BadInputException e) {
      answer.addProperty("error", "line " + number + ": " + e.getMessage());
    }
    return answer;
  }

  private DecisionInput input(Question question) {
    if (question.problem().isPresent()) {
      throw new BadInputException(question.problem().get());
    }
    Values config = new Values("config", question.config());
    Metrics metrics = new Metrics(new Values("metrics", question.metrics()));
    return new DecisionInput(machine.limits(config), metrics.host(), metrics.fleet(), metrics.sinceLastStop(),
        rebooted(config, metrics));
  }

  /** A boot id is not among the metrics; here the times tell. The time of the last stop is that of the boot by default. */
  private static boolean rebooted(Values config, Metrics metrics) {
    Optional<BigDecimal> lastStop = config.number("last_stopped_at");
    Optional<BigDecimal> boot = metrics.systemStart();
    return lastStop.isPresent() && boot.isPresent() && boot.get().compareTo(lastStop.get()) > 0;
  }

  private static JsonArray actions(Decision decision) {
    JsonArray actions = new JsonArray();
    for (PlannedAction planned : decision.actions()) {
      JsonObject action = new JsonObject();
      action.addProperty("type", planned.type().name());
      action.addProperty("priority", planned.priority());
      action.addProperty("reason", planned.reason());
      actions.add(action);
    }
    return actions;
  }
}
