package dev.wnm.web.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An order and what became of it.
 *
 * @param id its number in this run of the program
 * @param words the same as a command line
 * @param askedBy whose token it came with
 * @param at when it came
 * @param state how far it is
 * @param progress of its work on nodes; empty while there was none
 * @param lines what it came to, a line each
 */
record PlacedOrder(long id, String words, String askedBy, Instant at, State state, Optional<Progress> progress, List<String> lines,
    Optional<Instant> ended) {
  /** How far an order is. */
  enum State {
    /** Others come first. */
    WAITING,
    /** Under way. */
    RUNNING,
    /** All was done. */
    DONE,
    /** Something was not done. */
    FAILED
  }

  PlacedOrder {
    lines = List.copyOf(lines);
  }

  PlacedOrder running(Optional<Progress> now) {
    return new PlacedOrder(id, words, askedBy, at, State.RUNNING, now, lines, ended);
  }

  PlacedOrder over(boolean failed, List<String> what, Instant now) {
    return new PlacedOrder(id, words, askedBy, at, failed ? State.FAILED : State.DONE, progress, what, Optional.of(now));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("command", words);
    json.addProperty("asked_by", askedBy);
    json.addProperty("time", at.getEpochSecond());
    json.addProperty("state", state.name().toLowerCase(Locale.ROOT));
    json.add("progress", progress.<JsonElement>map(Progress::json).orElse(JsonNull.INSTANCE));
    json.add("lines", Documents.list(lines, JsonPrimitive::new));
    json.add("ended", ended.<JsonElement>map(end -> new JsonPrimitive(end.getEpochSecond())).orElse(JsonNull.INSTANCE));
    return json;
  }
}
