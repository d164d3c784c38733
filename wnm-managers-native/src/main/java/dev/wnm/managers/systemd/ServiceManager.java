package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Rights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One of the service managers of a machine with systemd.
 *
 * @param ofUser whether it is that of whoever runs wnm, rather than the system's
 * @param unitFolder where its units are
 * @param bootTarget what starts them when the machine or the user manager comes up
 * @param environment variables without which it cannot be reached
 */
record ServiceManager(boolean ofUser, Path unitFolder, String bootTarget, Map<String, String> environment) {
  private static final Path RUNTIME_FOLDERS = Path.of("/run/user");
  private static final Path LINGERING_USERS = Path.of("/var/lib/systemd/linger");

  static ServiceManager ofSystem() {
    return new ServiceManager(false, Path.of("/etc/systemd/system"), "multi-user.target", Map.of());
  }

  /** That of whoever runs wnm. @param environment wnm's own variables; cron's lack what leads to the user manager */
  static ServiceManager ofUser(Path home, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    if (environment.getOrDefault("XDG_RUNTIME_DIR", "").isEmpty()) {
      Path runtime = RUNTIME_FOLDERS.resolve(Long.toString(Rights.uid()));
      variables.put("XDG_RUNTIME_DIR", runtime.toString());
      variables.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + runtime.resolve("bus"));
    }
    return new ServiceManager(true, home.resolve(".config/systemd/user"), "default.target", variables);
  }

  /** Why it cannot be used, in one sentence; found out without running anything. @param run the folder {@code /run} */
  static Optional<String> obstacle(Path run, boolean ofUser, Map<String, String> environment) {
    if (!Files.isDirectory(run.resolve("systemd/system"))) {
      return Optional.of("systemd does not run here (there is no " + run.resolve("systemd/system") + ")");
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path folder = runtime.isEmpty() ? run.resolve("user").resolve(Long.toString(Rights.uid())) : Path.of(runtime);
    return !ofUser || Files.exists(folder.resolve("systemd/private")) ? Optional.empty()
        : Optional.of("systemd runs no services for " + me() + " now (there is no " + folder.resolve("systemd") + "); turn that on"
            + " with 'sudo loginctl enable-linger " + me() + "'");
  }

  /** What becomes of a user's nodes without lingering, and how to turn it on; empty where there is nothing to say. */
  Optional<String> linger() {
    return !ofUser || Files.exists(LINGERING_USERS.resolve(me())) ? Optional.empty()
        : Optional.of("lingering is off for " + me() + ", so that nodes end with its last session and do not return after a"
            + " reboot; turn it on with 'sudo loginctl enable-linger " + me() + "'");
  }

  private static String me() {
    return System.getProperty("user.name");
  }
}
