package dev.wnm.fleet.cli;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.fleet.host.LocalHost;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Settings that an operator asks for from afar. */
final class SettingChanges {
  private static final String OF_DECISIONS = Options.OF_DECISIONS.stream().map(Option::name).collect(Collectors.joining(", "));

  private SettingChanges() {}

  /**
   * Reads those that hosts may be told.
   *
   * @param words such as {@code node_cap=40}; nothing behind the sign means that the setting is the host's own affair
   * @return the values by name
   * @throws BadInputException when one is not to be changed from afar, or this machine would not take it; each host checks them again
   */
  static Map<String, Optional<String>> fromAfar(List<String> words, FleetContext context) {
    OptionRegistry registry = Settings.defaults(context.platform()).registry();
    return read(words, context, name -> !LocalHost.isNeverChangedFromAfar(name) && registry.find(name).filter(option -> option.scope().isKept()).isPresent(),
        " is no setting that can be changed from afar; these are " + OF_DECISIONS + ", and what a host allows by 'wnm fleet join --allow'");
  }

  /** Reads those that decisions depend on, in the same way. */
  static Map<String, Optional<String>> ofDecisions(List<String> words, FleetContext context) {
    return read(words, context, name -> Options.OF_DECISIONS.stream().map(Option::name).anyMatch(name::equals),
        " is no setting that decisions depend on; these are " + OF_DECISIONS);
  }

  private static Map<String, Optional<String>> read(List<String> words, FleetContext context, Predicate<String> isAllowed, String otherwise) {
    if (words.isEmpty()) {
      throw new BadInputException("no setting is named, such as node_cap=40");
    }
    Map<String, Optional<String>> changes = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals).replaceFirst("^--", "").replace('-', '_');
      if (equals < 0 || !isAllowed.test(name)) {
        throw new BadInputException("'" + word + "'" + otherwise);
      }
      changes.put(name, Optional.of(word.substring(equals + 1)).filter(text -> !text.isEmpty()));
    }
    Map<String, String> given = new TreeMap<>();
    changes.forEach((name, text) -> text.ifPresent(value -> given.put(name, value)));
    Settings.defaults(context.platform()).with(given, "the command line");
    return changes;
  }
}
