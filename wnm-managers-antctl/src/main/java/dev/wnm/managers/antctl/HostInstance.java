package dev.wnm.managers.antctl;

import dev.wnm.managers.support.FileStat;
import dev.wnm.managers.support.LogFiles;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Wrapper;
import dev.wnm.spi.command.WrapperFailedException;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.trust.Trusted;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The antctl of this machine, the account's own or root's. */
final class HostInstance implements Instance {
  private static final int REPORT_BYTES = 32 * 1024;

  private final CommandRunner runner;
  private final Host host;
  private final Path antctl;
  private final Path registryFolder;
  private final RegistryFile registry;
  private final List<Path> storages;
  private final boolean throughSudo;
  private final Limits limits;

  /**
   * @param storages the folders that new nodes' folders come to
   * @param asRoot whether antctl is to run as root
   */
  HostInstance(CommandRunner runner, Host host, Path antctl, Path home, List<Path> storages, boolean asRoot, Limits limits) {
    this.storages = List.copyOf(storages);
    this.runner = runner;
    this.host = host;
    this.antctl = antctl;
    this.limits = limits;
    registryFolder = host.registryFolder(asRoot, home);
    registry = new RegistryFile(registryFolder.resolve(RegistryFile.NAME));
    throughSudo = asRoot && !host.isRoot();
  }

  @Override
  public Optional<String> name() {
    return Optional.empty();
  }

  @Override
  public Optional<Container> container() {
    return Optional.empty();
  }

  @Override
  public String version() throws OperationFailedException {
    try {
      Command ask = command(List.of(antctl.toString(), "--crate-version"), Map.of());
      return runner.run(ask.within(limits.status())).orThrow().stdout().strip();
    } catch (WrapperFailedException e) {
      throw OperationFailedException.forGood("sudo lets no call of antctl through (" + e.said() + "); allow it in"
          + " sudoers with: " + host.user() + " ALL=(root) NOPASSWD: " + antctl + ", " + String.join(" ", makeLock()) + ", "
          + String.join(" ", reload()) + storages.stream().map(HostInstance::anyMarker)
              .map(marker -> ", " + String.join(" ", markCommand(marker)) + ", " + String.join(" ", unmarkCommand(marker)))
              .collect(Collectors.joining()));
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    }
  }

  @Override
  public Command call(List<String> arguments, Map<String, String> environment, Duration limit) throws OperationFailedException {
    prepareLock();
    List<String> words = new ArrayList<>(List.of(antctl.toString()));
    words.addAll(arguments);
    return Guard.around(registryFolder, inWords(), limits.lock(), limit, command(words, environment));
  }

  @Override
  public Snapshot snapshot() throws OperationFailedException {
    return new Snapshot(registry.entries(), Processes.ofThisMachine());
  }

  @Override
  public Map<Path, Instant> changed(List<Path> files) {
    Map<Path, Instant> times = new HashMap<>();
    for (Path file : files) {
      try {
        times.put(file, Files.getLastModifiedTime(file).toInstant());
      } catch (IOException e) {
        // Left out, as announced.
      }
    }
    return times;
  }

  @Override
  public StorageState storage(ColonyId colony, Path folder) {
    return StorageMarker.look(colony, folder);
  }

  @Override
  public void claim(ColonyId colony, Path folder) throws OperationFailedException {
    mark(markCommand(folder.resolve(StorageMarker.nameFor(colony)).toString()), () -> {
      Files.createDirectories(folder);
      StorageMarker.write(colony, folder);
    });
  }

  @Override
  public void release(ColonyId colony, Path folder) throws OperationFailedException {
    mark(unmarkCommand(folder.resolve(StorageMarker.nameFor(colony)).toString()), () -> StorageMarker.erase(colony, folder));
  }

  @FunctionalInterface
  private interface Marking {
    void run() throws IOException;
  }

  private void mark(List<String> throughSudoBy, Marking direct) throws OperationFailedException {
    try {
      if (throughSudo) {
        runner.run(Command.of(throughSudoBy).asRoot()).orThrow();
      } else {
        direct.run();
      }
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    } catch (IOException e) {
      throw OperationFailedException.forNow(e.toString());
    }
  }

  private List<String> markCommand(String file) {
    return List.of(located("install"), "-D", "-m", "0644", "/dev/null", file);
  }

  private List<String> unmarkCommand(String file) {
    return List.of(located("rm"), "-f", "--", file);
  }

  @Override
  public boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isLink(Path path) {
    return Files.isSymbolicLink(path);
  }

  @Override
  public boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  @Override
  public boolean isSame(Path one, Path other) throws OperationFailedException {
    try {
      return Files.mismatch(one, other) < 0;
    } catch (IOException e) {
      throw OperationFailedException.forNow("whether " + one + " and " + other + " hold the same cannot be told: " + e);
    }
  }

  @Override
  public boolean holdsOldUnit(String service) {
    Optional<Path> systemctl = runner.find("systemctl");
    try {
      return systemctl.isPresent() && Systemd.isOld(runner.run(new Command(
          Systemd.ask(systemctl.get().toString(), asUser(), service), host.serviceManager(), "", limits.status(),
          Optional.empty())));
    } catch (CommandFailedException e) {
      return false;
    }
  }

  @Override
  public CommandResult reloadUnits() throws CommandFailedException {
    return runner.run(command(reload(), Map.of()).within(limits.status()));
  }

  /** By no sudo: whoever may send signals as root may end everything. */
  @Override
  public boolean interrupt(long pid, Path binary) {
    try {
      return !throughSudo && runner.run(
          Command.of("sh", "-c", INTERRUPT, "sh", Long.toString(pid), binary.toString())).succeeded();
    } catch (CommandFailedException e) {
      return false;
    }
  }

  @Override
  public String end(Path log) {
    try (OpenFolder logs = OpenFolder.in(log.getParent())) {
      return new String(logs.readEnd(log.getFileName().toString(), 0, REPORT_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public LogFiles logFiles() {
    return new LogFiles() {
      @Override
      public List<String> names(Path folder) throws IOException {
        try (OpenFolder logs = OpenFolder.in(folder)) {
          return logs.names();
        } catch (NoSuchFileException e) {
          return List.of();
        }
      }

      @Override
      public Optional<FileStat> stat(Path file) throws IOException {
        try (OpenFolder logs = OpenFolder.in(file.getParent())) {
          return logs.entry(file.getFileName().toString()).map(entry -> new FileStat(entry.size(), entry.writtenAt()));
        } catch (NoSuchFileException e) {
          return Optional.empty();
        }
      }

      @Override
      public byte[] read(Path file, long from, int mostBytes) throws IOException {
        try (OpenFolder logs = OpenFolder.in(file.getParent())) {
          return logs.readFrom(file.getFileName().toString(), from, mostBytes);
        }
      }
    };
  }

  private Command command(List<String> words, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(host.serviceManager());
    variables.put("CLICOLOR_FORCE", "0");
    variables.putAll(environment);
    Command plain = new Command(words, variables, "", Command.DEFAULT_LIMIT, Optional.empty());
    if (!throughSudo) {
      return plain;
    }
    List<String> sudo = new ArrayList<>(List.of("sudo", "-n"));
    if (!environment.isEmpty()) {
      sudo.add("--preserve-env=" + String.join(",", environment.keySet().stream().sorted().toList()));
    }
    sudo.add("--");
    return plain.through(Wrapper.SUDO, sudo);
  }

  /** In full, as sudoers wants it. */
  private String located(String program) {
    return runner.find(program).map(Path::toString).orElse(program);
  }

  private void prepareLock() throws OperationFailedException {
    Path lock = registryFolder.resolve(Guard.LOCK_FILE);
    // flock makes it where it is missing, and follows links.
    Optional<String> mistrust = Trusted.problemForRoot(lock);
    if (mistrust.isPresent()) {
      throw OperationFailedException.forGood("antctl's calls cannot be kept apart: " + mistrust.get());
    }
    if (Files.exists(lock)) {
      return;
    }
    try {
      if (throughSudo) {
        runner.run(Command.of(makeLock()).asRoot()).orThrow();
      } else {
        Files.createDirectories(registryFolder);
      }
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow("antctl's calls cannot be kept apart: " + e.getMessage());
    } catch (IOException e) {
      throw OperationFailedException.forNow("antctl's folder " + registryFolder + " cannot be made: " + e);
    }
  }

  /** Whether the nodes' service manager is the account's own. */
  private boolean asUser() {
    return !throughSudo && !host.isRoot();
  }

  /** The path of a marker in a storage, for any colony, as sudoers writes it. */
  private static String anyMarker(Path storage) {
    ColonyId some = new ColonyId("wnm-00000000");
    return storage.resolve(StorageMarker.nameFor(some)).toString().replaceFirst("00000000$", "[0-9a-f]".repeat(8));
  }

  private List<String> reload() {
    return Systemd.reload(located("systemctl"), asUser());
  }

  /** What makes the lock file where only root may. */
  private List<String> makeLock() {
    return List.of(located("install"), "-D", "-m", "0644", "/dev/null", registryFolder.resolve(Guard.LOCK_FILE).toString());
  }
}
