package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.ManagerTypes;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process manager a machine gets whose operator names none: the best that works here. */
final class DefaultManager {
  private final ManagerRegistry registry;
  private final ManagerContext context;
  private final Platform platform;
  private final Map<ManagerRegistry.Entry, Optional<String>> obstacles = new HashMap<>();

  /** @param settings say where plug-ins are; which process manager they name does not matter */
  DefaultManager(Settings settings, Dependencies tools) {
    registry = tools.managers().apply(settings.get(Options.PLUGIN_PATH));
    context = ManagerContexts.toAsk(settings, tools);
    platform = tools.platform();
  }

  /** The preferred types that work here, the best first. */
  List<String> working() {
    return preferred().filter(type -> obstacle(type).isEmpty()).map(ManagerRegistry.Entry::type).toList();
  }

  private Stream<ManagerRegistry.Entry> preferred() {
    return registry.entries().stream().filter(entry -> entry.declared().rankOn(platform.os()).isPresent())
        .sorted(Comparator.comparingInt(entry -> entry.declared().rankOn(platform.os()).getAsInt()));
  }

  /**
   * Why it is not what this platform does best, in one sentence; empty when it is.
   *
   * @param chosen the type that was taken
   */
  Optional<String> passedOver(String chosen) {
    boolean forWholeSystem = registry.entries().stream()
        .anyMatch(entry -> entry.type().equals(chosen) && entry.declared().isForWholeSystem());
    return preferred().filter(entry -> entry.declared().isForWholeSystem() == forWholeSystem).findFirst()
        .filter(best -> !best.type().equals(chosen)).flatMap(best -> obstacle(best).map(reason ->
            best.type() + " cannot work here (" + reason + "), so nodes run under " + chosen));
  }

  /** Tells the types of rows that name theirs in part. */
  ManagerTypes types() {
    return new ManagerTypes(registry.types());
  }

  /** Every type that was found, with why it cannot work here: those that are chosen by themselves first, the best of them at the top. */
  Map<ManagerRegistry.Entry, Optional<String>> all() {
    Map<ManagerRegistry.Entry, Optional<String>> all = new LinkedHashMap<>();
    Stream.concat(preferred(), registry.entries().stream()).forEach(entry -> all.computeIfAbsent(entry, this::obstacle));
    return all;
  }

  /** Asked once: that may run programs. */
  private Optional<String> obstacle(ManagerRegistry.Entry entry) {
    return obstacles.computeIfAbsent(entry, this::ask);
  }

  private Optional<String> ask(ManagerRegistry.Entry entry) {
    return entry.availability(context) instanceof Availability.Unavailable unavailable
        ? Optional.of(unavailable.reason())
        : Optional.empty();
  }
}
