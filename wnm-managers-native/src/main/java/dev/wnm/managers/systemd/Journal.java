package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.NodeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What nodes printed, as far as wnm may read it: a hint for a person.
 *
 * @param runner runs journalctl
 * @param rights those that it is run with: the system's journal is not everybody's to read
 * @param serviceManager whose services they are
 */
record Journal(CommandRunner runner, Rights rights, ServiceManager serviceManager) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  /** An error report with a backtrace has some dozens. */
  private static final int LINES = 200;
  /** What systemd itself says of a unit, which {@link UnitState} tells better. */
  private static final String OF_SYSTEMD = ".*\\.service: .*|(?:Started|Stopped|Starting|Stopping|Stopped target|Failed to start) .*";

  /**
   * Why a node ended, in its own words; empty where it said nothing in its last run, or that cannot be read.
   *
   * @param state tells that run from those before
   */
  String lastWords(NodeSpec node, UnitState state) {
    return state.run().map(run -> CauseLine.of(printed(node, List.of("_SYSTEMD_INVOCATION_ID=" + run)).lines()
        .filter(line -> !line.matches(OF_SYSTEMD)).collect(Collectors.joining("\n")))).orElse("");
  }

  /** What a node printed last, whichever run of it, with what systemd said of it; empty where that cannot be read. */
  String printed(NodeSpec node) {
    return printed(node, List.of());
  }

  private String printed(NodeSpec node, List<String> onlyThat) {
    List<String> words = new ArrayList<>(List.of("journalctl", serviceManager.ofUser() ? "--user-unit" : "--unit", node.service(),
        "--lines", Integer.toString(LINES), "--output", "cat", "--no-pager", "--quiet"));
    words.addAll(onlyThat);
    Command command = rights.privileged(words).within(LIMIT);
    for (Map.Entry<String, String> variable : serviceManager.environment().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      CommandResult result = runner.run(command);
      return result.succeeded() ? result.stdout() : "";
    } catch (CommandFailedException e) {
      return "";
    }
  }
}
