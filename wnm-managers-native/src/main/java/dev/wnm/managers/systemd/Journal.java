package dev.wnm.managers.systemd;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.NodeSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What nodes printed, as far as wnm may read it: a hint for a person.
 *
 * @param runner runs journalctl
 * @param rights those that it is run with: the system's journal is not everybody's to read
 * @param serviceManager whose services they are
 */
record Journal(CommandRunner runner, Rights rights, ServiceManager serviceManager) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  /** An error report with a backtrace has some dozens. */
  private static final int LINES = 200;
  /** More than a node prints between two looks. */
  private static final String MOST_LINES = "5000";
  /** The field that tells one run of a unit from others. */
  private static final String RUN = "_SYSTEMD_INVOCATION_ID";
  /** What systemd itself says of a unit, which {@link UnitState} tells better. */
  private static final String OF_SYSTEMD = ".*\\.service: .*|(?:Started|Stopped|Starting|Stopping|Stopped target|Failed to start) .*";

  /**
   * Why a node ended, in its own words; empty where it said nothing in its last run, or that cannot be read. What it said a moment
   * ago may still be on its way.
   *
   * @param state tells that run from those before
   */
  String lastWords(NodeSpec node, UnitState state) {
    return CauseLine.of(read(node, "json").lines().flatMap(line -> wordsOf(state, line).stream())
        .filter(line -> !line.matches(OF_SYSTEMD)).collect(Collectors.joining("\n")));
  }

  /** The words of a line of the unit's last run. */
  private static Optional<String> wordsOf(UnitState state, String line) {
    try {
      return new Gson().fromJson(line, JsonElement.class) instanceof JsonObject entry && isOfLastRun(state, entry)
          ? message(entry.get("MESSAGE")) : Optional.empty();
    } catch (JsonParseException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** Of a process that lived for some milliseconds, the journal may not find out any more which run it was; then its time tells. */
  private static boolean isOfLastRun(UnitState state, JsonObject entry) {
    if (entry.get(RUN) instanceof JsonPrimitive run) {
      return state.run().filter(run.getAsString()::equals).isPresent();
    }
    return entry.get("__MONOTONIC_TIMESTAMP") instanceof JsonPrimitive time && time.getAsLong() >= state.runSince();
  }

  /** A text, or its bytes where it has colours or other characters that cannot be printed; nothing where it is too long. */
  private static Optional<String> message(JsonElement message) {
    if (message instanceof JsonPrimitive text) {
      return Optional.of(text.getAsString());
    }
    if (!(message instanceof JsonArray array)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) array.get(i).getAsInt();
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** What a node printed last, whichever run of it, with what systemd said of it; empty where that cannot be read. */
  String printed(NodeSpec node) {
    return read(node, "cat");
  }

  /**
   * A part of what a node printed, with what systemd said of it, each line after its time; whichever run of it.
   *
   * @param lines at most so many of the last lines, where no position is given
   * @param position the cursor of the last line of an earlier part; empty for the first part
   */
  LogPart part(NodeSpec node, int lines, String position) {
    List<String> printed = new ArrayList<>();
    String last = position;
    Optional<String> answer = ask(node, position.isEmpty() ? List.of("--lines", Integer.toString(lines), "--output", "json")
        : List.of("--lines", MOST_LINES, "--output", "json", "--after-cursor", position));
    for (String line : answer.orElse("").lines().toList()) {
      try {
        if (new Gson().fromJson(line, JsonElement.class) instanceof JsonObject entry && entry.get("__CURSOR") instanceof JsonPrimitive cursor
            && entry.get("__REALTIME_TIMESTAMP") instanceof JsonPrimitive micros) {
          Instant at = Instant.EPOCH.plus(micros.getAsLong(), ChronoUnit.MICROS);
          message(entry.get("MESSAGE")).ifPresent(text -> text.lines().forEach(each -> printed.add(at + " " + each)));
          last = cursor.getAsString();
        }
      } catch (JsonParseException | NumberFormatException unreadable) {
        // Cut off, or no line of the journal's.
      }
    }
    return printed.isEmpty() && position.isEmpty() ? LogPart.none("the journal has nothing of it", last) : LogPart.of(printed, last);
  }

  private String read(NodeSpec node, String form) {
    return ask(node, List.of("--lines", Integer.toString(LINES), "--output", form)).orElse("");
  }

  /** What journalctl prints; empty where it cannot read the journal. */
  private Optional<String> ask(NodeSpec node, List<String> which) {
    List<String> words = new ArrayList<>(List.of("journalctl", serviceManager.ofUser() ? "--user-unit" : "--unit", node.service()));
    words.addAll(which);
    words.addAll(List.of("--no-pager", "--quiet"));
    Command command = rights.privileged(words).within(LIMIT);
    for (Map.Entry<String, String> variable : serviceManager.environment().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      CommandResult result = runner.run(command);
      return Optional.of(result.stdout()).filter(text -> result.succeeded());
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }
}
