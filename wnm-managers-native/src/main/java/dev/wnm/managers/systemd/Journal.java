package dev.wnm.managers.systemd;

import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.manager.NodeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What nodes printed, as far as wnm may read it: a hint for a person.
 *
 * @param runner runs journalctl
 * @param serviceManager whose services they are
 */
record Journal(CommandRunner runner, ServiceManager serviceManager) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LINES = 5;

  /** The last lines of a node and of systemd about it; empty where there are none or they cannot be read. */
  String lastWords(NodeSpec node) {
    Command command = Command.of("journalctl", serviceManager.ofUser() ? "--user-unit" : "--unit", node.service(),
        "--lines", Integer.toString(LINES), "--output", "cat", "--no-pager", "--quiet").within(LIMIT);
    for (Map.Entry<String, String> variable : serviceManager.environment().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      CommandResult result = runner.run(command);
      List<String> lines = result.succeeded()
          ? result.stdout().lines().map(String::strip).filter(line -> !line.isEmpty()).toList() : List.of();
      return String.join(" | ", lines);
    } catch (CommandFailedException e) {
      return "";
    }
  }
}
