package dev.wnm.core.colony;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /**
   * What the command line says, of all options that there are for it. For what is answered without plug-ins, none is looked
   * for: neither files nor the database are read then.
   *
   * @throws BadInputException when it holds something unknown or not allowed
   */
  public static Settings commandLine(Platform platform, List<String> words) {
    OptionRegistry classPath = OptionRegistry.ofClassPath();
    Optional<Settings> understood = understood(classPath, platform, words);
    if (understood.filter(asked -> !RunMode.of(asked).concernsPlugIns()).isPresent()) {
      return understood.get();
    }
    OptionRegistry all = find(platform, words);
    return understood.filter(asked -> all == classPath)
        .orElseGet(() -> SettingsResolver.commandLineOnly(all, platform, words));
  }

  private static Optional<Settings> understood(OptionRegistry options, Platform platform, List<String> words) {
    try {
      Settings asked = SettingsResolver.commandLineOnly(options, platform, words);
      RunMode.of(asked);
      return Optional.of(asked);
    } catch (BadInputException perhapsOfPlugIns) {
      return Optional.empty(); // refused in a sentence once all options are known
    }
  }

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
    try {
      return ColonyStore.readSetting(database, Options.PLUGIN_PATH.name());
    } catch (StoreException unusable) {
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
