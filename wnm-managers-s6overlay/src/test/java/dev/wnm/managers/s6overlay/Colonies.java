package dev.wnm.managers.s6overlay;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What tests of the process manager have in common. */
final class Colonies {
  private static final ProcessCommandRunner RUNNER = new ProcessCommandRunner();

  private Colonies() {}

  /** All but the image. */
  static Map<String, String> settings(String network) {
    return Map.of("container_network", network, "ant_uid", "4242", "ant_gid", "4343");
  }

  /** Removes what a test leaves: the containers of every colony in its folder with their rules, and of no other test's. */
  static void removeContainers(Path folder) {
    List<String> names = docker("ps", "--all", "--no-trunc", "--filter", "label=" + GroupContainers.GROUP, "--format",
        "{{.Names}} {{.Mounts}}").stdout().lines().map(line -> line.split(" ", 2))
        .filter(words -> Arrays.stream(words[1].split(",")).anyMatch(source -> Path.of(source).startsWith(folder)))
        .map(words -> words[0]).toList();
    if (!names.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("rm", "--force"));
      words.addAll(names);
      docker(words.toArray(String[]::new));
    }
    // Rules that stay would lead the traffic of another test's ports astray.
    for (String table : List.of("nat", "filter")) {
      rules(table).stream().filter(rule -> names.stream().anyMatch(name -> rule.contains("--comment " + name + " ")))
          .forEach(rule -> deleteRule(table, rule));
    }
  }

  /** The rules of a table as iptables prints them. */
  static List<String> rules(String table) {
    return run(List.of("iptables-save", "-t", table)).stdout().lines().filter(line -> line.startsWith("-A ")).toList();
  }

  static void deleteRule(String table, String rule) {
    List<String> words = new ArrayList<>(List.of("iptables", "-t", table, "-D"));
    words.addAll(List.of(rule.split(" ")).subList(1, rule.split(" ").length));
    run(words);
  }

  static CommandResult docker(String... words) {
    List<String> argv = new ArrayList<>(List.of("docker"));
    argv.addAll(Arrays.asList(words));
    return run(argv);
  }

  static CommandResult run(List<String> argv) {
    try {
      return RUNNER.run(Command.of(argv).within(Duration.ofMinutes(3)));
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
