package dev.wnm.managers.antdaemon;

import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the daemon of an account keeps its files.
 *
 * @param path the folder
 * @param home the account's home
 * @param base the folder above, where the system lets the account choose one
 */
record DataFolder(Path path, Path home, Path base) {
  private static final String BASE = "XDG_DATA_HOME";
  private static final String FOLDER = "ant";
  /** Each holds a number. */
  private static final int MOST_BYTES = 64;

  /** The folder of whoever has these variables. */
  static DataFolder of(Map<String, String> environment, Path home) {
    Path base = isMac() ? home.resolve("Library/Application Support")
        : environment.containsKey(BASE) ? Path.of(environment.get(BASE)) : home.resolve(".local/share");
    return new DataFolder(base.resolve(FOLDER), home, base);
  }

  private static boolean isMac() {
    return System.getProperty("os.name").startsWith("Mac");
  }

  /** The variables by which {@code ant} finds it. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
    if (!isMac()) {
      variables.put(BASE, base.toString());
    }
    return variables;
  }

  Path pidFile() {
    return path.resolve("daemon.pid");
  }

  Path portFile() {
    return path.resolve("daemon.port");
  }

  /** The daemon's process as it wrote it down; a daemon that was killed leaves that behind. */
  OptionalLong pid() throws OperationFailedException {
    return number(pidFile());
  }

  /** The port it wrote down. */
  OptionalLong port() throws OperationFailedException {
    return number(portFile());
  }

  private static OptionalLong number(Path file) throws OperationFailedException {
    try (OpenFolder folder = OpenFolder.at(file.getParent())) {
      String text = folder.read(file.getFileName().toString(), MOST_BYTES)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip()).orElse("");
      return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw OperationFailedException.forNow("the ant daemon's file " + file + " cannot be read: " + e);
    }
  }
}
