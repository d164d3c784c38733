package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.config.ConfigFileWriter;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The report {@code machine-config}: the settings in force. */
public final class MachineConfigReport {
  private static final Set<String> QUOTED = Set.of("node_storage", "environment", "start_args", "antnode_path", "dbpath");
  private static final int MACHINE_ID = 1;
  private static final String WHOLE_NUMBER = "-?\\d{1,18}";

  private final Settings settings;
  private final Map<String, String> stored;

  private MachineConfigReport(Settings settings, Map<String, String> stored) {
    this.settings = settings;
    this.stored = stored;
  }

  /**
   * The report in any format.
   *
   * @param settings the settings in force
   * @param stored what the database keeps, by column; what wnm itself counts comes from here
   */
  public static String print(Settings settings, Map<String, String> stored, ReportFormat format) {
    MachineConfigReport report = new MachineConfigReport(settings, stored);
    return switch (format) {
      case JSON -> Json.pretty(report.values());
      case JSON_COMPAT -> Json.pretty(report.pythonValues());
      case ENV -> KeyValues.env(report.values(), QUOTED);
      case CONFIG -> report.configFile();
      case TEXT, CSV, INFLUX_NTRACKING, INFLUX_COMPAT -> KeyValues.text(report.values());
    };
  }

  /** The same as JSON in one line, for {@code --show_machine_config}. */
  public static String line(Settings settings, Map<String, String> stored) {
    return Json.line(new MachineConfigReport(settings, stored).values());
  }

  /** All settings: those of the Python wnm in its order, then those that are ours. */
  private JsonObject values() {
    JsonObject values = pythonValues();
    ourOptions().forEach(option -> values.add(option.name(), value(option)));
    return values;
  }

  private JsonObject pythonValues() {
    JsonObject values = new JsonObject();
    Options.machineConfigKeys().forEach(key -> values.add(key, value(key)));
    return values;
  }

  private List<Option<?>> ourOptions() {
    return settings.registry().all().stream().filter(option -> option.scope().isKept() && !option.isMachineColumn()).toList();
  }

  private JsonElement value(String key) {
    return switch (key) {
      case "id" -> new JsonPrimitive(MACHINE_ID);
      case "cpu_count" -> storedNumber(key).orElse(new JsonPrimitive(settings.platform().cpuCount()));
      case "last_stopped_at" -> storedNumber(key).orElse(JsonNull.INSTANCE);
      case "node_removal_strategy" -> new JsonPrimitive(stored.getOrDefault(key, "youngest"));
      case "dbpath" -> new JsonPrimitive("sqlite:///" + settings.get(Options.DBPATH));
      // One of a back end that is not here is as it was stored.
      default -> settings.registry().find(key).map(this::value)
          .orElseGet(() -> stored.containsKey(key) ? new JsonPrimitive(stored.get(key)) : JsonNull.INSTANCE);
    };
  }

  private <T> JsonElement value(Option<T> option) {
    return settings.find(option).map(value -> json(option, value)).orElse(JsonNull.INSTANCE);
  }

  private static <T> JsonElement json(Option<T> option, T value) {
    if (value instanceof Optional<?> declared) {
      return declared.filter(Boolean.class::isInstance).map(Boolean.class::cast).<JsonElement>map(JsonPrimitive::new)
          .orElseGet(() -> declared.isEmpty() && Options.isNullWhenUnset(option.name()) ? JsonNull.INSTANCE
              : new JsonPrimitive(option.print(value)));
    }
    if (value instanceof Boolean on) {
      return new JsonPrimitive(on);
    }
    if (value instanceof Double decimal) {
      return Json.decimal(decimal);
    }
    String printed = option.print(value);
    // Some numbers have a word in the place of one of them, such as 'off'.
    return (value instanceof Number || value instanceof Duration) && printed.matches(WHOLE_NUMBER) ? new JsonPrimitive(Long.parseLong(printed))
        : new JsonPrimitive(printed);
  }

  private Optional<JsonElement> storedNumber(String key) {
    return Optional.ofNullable(stored.get(key)).filter(text -> text.matches(WHOLE_NUMBER))
        .map(text -> new JsonPrimitive(Long.parseLong(text)));
  }

  /** Only what may be set, and has a value: read back, it gives the same settings. */
  private String configFile() {
    return values().entrySet().stream()
        .map(entry -> configLine(entry.getKey(), entry.getValue()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("\n"));
  }

  /** Options that are ours are stored only once they are given; reading a default back would give it. */
  private boolean isOnlyDefault(Option<?> option) {
    return option.scope().isKept() && !option.isMachineColumn() && !settings.isGiven(option)
        && !stored.containsKey(option.name());
  }

  private Optional<String> configLine(String key, JsonElement value) {
    Optional<Option<?>> option = settings.registry().find(key).filter(known -> known.scope().isKept() || known == Options.DBPATH);
    String text = KeyValues.word(value);
    if (option.isEmpty() || value.isJsonNull() || text.isEmpty() || isOnlyDefault(option.get())) {
      return Optional.empty();
    }
    if (option.get() == Options.HIGHEST_NODE_ID_USED) {
      return Optional.of("# " + key + "=" + text + ", which wnm counts itself: a config file must not turn it back");
    }
    return Optional.of(ConfigFileWriter.line(settings, option.get(), text, QUOTED.contains(key))
        .orElse("# " + key + " has a value that no line of a config file can give; it has to come from --" + key));
  }
}
