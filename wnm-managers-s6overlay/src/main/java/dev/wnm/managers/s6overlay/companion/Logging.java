package dev.wnm.managers.s6overlay.companion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a service's output is kept.
 *
 * @param isJson whether each line becomes a JSON object with time, service, stream and line
 * @param group the group that may read the log folder, where not root alone
 * @param masked environment variables whose values do not get into the log
 */
public record Logging(boolean isJson, Optional<String> group, List<String> masked) {
  /** Lines as they come, for root. */
  public static final Logging USUAL = new Logging(false, Optional.empty(), List.of());

  public Logging {
    masked = List.copyOf(masked);
  }

  /** Whether lines are changed before they are kept. */
  public boolean changesLines() {
    return isJson || !masked.isEmpty();
  }

  /** Reads {@code --log_format}, {@code --log_group} and {@code --mask}. @throws BadInputException in one sentence */
  public static Map<String, Logging> read(String formats, String groups, String masks, Map<String, Set<String>> members) {
    Map<String, Logging> logging = new LinkedHashMap<>();
    NamedValues format = NamedValues.read("--log_format", everywhere(formats), "json, text, NAME=json or NAME=text");
    format.one(members, value -> {
      if (!value.equals("json") && !value.equals("text")) {
        throw format.refused(value);
      }
      return value.equals("json");
    }).forEach((service, json) -> logging.merge(service, new Logging(json, Optional.empty(), List.of()), Logging::with));
    NamedValues group = NamedValues.read("--log_group", everywhere(groups), "GROUP or NAME=GROUP");
    group.one(members, value -> {
      if (!value.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}|[0-9]{1,9}")) {
        throw group.refused(value);
      }
      return value;
    }).forEach((service, name) -> logging.merge(service, new Logging(false, Optional.of(name), List.of()), Logging::with));
    NamedValues mask = NamedValues.read("--mask", masks, "NAME=VARIABLE");
    mask.several(members, value -> Arrays.stream(value.split(",")).map(String::strip).map(name -> {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw mask.refused(name);
      }
      return name;
    }).toList()).forEach((service, lists) -> logging.merge(service,
        new Logging(false, Optional.empty(), lists.stream().flatMap(List::stream).distinct().toList()), Logging::with));
    return logging;
  }

  /** A word that names no service is said of all. */
  private static String everywhere(String text) {
    return text.isBlank() || text.contains("=") ? text : "*=" + text.strip();
  }

  private Logging with(Logging more) {
    return new Logging(isJson || more.isJson, more.group.or(() -> group), more.masked.isEmpty() ? masked : more.masked);
  }
}
