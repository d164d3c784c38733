package dev.wnm.core.colony;

import dev.wnm.core.config.Settings;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.testkit.CommandArguments;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A machine on which anm runs two nodes: its files below a folder of the test, its nodes in memory. */
final class AnmMachine implements AutoCloseable {
  static final String CRON = "* * * * * op /bin/bash /usr/bin/anms.sh >> /var/antctl/log\n";

  final ColonyHarness colony;
  final Path top;
  final List<String> asRoot = new ArrayList<>();
  private final int firstPort;
  private final int firstMetricsPort;
  private final int firstRpcPort;

  AnmMachine(Path home) throws Exception {
    colony = ColonyHarness.initialized(home, "--node_cap", "2");
    colony.grow(2);
    firstPort = colony.firstPort();
    firstMetricsPort = colony.firstMetricsPort();
    firstRpcPort = colony.firstRpcPort();
    Files.delete(colony.database);
    Files.delete(home.resolve("colony.db.lock"));
    colony.machine.log().clear();
    colony.pauses.clear();
    colony.runner = new RootInName();
    top = home.resolve("top");
    write("var/antctl/system", "CpuCount=4\n");
    write("usr/bin/anms.sh", "#!/usr/bin/env bash\n\n# node port range start in thosand\nntpr=" + firstPort / 1_000 + "\n");
    write("etc/cron.d/anm", CRON);
    write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nop:x:1000:1000::/home/op:/bin/bash\n");
    config();
  }

  /** Writes anm's configuration with these lines at its end. */
  void config(String... lines) throws IOException {
    write("var/antctl/config", """
        # edit this file to control behavior of the script
        RewardsAddress="--rewards-address %s"
        MaxLoadAverageAllowed=8.0
        DesiredLoadAverage=4.8
        CpuLessThan=51
        MemLessThan=61
        HDLessThan=71
        CpuRemove=66
        MemRemove=76
        HDRemove=86
        DelayStart=5
        DelayReStart=6
        DelayUpgrade=7
        DelayRemove=10
        NodeStorage=%s
        NodeCap=4
        NodeVersion="--version 0.4.16"
        """.formatted(ColonyHarness.WALLET, colony.home.resolve("nodes")) + String.join("\n", lines)
        + (lines.length == 0 ? "" : "\n"));
  }

  Path file(String name) {
    return top.resolve(name);
  }

  void write(String name, String text) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text);
  }

  void delete(String name) throws IOException {
    Files.delete(file(name));
  }

  /** Takes it over with the nodes' own process manager. */
  Settings migrate(String... options) throws Exception {
    return migrate(colony.tools(),
        CommandArguments.overruled(List.of("--process_manager", "memory+user"), List.of(options)).toArray(String[]::new));
  }

  Settings migrate(Dependencies tools, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("--init", "--migrate_anm", "--metrics_port_start",
        Integer.toString(firstMetricsPort / 1_000), "--rpc_port_start", Integer.toString(firstRpcPort / 1_000)));
    return new Initializer(colony.resolver(CommandArguments.overruled(words, List.of(options))), tools, top).run().settings();
  }

  /** Every file of the account and of anm with its content; what only says who holds a lock does not count. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(colony.home)) {
      for (Path file : found.filter(file -> !file.toString().endsWith(".lock")).toList()) {
        files.put(file.toString(), Files.isDirectory(file) ? "folder" : Arrays.hashCode(Files.readAllBytes(file)) + "");
      }
    }
    return files;
  }

  boolean isUntouched() {
    return Stream.of(Operation.CREATE, Operation.START, Operation.STOP, Operation.SWAP, Operation.UPGRADE, Operation.REMOVE)
        .allMatch(operation -> colony.machine.log().of(operation).isEmpty());
  }

  @Override
  public void close() {
    colony.close();
  }

  /** Runs what is to be run by sudo without it, and remembers it. */
  private final class RootInName implements CommandRunner {
    private final CommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      List<String> words = command.argv();
      if (!words.get(0).equals("sudo")) {
        return real.run(command);
      }
      asRoot.add(command.toString());
      return real.run(Command.of(words.subList(3, words.size())));
    }

    @Override
    public Process spawn(Command command, Path log) throws CommandFailedException {
      return real.spawn(command, log);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }

  /** A runner by which nobody becomes root. */
  static CommandRunner withoutRights(CommandRunner other) {
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) throws CommandFailedException {
        return command.argv().get(0).equals("sudo")
            ? new CommandResult(command, 1, "", "sudo: a password is required", Duration.ZERO, false).unwrapped()
            : other.run(command);
      }

      @Override
      public Process spawn(Command command, Path log) throws CommandFailedException {
        return other.spawn(command, log);
      }

      @Override
      public Optional<Path> find(String program) {
        return other.find(program);
      }
    };
  }
}
