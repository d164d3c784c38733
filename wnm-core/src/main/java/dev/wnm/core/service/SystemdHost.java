package dev.wnm.core.service;

import dev.wnm.core.config.Platform;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.trust.ProcessAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A service or a timer of systemd: of the system where wnm runs as root, else of the account. */
final class SystemdHost implements ServiceHost {
  /** systemd itself waits up to 90 s for what is to end. */
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path RUN = Path.of("/run");
  private static final Path TOP = Path.of("/");

  private final CommandRunner runner;
  private final Platform platform;
  private final ServiceKind kind;
  private final Path folder;

  SystemdHost(CommandRunner runner, Platform platform, ServiceKind kind) {
    this.runner = runner;
    this.platform = platform;
    this.kind = kind;
    folder = platform.root() ? Path.of("/etc/systemd/system") : platform.home().resolve(".config/systemd/user");
  }

  @Override
  public ServiceKind kind() {
    return kind;
  }

  @Override
  public Optional<String> obstacle() {
    if (!SystemdFacts.runs(TOP) || runner.find("systemctl").isEmpty()) {
      return Optional.of("systemd does not run here");
    }
    return platform.root() || Files.exists(runtime().resolve("systemd/private")) ? Optional.empty()
        : Optional.of("systemd runs no services for " + platform.user() + " now; turn that on with 'sudo loginctl enable-linger "
            + platform.user() + "'");
  }

  @Override
  public List<ServiceText> texts(ServiceOrder order) {
    List<ServiceText> texts = new ArrayList<>();
    texts.add(new ServiceText(service(order.name()).toString(), SystemdUnit.service(order, kind, !platform.root())));
    if (kind == ServiceKind.TIMER) {
      texts.add(new ServiceText(timer(order.name()).toString(), SystemdUnit.timer()));
    }
    return texts;
  }

  @Override
  public Optional<String> stranger(String name) throws IOException {
    Optional<String> stranger = ServiceFiles.stranger(service(name));
    return stranger.isPresent() ? stranger : ServiceFiles.stranger(timer(name));
  }

  @Override
  public Optional<String> installed(String name) throws IOException {
    // A timer's service is no service that stays up.
    boolean isTimer = ServiceFiles.isOurs(timer(name));
    return ServiceFiles.isOurs(service(name)) && isTimer == (kind == ServiceKind.TIMER)
        ? Optional.of((isTimer ? timer(name) : service(name)).toString()) : Optional.empty();
  }

  @Override
  public List<String> install(ServiceOrder order) throws IOException, CommandFailedException {
    boolean changed = false;
    for (ServiceText each : texts(order)) {
      changed |= ServiceFiles.write(Path.of(each.place()), each.text());
    }
    systemctl("daemon-reload");
    systemctl("enable", "--now", unit(order.name()));
    if (changed && kind == ServiceKind.SERVICE) {
      systemctl("restart", unit(order.name()));
    }
    return platform.root() || SystemdFacts.lingers(TOP, platform.user()) ? List.of()
        : List.of("lingering is off for " + platform.user() + ", so that the service ends with its last session and does not come back"
            + " after a reboot; turn it on with: sudo loginctl enable-linger " + platform.user());
  }

  @Override
  public void uninstall(String name) throws IOException, CommandFailedException {
    systemctl("disable", "--now", unit(name));
    Files.deleteIfExists(service(name));
    if (ServiceFiles.isOurs(timer(name))) {
      Files.delete(timer(name));
    }
    systemctl("daemon-reload");
  }

  private String unit(String name) {
    return name + (kind == ServiceKind.TIMER ? ".timer" : ".service");
  }

  private Path service(String name) {
    return folder.resolve(name + ".service");
  }

  private Path timer(String name) {
    return folder.resolve(name + ".timer");
  }

  private void systemctl(String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of("systemctl"));
    if (!platform.root()) {
      argv.add("--user");
    }
    argv.addAll(List.of(words));
    Command command = Command.of(argv).within(LIMIT);
    if (!platform.root() && platform.environment().getOrDefault("XDG_RUNTIME_DIR", "").isEmpty()) {
      command = command.with("XDG_RUNTIME_DIR", runtime().toString())
          .with("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + runtime().resolve("bus"));
    }
    runner.run(command).orThrow();
  }

  private Path runtime() {
    String given = platform.environment().getOrDefault("XDG_RUNTIME_DIR", "");
    return given.isEmpty() ? RUN.resolve("user").resolve(Integer.toString(ProcessAccount.current().uid())) : Path.of(given);
  }
}
