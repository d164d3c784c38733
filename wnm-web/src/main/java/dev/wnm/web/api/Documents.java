package dev.wnm.web.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.Course;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.NodePoint;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.web.http.Answer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What the API answers, in JSON. Times are seconds since 1970; what is not known is null. A course is a list for each line of a chart,
 * all as long as the list of times.
 */
final class Documents {
  private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private Documents() {}

  static Answer answer(JsonElement json) {
    return Answer.written(out -> GSON.toJson(json, out));
  }

  /** A document that is written in parts, each of which is made when its turn comes. */
  static Answer written(Document document) {
    return Answer.written(out -> document.writeTo(new JsonWriter(out)));
  }

  /** The same document as a whole. */
  static JsonElement whole(Document document) {
    StringWriter text = new StringWriter();
    try {
      document.writeTo(new JsonWriter(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonParser.parseString(text.toString());
  }

  /** Writes a document. */
  @FunctionalInterface
  interface Document {
    void writeTo(JsonWriter out) throws IOException;
  }

  /** Writes a list, an element at a time. */
  static <T> void write(JsonWriter out, Collection<T> values, Function<T, JsonElement> element) throws IOException {
    out.beginArray();
    for (T value : values) {
      GSON.toJson(element.apply(value), out);
    }
    out.endArray();
  }

  static <T> JsonArray list(Collection<T> values, Function<T, JsonElement> element) {
    JsonArray list = new JsonArray();
    values.forEach(value -> list.add(element.apply(value)));
    return list;
  }

  static JsonElement time(Optional<Instant> time) {
    return time.<JsonElement>map(at -> new JsonPrimitive(at.getEpochSecond())).orElse(JsonNull.INSTANCE);
  }

  static JsonObject decision(PastDecision decision) {
    JsonObject json = new JsonObject();
    json.addProperty("id", decision.id());
    json.addProperty("first", decision.first().getEpochSecond());
    json.addProperty("last", decision.last().getEpochSecond());
    json.addProperty("times", decision.times());
    json.add("features", list(decision.features().holding(), feature -> new JsonPrimitive(feature.key())));
    json.add("actions", list(decision.actions(), Documents::action));
    json.add("not_more", list(decision.notMore(), JsonPrimitive::new));
    JsonObject numbers = new JsonObject();
    decision.numbers().forEach(numbers::addProperty);
    json.add("numbers", numbers);
    json.add("took_seconds", decision.took().<JsonElement>map(took -> new JsonPrimitive(took.toMillis() / 1000.0)).orElse(JsonNull.INSTANCE));
    return json;
  }

  static JsonObject action(PlannedAction action) {
    JsonObject json = new JsonObject();
    json.addProperty("type", action.type().name());
    json.addProperty("target", action.target().name());
    json.addProperty("count", action.count());
    json.addProperty("words", action.inWords());
    json.addProperty("reason", action.reason());
    return json;
  }

  static JsonObject operation(PastOperation operation) {
    JsonObject json = new JsonObject();
    json.addProperty("id", operation.id());
    json.addProperty("kind", operation.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("node", operation.nodeId());
    json.addProperty("service", operation.service());
    json.addProperty("begun", operation.begun().getEpochSecond());
    json.add("ended", time(operation.ended()));
    json.addProperty("ending", operation.ending().name().toLowerCase(Locale.ROOT));
    json.addProperty("detail", operation.detail());
    json.addProperty("reason", operation.motive().reason());
    json.add("decision", number(operation.motive().decision()));
    json.addProperty("asked_by", operation.motive().askedBy());
    return json;
  }

  static JsonObject incident(Incident incident) {
    JsonObject json = new JsonObject();
    json.addProperty("node", incident.nodeId());
    json.addProperty("service", incident.service());
    json.addProperty("kind", incident.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("time", incident.seenAt().getEpochSecond());
    json.addProperty("words", incident.words());
    return json;
  }

  static JsonObject machine(Course<MachinePoint> course) {
    JsonObject json = times(course, MachinePoint::at);
    for (Measure measure : Measure.values()) {
      JsonObject lines = new JsonObject();
      lines.add("mean", list(course.points(), point -> spread(point, measure, MachinePoint.Spread::mean)));
      lines.add("highest", list(course.points(), point -> spread(point, measure, MachinePoint.Spread::highest)));
      json.add(measure.key(), lines);
    }
    return json;
  }

  static JsonObject states(Course<StatesPoint> course) {
    JsonObject json = times(course, StatesPoint::at);
    json.add("total", list(course.points(), point -> new JsonPrimitive(point.total())));
    for (NodeStatus status : NodeStatus.values()) {
      if (course.points().stream().anyMatch(point -> point.byStatus().containsKey(status))) {
        json.add(status.name(), list(course.points(), point -> Optional.ofNullable(point.byStatus().get(status))
            .<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE)));
      }
    }
    return json;
  }

  static JsonObject node(Course<NodePoint> course) {
    JsonObject json = times(course, NodePoint::at);
    json.add("status", list(course.points(), point -> point.status().<JsonElement>map(status -> new JsonPrimitive(status.name()))
        .orElse(JsonNull.INSTANCE)));
    for (NodeMetric metric : NodeMetric.values()) {
      if (course.points().stream().anyMatch(point -> point.metrics().find(metric).isPresent())) {
        json.add(metric.column(), list(course.points(), point -> number(point.metrics().find(metric))));
      }
    }
    return json;
  }

  static JsonObject log(LogPart part) {
    JsonObject json = new JsonObject();
    json.add("lines", list(part.lines(), line -> new JsonPrimitive(PlainText.logLine(line))));
    json.addProperty("position", part.position());
    json.addProperty("reason", part.reason());
    return json;
  }

  private static <T> JsonObject times(Course<T> course, Function<T, Instant> at) {
    JsonObject json = new JsonObject();
    json.addProperty("step", course.step().toSeconds());
    json.add("time", list(course.points(), point -> new JsonPrimitive(at.apply(point).getEpochSecond())));
    return json;
  }

  private static JsonElement spread(MachinePoint point, Measure measure, Function<MachinePoint.Spread, Double> which) {
    return Optional.ofNullable(point.values().get(measure)).map(which).filter(Double::isFinite).<JsonElement>map(JsonPrimitive::new)
        .orElse(JsonNull.INSTANCE);
  }

  private static JsonElement number(OptionalLong number) {
    return number.isPresent() ? new JsonPrimitive(number.getAsLong()) : JsonNull.INSTANCE;
  }
}
