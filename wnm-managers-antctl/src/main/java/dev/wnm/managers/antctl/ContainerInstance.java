package dev.wnm.managers.antctl;

import dev.wnm.managers.support.FileStat;
import dev.wnm.managers.support.LogFiles;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.WrapperFailedException;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The antctl of a Docker container, called by {@code docker exec}. */
final class ContainerInstance implements Instance {
  /** Words: antctl's path on this machine, which the image may share. Prints where things are inside. */
  private static final String FIND = """
      uid=$(id -u)
      if [ "$uid" = 0 ]; then folder=/var/antctl; else folder=${XDG_DATA_HOME:-$HOME/.local/share}/autonomi/node; fi
      mkdir -p "$folder" || exit 1
      antctl=$(command -v antctl || command -v "$HOME/.local/bin/antctl" || command -v "$1") || exit 127
      version=$("$antctl" --crate-version) || exit 126
      runtime=${XDG_RUNTIME_DIR:-/run/user/$uid}
      [ "$uid" != 0 ] && [ -d "$runtime" ] || runtime=
      printf '%s\\n' "$folder" "$antctl" "$version" "$runtime"
      """;
  /** Words: the registry's folder. Prints who runs, then a line of its own, then the registry. */
  private static final String LOOK = """
      head -v -c 4096 /proc/[0-9]*/cmdline 2>/dev/null
      printf '\\n==> registry <==\\n'
      [ ! -e "$1/node_registry.json" ] || cat "$1/node_registry.json"
      """;
  /** Words: files. Prints when each was last changed, and its path. */
  private static final String TIMES = "stat -c '%Y %n' -- \"$@\" 2>/dev/null; exit 0";
  /** Words: a folder. Prints the names in it and that these are all, or that there is no such folder. */
  private static final String LIST = """
      if [ -d "$1" ]; then ls -1 -A -- "$1" && printf '%s\\n' '==> whole <=='; else printf '%s\\n' '==> none <=='; fi
      """;
  /** Words: a file. Prints its end, if it is an ordinary one. */
  private static final String END_OF_LOG = "[ -f \"$1\" ] && tail -c 32768 -- \"$1\"";
  /** Word: a folder. */
  private static final String NAMES = "[ ! -d \"$1\" ] || ls -1 -A -- \"$1\"";
  /** Word: a file; its size and when it was written, in seconds. Nothing where it is none. */
  private static final String STAT = "[ -L \"$1\" ] || [ ! -f \"$1\" ] || stat -c '%s %Y' -- \"$1\"";
  /** Words: a file, from which byte on, how many bytes. */
  private static final String PART_OF_LOG = "[ -L \"$1\" ] || tail -c \"+$2\" -- \"$1\" | head -c \"$3\"";
  private static final Duration LIMIT_OF_A_READ = Duration.ofSeconds(10);
  private static final String WHOLE = "==> whole <==\n";
  private static final String NO_FOLDER = "==> none <==\n";
  private static final String REGISTRY_MARK = "\n==> registry <==\n";
  private static final int NOT_FOUND = 127;
  /** That of test and cmp for no. */
  private static final int NO = 1;

  private final CommandRunner runner;
  private final Docker docker;
  private final String name;
  private final boolean asRoot;
  private final Path antctlOnHost;
  private final Limits limits;
  private Inside inside;

  /**
   * @param asRoot whether antctl is to run as the container's root instead of its usual account
   * @param antctlOnHost where antctl may be if it is not on the container's PATH
   */
  ContainerInstance(CommandRunner runner, Docker docker, String name, boolean asRoot, Path antctlOnHost, Limits limits) {
    this.runner = runner;
    this.docker = docker;
    this.name = name;
    this.asRoot = asRoot;
    this.antctlOnHost = antctlOnHost;
    this.limits = limits;
  }

  private record Inside(Path registryFolder, String antctl, String version, String runtimeFolder) {}

  @Override
  public Optional<String> name() {
    return Optional.of(name);
  }

  @Override
  public Optional<Container> container() throws OperationFailedException {
    return docker.inspect(name).map(found -> found.asRecorded(name));
  }

  @Override
  public String version() throws OperationFailedException {
    return inside().version();
  }

  @Override
  public Command call(List<String> arguments, Map<String, String> environment, Duration limit) throws OperationFailedException {
    List<String> words = new ArrayList<>(List.of(inside().antctl()));
    words.addAll(arguments);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("NO_COLOR", "1");
    variables.put("CLICOLOR_FORCE", "0");
    if (!inside().runtimeFolder().isEmpty()) {
      variables.put("XDG_RUNTIME_DIR", inside().runtimeFolder());
    }
    return exec(variables, Guard.around(inside().registryFolder(), inWords(), limits.lock(), limit, Command.of(words)));
  }

  @Override
  public Snapshot snapshot() throws OperationFailedException {
    String text = script(LOOK, List.of(inside().registryFolder().toString()));
    int mark = text.lastIndexOf(REGISTRY_MARK);
    if (mark < 0) {
      throw OperationFailedException.forNow("a look into container " + name + " was cut short");
    }
    return new Snapshot(
        StatusDocument.parse(text.substring(mark + REGISTRY_MARK.length())), Processes.parse(text.substring(0, mark)));
  }

  @Override
  public Map<Path, Instant> changed(List<Path> files) {
    Map<Path, Instant> times = new HashMap<>();
    try {
      script(TIMES, files.stream().map(Path::toString).toList()).lines().map(line -> line.split(" ", 2))
          .forEach(parts -> times.put(Path.of(parts[1]), Instant.ofEpochSecond(Long.parseLong(parts[0]))));
    } catch (OperationFailedException e) {
      // Left out, as announced.
    }
    return times;
  }

  @Override
  public StorageState storage(ColonyId colony, Path folder) {
    try {
      String listed = script(LIST, List.of(folder.toString()));
      if (listed.equals(NO_FOLDER)) {
        return new StorageState.Unreachable("it does not exist");
      }
      return listed.endsWith(WHOLE)
          ? StorageMarker.judge(colony, listed.substring(0, listed.length() - WHOLE.length()).lines().toList())
          : new StorageState.Unreachable("a look into it was cut short");
    } catch (OperationFailedException e) {
      return new StorageState.Unreachable(e.getMessage());
    }
  }

  @Override
  public void claim(ColonyId colony, Path folder) throws OperationFailedException {
    script("mkdir -p -- \"$1\" && : >>\"$1/$2\"", List.of(folder.toString(), StorageMarker.nameFor(colony)));
  }

  @Override
  public void release(ColonyId colony, Path folder) throws OperationFailedException {
    script("rm -f -- \"$1/$2\"", List.of(folder.toString(), StorageMarker.nameFor(colony)));
  }

  @Override
  public boolean isThere(Path file) throws OperationFailedException {
    return !script("if [ -e \"$1\" ] || [ -L \"$1\" ]; then echo yes; fi", List.of(file.toString())).isBlank();
  }

  @Override
  public boolean isLink(Path path) throws OperationFailedException {
    return !script("if [ -L \"$1\" ]; then echo yes; fi", List.of(path.toString())).isBlank();
  }

  @Override
  public boolean isProgram(Path file) throws OperationFailedException {
    return holds("test", "-f", file.toString(), "-a", "-x", file.toString());
  }

  @Override
  public boolean isSame(Path one, Path other) throws OperationFailedException {
    return holds("cmp", "-s", "--", one.toString(), other.toString());
  }

  @Override
  public boolean holdsOldUnit(String service) {
    try {
      return Systemd.isOld(systemd(Systemd.ask("systemctl", asUser(), service)));
    } catch (OperationFailedException | CommandFailedException e) {
      return false;
    }
  }

  @Override
  public CommandResult reloadUnits() throws CommandFailedException {
    try {
      return systemd(Systemd.reload("systemctl", asUser()));
    } catch (OperationFailedException e) {
      throw new CommandFailedException(e.getMessage(), e);
    }
  }

  @Override
  public boolean interrupt(long pid, Path binary) {
    try {
      return runner.run(exec(Map.of(), Command.of("sh", "-c", INTERRUPT, "sh", Long.toString(pid), binary.toString())))
          .succeeded();
    } catch (CommandFailedException e) {
      return false;
    }
  }

  @Override
  public String end(Path log) {
    try {
      Command tail = Command.of("sh", "-c", END_OF_LOG, "sh", log.toString());
      return runner.run(exec(Map.of(), tail.within(LIMIT_OF_A_READ))).stdout();
    } catch (CommandFailedException e) {
      return "";
    }
  }

  @Override
  public LogFiles logFiles() {
    return new LogFiles() {
      @Override
      public List<String> names(Path folder) throws CommandFailedException {
        return look(NAMES, folder.toString()).lines().toList();
      }

      @Override
      public Optional<FileStat> stat(Path file) throws CommandFailedException {
        String[] words = look(STAT, file.toString()).strip().split(" ");
        return words.length < 2 ? Optional.empty()
            : Optional.of(new FileStat(Long.parseLong(words[0]), Instant.ofEpochSecond(Long.parseLong(words[1]))));
      }

      @Override
      public byte[] read(Path file, long from, int mostBytes) throws CommandFailedException {
        // What a command printed is text already, in which one character may stand for bytes that nobody knows.
        return look(PART_OF_LOG, file.toString(), Long.toString(from + 1), Integer.toString(mostBytes)).replace('\uFFFD', '?')
            .getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private String look(String script, String... words) throws CommandFailedException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    shell.addAll(List.of(words));
    return runner.run(exec(Map.of(), Command.of(shell).within(LIMIT_OF_A_READ))).orThrow().stdout();
  }

  private boolean asUser() throws OperationFailedException {
    return !inside().runtimeFolder().isEmpty();
  }

  private CommandResult systemd(List<String> words) throws OperationFailedException, CommandFailedException {
    Map<String, String> environment = asUser() ? Map.of("XDG_RUNTIME_DIR", inside().runtimeFolder()) : Map.of();
    return runner.run(exec(environment, Command.of(words)));
  }

  /** Whether a test or comparison says so. @throws OperationFailedException when it says neither yes nor no */
  private boolean holds(String... words) throws OperationFailedException {
    try {
      CommandResult result = runner.run(exec(Map.of(), Command.of(words)));
      return (result.exitCode() == NO && !result.timedOut() ? result : result.orThrow()).succeeded();
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    }
  }

  private synchronized Inside inside() throws OperationFailedException {
    if (inside == null) {
      String[] lines = script(FIND, List.of(antctlOnHost.toString())).split("\n", -1);
      if (lines.length < 4) {
        throw OperationFailedException.forNow("a look into container " + name + " was cut short");
      }
      inside = new Inside(Path.of(lines[0]), lines[1], lines[2].strip(), lines[3]);
    }
    return inside;
  }

  private String script(String text, List<String> words) throws OperationFailedException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", text, "sh"));
    shell.addAll(words);
    try {
      CommandResult result = runner.run(exec(Map.of(), Command.of(shell).within(limits.status())));
      if (result.exitCode() == NOT_FOUND && result.stderr().isBlank()) {
        throw OperationFailedException.forGood("container " + name + " has no antctl on its PATH, in ~/.local/bin or at "
            + antctlOnHost);
      }
      if (!result.succeeded()) {
        throw OperationFailedException.forNow("container " + name + " cannot be looked into: "
            + (result.stderr().isBlank() ? "exit " + result.exitCode() : result.stderr().strip()));
      }
      return result.stdout();
    } catch (WrapperFailedException e) {
      // Its command line has a whole script, which says nothing of what went wrong.
      throw OperationFailedException.forNow("container " + name + " cannot be looked into: docker exec fails: "
          + CauseLine.oneLine(e.said()));
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    }
  }

  private Command exec(Map<String, String> environment, Command inside) {
    List<String> options = new ArrayList<>(asRoot ? List.of("--user", "0") : List.of());
    environment.forEach((variable, value) -> options.addAll(List.of("--env", variable + "=" + value)));
    return docker.exec(name, options, inside);
  }
}
