package dev.wnm.managers.antctl;

import dev.wnm.spi.internal.trust.ProcessAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs wnm, and where that account's antctl keeps its registry.
 *
 * @param uid the account's number; 0 is root
 * @param user its name
 * @param environment wnm's own variables
 * @param registryFolder where the registry is, when not where antctl puts it
 */
record Host(long uid, String user, Map<String, String> environment, Optional<Path> registryFolder) {
  private static final Path SYSTEM_FOLDER = Path.of("/var/antctl");

  static Host ofThisProcess() {
    ProcessAccount account = ProcessAccount.current();
    return new Host(account.uid(), account.name(), System.getenv(), Optional.empty());
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** The folder of the registry that antctl chooses. @param asRoot whether it is run as root */
  Path registryFolder(boolean asRoot, Path home) {
    if (registryFolder.isPresent()) {
      return registryFolder.get();
    }
    if (asRoot || isRoot()) {
      return SYSTEM_FOLDER;
    }
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base = mac ? home.resolve("Library/Application Support")
        : data.isEmpty() ? home.resolve(".local/share") : Path.of(data);
    return base.resolve("autonomi/node");
  }

  /** Where the user's service manager is reached; cron and daemons do not know it, and antctl does not find out. */
  Map<String, String> serviceManager() {
    Map<String, String> variables = new HashMap<>();
    Path folder = Path.of("/run/user", Long.toString(uid));
    if (!isRoot() && environment.getOrDefault("XDG_RUNTIME_DIR", "").isEmpty() && Files.isDirectory(folder)) {
      variables.put("XDG_RUNTIME_DIR", folder.toString());
      variables.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve("bus"));
    }
    return variables;
  }
}
