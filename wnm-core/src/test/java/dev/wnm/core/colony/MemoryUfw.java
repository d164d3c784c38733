package dev.wnm.core.colony;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** This machine's programs, but for a ufw that keeps its rules in memory. Safe to use from many threads. */
final class MemoryUfw implements CommandRunner {
  /** Comments by port. */
  final Map<Integer, String> rules = new TreeMap<>();
  /** What ufw was asked, without sudo and paths. */
  final List<String> calls = new ArrayList<>();
  boolean installed = true;
  boolean active = true;
  boolean refused;
  private final ProcessCommandRunner real = new ProcessCommandRunner();

  @Override
  public synchronized CommandResult run(Command command) throws CommandFailedException {
    List<String> argv = command.argv();
    int at = argv.indexOf("/usr/sbin/ufw");
    if (at < 0) {
      return real.run(command);
    }
    List<String> words = argv.subList(at + 1, argv.size());
    calls.add(String.join(" ", words));
    return refused ? ended(command, 1, "", "sudo: a password is required\n") : ended(command, 0, answer(words), "");
  }

  private String answer(List<String> words) {
    switch (words.get(0)) {
      case "allow" -> rules.put(port(words.get(1)), words.get(3));
      case "delete" -> rules.remove(port(words.get(2)));
      case "status" -> {
        return "Status: " + (active ? "active" : "inactive") + "\n";
      }
      default -> {
        return "Added user rules (see 'ufw status' for running firewall):\n" + rules.entrySet().stream()
            .map(rule -> "ufw allow " + rule.getKey() + "/udp comment '" + rule.getValue() + "'\n")
            .collect(Collectors.joining());
      }
    }
    return "Rule updated\n";
  }

  private static int port(String target) {
    return Integer.parseInt(target.replace("/udp", ""));
  }

  private static CommandResult ended(Command command, int exitCode, String stdout, String stderr) throws CommandFailedException {
    return new CommandResult(command, exitCode, stdout, stderr, Duration.ofNanos(System.nanoTime() % 1_000_000_000), false)
        .unwrapped();
  }

  @Override
  public Process spawn(Command command, Path log) throws CommandFailedException {
    return real.spawn(command, log);
  }

  @Override
  public Optional<Path> find(String program) {
    if (program.endsWith("ufw")) {
      return Optional.of(Path.of("/usr/sbin/ufw")).filter(file -> installed && program.equals(file.toString()));
    }
    return real.find(program);
  }
}
