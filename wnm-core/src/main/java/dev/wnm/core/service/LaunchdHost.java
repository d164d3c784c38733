package dev.wnm.core.service;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.trust.ProcessAccount;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A service of launchd that stays up: a daemon of the system where wnm runs as root, else an agent of the account. */
final class LaunchdHost implements ServiceHost {
  private final CommandRunner runner;
  private final Platform platform;

  LaunchdHost(CommandRunner runner, Platform platform) {
    this.runner = runner;
    this.platform = platform;
  }

  @Override
  public ServiceKind kind() {
    return ServiceKind.SERVICE;
  }

  @Override
  public Optional<String> obstacle() {
    return platform.os() == OperatingSystem.MACOS && runner.find("launchctl").isPresent() ? Optional.empty()
        : Optional.of("launchd does not run here");
  }

  @Override
  public List<ServiceText> texts(ServiceOrder order) {
    return List.of(new ServiceText(file(order.name()).toString(), text(order)));
  }

  @Override
  public Optional<String> stranger(String name) throws IOException {
    return ServiceFiles.stranger(file(name));
  }

  @Override
  public Optional<String> installed(String name) throws IOException {
    return ServiceFiles.isOurs(file(name)) ? Optional.of(file(name).toString()) : Optional.empty();
  }

  @Override
  public List<String> install(ServiceOrder order) throws IOException, CommandFailedException {
    boolean changed = ServiceFiles.write(file(order.name()), text(order));
    boolean isLoaded = runner.run(Command.of("launchctl", "print", domain() + "/" + label(order.name()))).succeeded();
    if (changed && isLoaded) {
      runner.run(Command.of("launchctl", "bootout", domain() + "/" + label(order.name()))).orThrow();
    }
    if (changed || !isLoaded) {
      runner.run(Command.of("launchctl", "bootstrap", domain(), file(order.name()).toString())).orThrow();
    }
    return List.of();
  }

  @Override
  public void uninstall(String name) throws IOException, CommandFailedException {
    if (runner.run(Command.of("launchctl", "print", domain() + "/" + label(name))).succeeded()) {
      runner.run(Command.of("launchctl", "bootout", domain() + "/" + label(name))).orThrow();
    }
    Files.deleteIfExists(file(name));
  }

  /** Nodes may be children of wnm: AbandonProcessGroup lets them outlive it. */
  private static String text(ServiceOrder order) {
    String words = order.loggingCommand(ServiceKind.SERVICE).stream().map(word -> "    <string>" + xml(word) + "</string>\n")
        .collect(Collectors.joining());
    String variables = new TreeMap<>(order.environment()).entrySet().stream().map(variable -> "    <key>" + xml(variable.getKey())
        + "</key><string>" + xml(variable.getValue()) + "</string>\n").collect(Collectors.joining());
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- %s; uninstall_service removes it. -->
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key><string>%s</string>
          <key>ProgramArguments</key>
          <array>
        %s  </array>
          <key>EnvironmentVariables</key>
          <dict>
        %s  </dict>
          <key>RunAtLoad</key><true/>
          <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
          <key>ThrottleInterval</key><integer>30</integer>
          <key>AbandonProcessGroup</key><true/>
          <key>ExitTimeOut</key><integer>300</integer>
        </dict>
        </plist>
        """.formatted(ServiceText.MARK, xml(label(order.name())), words, variables);
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String label(String name) {
    return "dev.wnm." + name;
  }

  private Path file(String name) {
    return (platform.root() ? Path.of("/Library/LaunchDaemons") : platform.home().resolve("Library/LaunchAgents"))
        .resolve(label(name) + ".plist");
  }

  private String domain() {
    return platform.root() ? "system" : "gui/" + ProcessAccount.current().uid();
  }
}
