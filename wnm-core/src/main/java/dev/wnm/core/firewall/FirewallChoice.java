package dev.wnm.core.firewall;

import dev.wnm.core.config.FirewallMode;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chooses the firewall that settings ask for. Runs no program.
 *
 * @param runner runs those of the firewall, later
 * @param ufwConfiguration what says whether ufw is active; anybody may read it
 */
public record FirewallChoice(CommandRunner runner, Path ufwConfiguration) {
  private static final Pattern ENABLED =
      Pattern.compile("\\s*ENABLED\\s*=\\s*[\"']?yes[\"']?\\s*", Pattern.CASE_INSENSITIVE);
  private static final String ABSENT = "there is no program 'ufw'; install it (Debian's package ufw)";

  public static FirewallChoice ofThisMachine(CommandRunner runner) {
    return new FirewallChoice(runner, Path.of("/etc/ufw/ufw.conf"));
  }

  public Firewall of(Settings settings, ColonyId colony) {
    Platform platform = settings.platform();
    FirewallMode mode = FirewallMode.of(settings);
    Optional<Firewall> ufw = Ufw.locate(runner).map(file -> new Ufw(runner, file, platform.root(), platform.user(), colony));
    return switch (mode) {
      case NONE -> Firewall.NONE;
      case UFW -> ufw.orElseGet(() -> new UnusedFirewall("no port is opened in the firewall: " + ABSENT));
      case UFW_IF_THERE -> ufw.orElseGet(() -> platform.os() == OperatingSystem.LINUX
          ? new UnusedFirewall("no port is opened in a firewall: there is no program 'ufw'; if another firewall is at work,"
              + " let the nodes' ports through there (--firewall none ends this notice)")
          : Firewall.NONE);
      case NO_RIGHTS -> ufw.isPresent() && isActive()
          ? new UnusedFirewall("ufw is active on this machine, and process manager " + settings.get(Options.PROCESS_MANAGER)
              + " does without root's rights, so wnm opens no port in it; --firewall ufw makes it do so, by sudo")
          : Firewall.NONE;
    };
  }

  /** Refuses settings that ask for a firewall which is not there. */
  public static void require(Settings settings, CommandRunner runner) throws ManagerUnavailableException {
    if (FirewallMode.of(settings) == FirewallMode.UFW && Ufw.locate(runner).isEmpty()) {
      throw new ManagerUnavailableException(Options.FIREWALL + " ufw: " + ABSENT + ", or choose auto or none");
    }
  }

  private boolean isActive() {
    try {
      return Files.readAllLines(ufwConfiguration).stream().anyMatch(line -> ENABLED.matcher(line).matches());
    } catch (IOException e) {
      return false;
    }
  }
}
