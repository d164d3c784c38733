package dev.wnm.managers.support.docker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads what {@code docker inspect} prints of containers. Throws any {@link RuntimeException} when that is something else.
 */
final class ContainerReader {
  /** Docker's own values for a check that does not say. */
  private static final long CHECK_RETRIES = 3;
  private static final long CHECK_NANOS = Duration.ofSeconds(30).toNanos();

  private ContainerReader() {}

  static List<DockerContainer> read(String json) {
    List<DockerContainer> containers = new ArrayList<>();
    for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
      containers.add(container(element.getAsJsonObject()));
    }
    return containers;
  }

  private static DockerContainer container(JsonObject described) {
    JsonObject config = described.getAsJsonObject("Config");
    JsonObject limits = described.getAsJsonObject("HostConfig");
    return new DockerContainer(described.get("Name").getAsString().replaceFirst("^/", ""),
        described.get("Id").getAsString(), config.get("Image").getAsString(), described.get("Image").getAsString(),
        time(described.get("Created")).truncatedTo(ChronoUnit.SECONDS), state(described), check(described, config), address(described),
        publishesTcp(limits), labels(config), program(described), environment(config), number(limits, "Memory"), number(limits, "NanoCpus"),
        number(limits, "PidsLimit"), restart(limits));
  }

  private static DockerContainer.State state(JsonObject described) {
    JsonObject state = described.getAsJsonObject("State");
    return new DockerContainer.State(state.get("Running").getAsBoolean(), flag(state, "Restarting"),
        state.get("ExitCode").getAsInt(), flag(state, "OOMKilled"), text(state, "Error"), number(state, "Pid"),
        time(state.get("StartedAt")), (int) number(described, "RestartCount"));
  }

  private static Optional<DockerContainer.Check> check(JsonObject described, JsonObject config) {
    JsonElement health = described.getAsJsonObject("State").get("Health");
    JsonElement planned = config.get("Healthcheck");
    if (health == null || !health.isJsonObject() || text(health.getAsJsonObject(), "Status").isEmpty()
        || text(health.getAsJsonObject(), "Status").equals("none")) {
      return Optional.empty();
    }
    JsonElement log = health.getAsJsonObject().get("Log");
    String output = log == null || !log.isJsonArray() || log.getAsJsonArray().isEmpty() ? ""
        : text(log.getAsJsonArray().get(log.getAsJsonArray().size() - 1).getAsJsonObject(), "Output").strip();
    JsonObject plan = planned == null || !planned.isJsonObject() ? new JsonObject() : planned.getAsJsonObject();
    long retries = orElse(number(plan, "Retries"), CHECK_RETRIES);
    Duration round = Duration.ofNanos(orElse(number(plan, "Interval"), CHECK_NANOS))
        .plusNanos(orElse(number(plan, "Timeout"), CHECK_NANOS));
    return Optional.of(new DockerContainer.Check(text(health.getAsJsonObject(), "Status"), output,
        Duration.ofNanos(number(plan, "StartPeriod")).plus(round.multipliedBy(retries))));
  }

  /** Docker writes 0 for its own value. */
  private static long orElse(long number, long otherwise) {
    return number == 0 ? otherwise : number;
  }

  private static List<String> program(JsonObject described) {
    List<String> words = new ArrayList<>();
    if (!text(described, "Path").isEmpty()) {
      words.add(text(described, "Path"));
    }
    words.addAll(texts(described, "Args"));
    return words;
  }

  private static Map<String, String> environment(JsonObject config) {
    Map<String, String> variables = new HashMap<>();
    for (String assignment : texts(config, "Env")) {
      String[] parts = assignment.split("=", 2);
      variables.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return variables;
  }

  private static String restart(JsonObject limits) {
    JsonElement policy = limits == null ? null : limits.get("RestartPolicy");
    return policy == null || policy.isJsonNull() ? "" : policy.getAsJsonObject().get("Name").getAsString();
  }

  private static boolean publishesTcp(JsonObject limits) {
    JsonElement bindings = limits == null ? null : limits.get("PortBindings");
    return bindings != null && bindings.isJsonObject() && bindings.getAsJsonObject().keySet().stream().anyMatch(port -> port.endsWith("/tcp"));
  }

  private static Optional<String> address(JsonObject described) {
    JsonObject networks = described.getAsJsonObject("NetworkSettings").getAsJsonObject("Networks");
    return networks == null ? Optional.empty() : networks.entrySet().stream()
        .map(network -> network.getValue().getAsJsonObject().get("IPAddress")).filter(Objects::nonNull)
        .map(JsonElement::getAsString).filter(address -> !address.isEmpty()).findFirst();
  }

  private static Map<String, String> labels(JsonObject config) {
    Map<String, String> labels = new HashMap<>();
    if (config.has("Labels") && config.get("Labels").isJsonObject()) {
      config.getAsJsonObject("Labels").entrySet()
          .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
    }
    return labels;
  }

  private static boolean flag(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && !value.isJsonNull() && value.getAsBoolean();
  }

  private static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static List<String> texts(JsonObject object, String key) {
    List<String> texts = new ArrayList<>();
    JsonElement value = object.get(key);
    if (value != null && !value.isJsonNull()) {
      value.getAsJsonArray().forEach(each -> texts.add(each.getAsString()));
    }
    return texts;
  }

  /** Docker writes null, 0 or -1 for no limit. */
  private static long number(JsonObject object, String key) {
    JsonElement value = object == null ? null : object.get(key);
    return value == null || value.isJsonNull() ? 0 : Math.max(0, value.getAsLong());
  }

  /** Docker writes the year 1 for never. */
  private static Instant time(JsonElement text) {
    try {
      Instant time = text == null || text.isJsonNull() ? Instant.EPOCH
          : OffsetDateTime.parse(text.getAsString()).toInstant();
      return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
