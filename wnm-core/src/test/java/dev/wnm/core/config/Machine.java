package dev.wnm.core.config;

import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine with a home folder of its own, for tests of what is read from where. */
final class Machine {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private boolean root;

  Machine(Path home) {
    this.home = home;
  }

  Machine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Machine asRoot() {
    root = true;
    return this;
  }

  /** Writes a file under the home folder. */
  Machine file(String name, String... lines) {
    try {
      Path file = home.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, List.of(lines));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Platform platform() {
    return new Platform(OperatingSystem.LINUX, home, root ? "root" : "op", root, 4, environment, home.resolve("current"));
  }

  SettingsResolver read(String... words) {
    return SettingsResolver.read(platform(), List.of(words));
  }

  /** The settings before {@code --init}. */
  Settings settings(String... words) {
    return read(words).settle(Map.of(), List.of());
  }

  /** The settings over a stored row: what {@code --init} had kept, with changes. */
  Settings settingsOver(Map<String, String> changes, String... words) {
    return read(words).settle(stored(changes), List.of());
  }

  Map<String, String> stored(Map<String, String> changes) {
    Map<String, String> row = Settings.defaults(platform()).kept();
    row.put("rewards_address", "0x1111111111111111111111111111111111111111");
    row.putAll(changes);
    return row;
  }
}
