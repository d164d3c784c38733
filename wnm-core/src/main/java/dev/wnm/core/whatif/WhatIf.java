package dev.wnm.core.whatif;

import com.google.gson.stream.JsonWriter;
import dev.wnm.core.config.Platform;
import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.spi.config.BadInputException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Map;
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
    BufferedWriter out = new BufferedWriter(answers);
    int wrong = 0;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        wrong += answer(line, number, out) ? 0 : 1;
        out.write('\n');
        if (!lines.ready()) {
          out.flush();
        }
      }
    }
    out.flush();
    return wrong;
  }

  /** @return false when the line is wrong */
  private boolean answer(String line, int number, Writer answers) throws IOException {
    Question question = Question.read(line);
    JsonWriter json = new JsonWriter(answers);
    json.beginObject();
    if (question.id().isPresent()) {
      json.name("id").jsonValue(question.id().get().toString());
    }
    boolean right = true;
    try {
      write(DecisionEngine.decide(input(question)), json);
    } catch (BadInputException e) {
      json.name("error").value("line " + number + ": " + e.getMessage());
      right = false;
    }
    json.endObject();
    return right;
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

  private static void write(Decision decision, JsonWriter json) throws IOException {
    json.name("features").beginObject();
    for (Map.Entry<String, Boolean> feature : decision.features().asMap().entrySet()) {
      json.name(feature.getKey()).value(feature.getValue());
    }
    json.endObject();
    json.name("actions").beginArray();
    for (PlannedAction action : decision.actions()) {
      // The answer's shape names an action for each node.
      for (int i = 0; i < action.count(); i++) {
        json.beginObject()
            .name("type").value(action.type().name())
            .name("priority").value(action.priority())
            .name("reason").value(action.reason())
            .endObject();
      }
    }
    json.endArray();
  }
}
