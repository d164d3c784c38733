package dev.wnm.managers.antctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.model.Container;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The docker command.
 *
 * @param runner runs it
 * @param words what it is called with, before its own words
 */
record Docker(CommandRunner runner, List<String> words) {
  Docker {
    words = List.copyOf(words);
  }

  /** Those of these containers that there are. */
  List<Container> inspect(List<String> names) throws CannotException {
    List<String> argv = new ArrayList<>(words);
    argv.addAll(List.of("inspect", "--type", "container"));
    argv.addAll(names);
    try {
      // Exit code 1 with the others' description when one of them is missing; with nothing when Docker does not answer.
      var result = runner.run(Command.of(argv));
      List<Container> containers = new ArrayList<>();
      for (JsonElement element : JsonParser.parseString(result.stdout()).getAsJsonArray()) {
        containers.add(container(element.getAsJsonObject()));
      }
      if (containers.isEmpty() && !result.stderr().contains("No such")) {
        result.orThrow();
      }
      return containers;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw CannotException.forNow("docker inspect answers what cannot be understood: " + e.getMessage());
    } catch (CommandFailedException e) {
      throw CannotException.forNow(e.getMessage());
    }
  }

  private static Container container(JsonObject described) {
    return new Container(Optional.empty(), described.get("Name").getAsString().replaceFirst("^/", ""),
        described.get("Id").getAsString(), described.getAsJsonObject("Config").get("Image").getAsString(),
        described.getAsJsonObject("State").get("Running").getAsBoolean(), time(described.get("Created").getAsString()));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
