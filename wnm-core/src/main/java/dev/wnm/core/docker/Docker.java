package dev.wnm.core.docker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.manager.CannotException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The docker command.
 *
 * @param runner runs it
 * @param words what it is called with, before its own words
 */
public record Docker(CommandRunner runner, List<String> words) {
  public Docker {
    words = List.copyOf(words);
  }

  /** Docker with these words, for a caller who changes limit or input before he runs it. */
  public Command command(List<String> arguments) {
    List<String> argv = new ArrayList<>(words);
    argv.addAll(arguments);
    return Command.of(argv);
  }

  /** See {@link #command(List)}. */
  public Command command(String... arguments) {
    return command(Arrays.asList(arguments));
  }

  /** Runs a command to its end, however that is. @throws CannotException when it could not be started */
  public CommandResult run(Command command) throws CannotException {
    try {
      return runner.run(command);
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** The same for a command that must succeed. @return what it printed, without blanks at its ends */
  public String must(Command command) throws CannotException {
    try {
      return run(command).orThrow().stdout().strip();
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** Those of these containers that there are, in any state. */
  public List<DockerContainer> inspect(List<String> names) throws CannotException {
    if (names.isEmpty()) {
      return List.of();
    }
    // Exit code 1 with the others' description when one of them is missing; with nothing when Docker does not answer.
    CommandResult result = run(command(Stream.concat(Stream.of("inspect", "--type", "container"), names.stream()).toList()));
    try {
      List<DockerContainer> containers = new ArrayList<>();
      for (JsonElement element : JsonParser.parseString(result.stdout()).getAsJsonArray()) {
        containers.add(container(element.getAsJsonObject()));
      }
      if (containers.isEmpty() && !result.stderr().contains("No such")) {
        result.orThrow();
      }
      return containers;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw CannotException.forNow(result.succeeded()
          ? "docker inspect answers what cannot be understood: " + e.getMessage() : result.describe());
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  /** The container of this name, if there is one. */
  public Optional<DockerContainer> inspect(String name) throws CannotException {
    return inspect(List.of(name)).stream().findFirst();
  }

  private static DockerContainer container(JsonObject described) {
    JsonObject config = described.getAsJsonObject("Config");
    JsonObject state = described.getAsJsonObject("State");
    JsonObject limits = described.getAsJsonObject("HostConfig");
    return new DockerContainer(described.get("Name").getAsString().replaceFirst("^/", ""),
        described.get("Id").getAsString(), config.get("Image").getAsString(), described.get("Image").getAsString(),
        time(described.get("Created").getAsString()), state.get("Running").getAsBoolean(),
        state.get("ExitCode").getAsInt(), address(described), labels(config),
        number(limits, "Memory"), number(limits, "NanoCpus"), number(limits, "PidsLimit"), restart(limits));
  }

  private static String restart(JsonObject limits) {
    JsonElement policy = limits == null ? null : limits.get("RestartPolicy");
    return policy == null || policy.isJsonNull() ? "" : policy.getAsJsonObject().get("Name").getAsString();
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
      config.getAsJsonObject("Labels").entrySet().forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
    }
    return labels;
  }

  /** Docker writes null, 0 or -1 for no limit. */
  private static long number(JsonObject limits, String key) {
    JsonElement value = limits == null ? null : limits.get(key);
    return value == null || value.isJsonNull() ? 0 : Math.max(0, value.getAsLong());
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
