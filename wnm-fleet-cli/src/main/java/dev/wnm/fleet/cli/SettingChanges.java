package dev.wnm.fleet.cli;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings that an operator asks for from afar. */
final class SettingChanges {
  private SettingChanges() {}

  /**
   * Reads them.
   *
   * @param words such as {@code node_cap=40}; nothing behind the sign means that the setting is the host's own affair
   * @return the values by name
   * @throws BadInputException when one is not to be changed from afar, or this machine would not take it; each host checks them again
   */
  static Map<String, Optional<String>> read(List<String> words, FleetContext context) {
    if (words.isEmpty()) {
      throw new BadInputException("no setting is named, such as node_cap=40");
    }
    Map<String, Optional<String>> changes = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals).replaceFirst("^--", "").replace('-', '_');
      if (equals < 0 || Options.OF_DECISIONS.stream().map(Option::name).noneMatch(name::equals)) {
        throw new BadInputException("'" + word + "' is no setting that can be changed from afar; these are " + Options.OF_DECISIONS.stream().map(Option::name)
            .collect(Collectors.joining(", ")));
      }
      changes.put(name, Optional.of(word.substring(equals + 1)).filter(text -> !text.isEmpty()));
    }
    Map<String, String> given = new TreeMap<>();
    changes.forEach((name, text) -> text.ifPresent(value -> given.put(name, value)));
    Settings.defaults(context.platform()).with(given, "the command line");
    return changes;
  }
}
