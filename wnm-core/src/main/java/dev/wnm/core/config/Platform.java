package dev.wnm.core.config;

import dev.wnm.spi.internal.trust.ProcessAccount;
import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;

/**
 * The machine and the account that wnm runs on, as far as defaults and paths depend on them.
 *
 * @param os the family of the operating system
 * @param home the operator's home folder, absolute
 * @param user the operator's account
 * @param root whether that account may do everything
 * @param cpuCount CPUs that this process may use, 1 or more
 * @param environment environment variables
 * @param currentFolder what a relative path on the command line starts from, absolute
 */
public record Platform(
    OperatingSystem os, Path home, String user, boolean root, int cpuCount, Map<String, String> environment, Path currentFolder) {
  public Platform {
    environment = Map.copyOf(environment);
    if (cpuCount < 1) {
      throw new IllegalArgumentException("cpu count " + cpuCount + " is below 1");
    }
  }

  /** This machine and this process. HOME decides the home folder, as in a shell, also where Java would see another one. */
  public static Platform here() {
    Map<String, String> environment = System.getenv();
    String user = System.getProperty("user.name", "");
    String home = environment.getOrDefault("HOME", "");
    return new Platform(
        OperatingSystem.named(System.getProperty("os.name", "")),
        Path.of(home.isEmpty() ? System.getProperty("user.home") : home).toAbsolutePath(),
        user,
        ProcessAccount.current().isRoot(),
        Runtime.getRuntime().availableProcessors(),
        environment,
        Path.of("").toAbsolutePath());
  }

  /**
   * This machine and this account, without the environment: what no variable can change. The home folder is the account's,
   * whatever HOME says.
   */
  public static Platform ofAccount() {
    return new Platform(OperatingSystem.named(System.getProperty("os.name", "")),
        Path.of(System.getProperty("user.home")).toAbsolutePath(), System.getProperty("user.name", ""),
        ProcessAccount.current().isRoot(), Runtime.getRuntime().availableProcessors(), Map.of(), Path.of("").toAbsolutePath());
  }

  /** The same with another number of CPUs. */
  public Platform withCpuCount(int count) {
    return new Platform(os, home, user, root, count, environment, currentFolder);
  }
}
