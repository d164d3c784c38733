package dev.wnm.core.colony;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out which options there are in a run: core's, those of the back ends on the class path, and those of the plug-ins.
 * Where plug-ins are is itself an option, so that is looked for first, in all the places where options are, the database among
 * them.
 */
public final class InstalledOptions {
  private InstalledOptions() {}

  /** All options that there are for this command line. Refuses nothing, and changes nothing. */
  public static OptionRegistry find(Platform platform, List<String> words) {
    return find(SettingsResolver.firstLook(platform, words));
  }

  /** The same where this much is known of where plug-ins are. */
  static OptionRegistry find(SettingsResolver firstLook) {
    Path plugins = firstLook.pluginFolder(InstalledOptions::stored);
    return holdsJars(plugins) ? OptionRegistry.of(managers(plugins)) : OptionRegistry.ofClassPath();
  }

  /** The back ends of the class path and of this folder, but those whose options are called as some of core's. */
  static ManagerRegistry managers(Path plugins) {
    return ManagerRegistry.discover(plugins, Stream.concat(Options.names().stream(), CycleState.NAMES.stream())
        .collect(Collectors.toSet()));
  }

  private static Optional<String> stored(Path database) {
    if (!Files.isReadable(database)) {
      return Optional.empty();
    }
    try (ColonyStore store = ColonyStore.openReadOnly(database, Clock.systemUTC())) {
      return store.machine().map(settings -> settings.get(Options.PLUGIN_PATH.name()));
    } catch (StoreException | BadInputException unusable) {
      return Optional.empty(); // whoever opens it next says why
    }
  }

  private static boolean holdsJars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    } catch (IOException unreadable) {
      return false; // said when the process managers are looked for
    }
  }
}
