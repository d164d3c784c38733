package dev.wnm.notify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.model.Event;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as it is told.
 *
 * @param id by which whoever is told of it twice can tell
 * @param event what happened
 * @param host the name of this machine; may be empty
 * @param colony the word for the colony; may be empty
 */
record Message(String id, Event event, String host, String colony) {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  /** Discord takes 2000. */
  private static final int LONGEST_TEXT = 1_500;

  /** That of a colony's event. The time is part of its id: a database that was put back gives numbers again. */
  static Message of(Event event, String host, String colony) {
    return new Message(colony + "-" + event.number() + "-" + event.at().getEpochSecond(), event, host, colony);
  }

  /** One sentence, or two. Without what would call people together, or become a link, in the programs that people talk with. */
  String text() {
    String sentence = title() + ": " + event.what() + "." + (event.mend().isEmpty() ? "" : " What to do: " + event.mend() + ".");
    String harmless = sentence.replace('<', '‹').replace('>', '›').replace("@", "@\u200b");
    return harmless.length() > LONGEST_TEXT ? harmless.substring(0, LONGEST_TEXT) + "…" : harmless;
  }

  private String title() {
    return host.isEmpty() ? "wnm" : "wnm on " + host;
  }

  /** For programs; the sentence is there under the name that each of the usual receivers looks for it. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("kind", event.kind().word());
    json.addProperty("time", event.at().toString());
    json.addProperty("host", host);
    json.addProperty("colony", colony);
    json.addProperty("problem", event.problem());
    json.addProperty("what", event.what());
    json.addProperty("do", event.mend());
    JsonArray nodes = new JsonArray();
    event.nodes().forEach(nodes::add);
    json.add("nodes", nodes);
    json.addProperty("node_count", event.count());
    json.addProperty("title", title());
    // Slack, Mattermost, Rocket.Chat; Discord; Gotify.
    json.addProperty("text", text());
    json.addProperty("content", text());
    json.addProperty("message", text());
    JsonObject mentions = new JsonObject();
    mentions.add("parse", new JsonArray());
    json.add("allowed_mentions", mentions);
    return GSON.toJson(json);
  }

  /** The same as environment variables. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("WNM_EVENT_ID", id);
    variables.put("WNM_EVENT_KIND", event.kind().word());
    variables.put("WNM_EVENT_TIME", event.at().toString());
    variables.put("WNM_EVENT_HOST", host);
    variables.put("WNM_EVENT_COLONY", colony);
    variables.put("WNM_EVENT_PROBLEM", event.problem());
    variables.put("WNM_EVENT_WHAT", event.what());
    variables.put("WNM_EVENT_DO", event.mend());
    variables.put("WNM_EVENT_NODES", String.join(" ", event.nodes()));
    variables.put("WNM_EVENT_NODE_COUNT", Integer.toString(event.count()));
    variables.put("WNM_EVENT_TEXT", text());
    return variables;
  }
}
