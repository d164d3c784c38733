package dev.wnm.cli.packaged;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node as antctl lists it.
 *
 * @param metricsPort 0 when it has none
 */
record Listed(String service, String status, int metricsPort, Path dataDir) {
  /** What {@code antctl status --json} prints, in its order; without the nodes that are removed. */
  static List<Listed> of(String json) {
    List<Listed> nodes = new ArrayList<>();
    if (json.isBlank()) {
      return nodes;
    }
    for (JsonElement element : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nodes")) {
      JsonObject node = element.getAsJsonObject();
      JsonElement metricsPort = node.get("metrics_port");
      if (!node.get("status").getAsString().equals("Removed")) {
        nodes.add(new Listed(node.get("service_name").getAsString(), node.get("status").getAsString(),
            metricsPort.isJsonNull() ? 0 : metricsPort.getAsInt(), Path.of(node.get("data_dir_path").getAsString())));
      }
    }
    return nodes;
  }
}
