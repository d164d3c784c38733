package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wnm.core.model.Node;
import java.util.List;
import java.util.function.Function;

/** What the reports on nodes have in common: their JSON shapes, and what they say when there are no nodes. */
final class NodeReport {
  private static final String NO_NODES = "No nodes found";

  private NodeReport() {}

  static String print(List<Node> nodes, ReportFormat format, Function<List<Node>, String> text,
      Function<Node, JsonObject> json) {
    return format.isJson()
        ? Json.pretty(format == ReportFormat.JSON ? array(nodes, json) : pythonShape(nodes, json))
        : nodes.isEmpty() ? NO_NODES + "." : text.apply(nodes);
  }

  private static JsonArray array(List<Node> nodes, Function<Node, JsonObject> json) {
    JsonArray array = new JsonArray();
    nodes.forEach(node -> array.add(json.apply(node)));
    return array;
  }

  private static JsonElement pythonShape(List<Node> nodes, Function<Node, JsonObject> json) {
    if (nodes.isEmpty()) {
      JsonObject error = new JsonObject();
      error.addProperty("error", NO_NODES);
      return error;
    }
    return nodes.size() == 1 ? json.apply(nodes.get(0)) : array(nodes, json);
  }
}
