package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.Docker;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.OperationFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code wnm-companions} of a container: one {@code docker exec} for all of its services.
 *
 * @param docker the docker command
 * @param container what Docker calls the container
 */
record CompanionsTool(Docker docker, String container) {
  private static final String PROGRAM = "wnm-companions";
  private static final Duration LOOK = Duration.ofMinutes(1);
  /** It waits five minutes for another operation to end, two for readiness, and as long as the service takes to stop. */
  private static final Duration CHANGE = Duration.ofMinutes(12);
  private static final int SOME_FAILED = 1;
  private static final int HAS_NONE = 3;
  /** That of the container's shell, when it does not find the program. */
  private static final int NO_SUCH_PROGRAM = 127;
  private static final String POSITION = "position ";

  List<CompanionView> status() throws OperationFailedException {
    CommandResult result = run(LOOK, List.of("status"));
    if (!result.timedOut() && result.exitCode() == HAS_NONE) {
      return List.of();
    }
    try {
      return orThrow(result).lines().map(CompanionLine::parse).toList();
    } catch (IllegalArgumentException e) {
      throw OperationFailedException.forNow("container " + container + " answers what cannot be understood: " + e.getMessage());
    }
  }

  CompanionResult operate(String service, CompanionAction action, String by) throws OperationFailedException {
    CommandResult result = run(CHANGE, List.of(action.verb(), "--by", by, service));
    String[] words = result.stdout().strip().split("\t", 3);
    if (result.timedOut() || result.exitCode() > SOME_FAILED || words.length < 3) {
      throw failure(result);
    }
    String told = CauseLine.oneLine(words[2]);
    if (!words[1].equals("done")) {
      return CompanionResult.failed(told);
    }
    return told.startsWith("already-") ? CompanionResult.unchanged(told.substring("already-".length())) : CompanionResult.done(told);
  }

  LogPart log(String service, LogRequest request) throws OperationFailedException {
    List<String> words = new ArrayList<>(List.of("logs", service, "--lines", Integer.toString(request.lines()), "--wait",
        Long.toString(request.patience().toSeconds())));
    request.since().ifPresent(time -> words.addAll(List.of("--since", Long.toString(time.toSeconds()))));
    request.from().ifPresent(position -> words.addAll(List.of("--from", position)));
    List<String> lines = orThrow(run(LOOK.plus(request.patience()), words)).lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith(POSITION)) {
      throw OperationFailedException.forNow("container " + container + " answers what cannot be understood");
    }
    return LogPart.of(lines.subList(1, lines.size()), lines.get(0).substring(POSITION.length()));
  }

  String explain(String service) throws OperationFailedException {
    return orThrow(run(LOOK, List.of("explain", service)));
  }

  String trace(String service, Duration time) throws OperationFailedException {
    return orThrow(run(LOOK.plus(time), List.of("trace", service, Long.toString(time.toSeconds()))));
  }

  private CommandResult run(Duration limit, List<String> words) throws OperationFailedException {
    List<String> argv = new ArrayList<>(List.of(PROGRAM));
    argv.addAll(words);
    CommandResult result = docker.run(docker.exec(container, List.of(), Command.of(argv).within(limit)));
    if (!result.timedOut() && result.exitCode() == NO_SUCH_PROGRAM) {
      throw OperationFailedException.forGood("container " + container + " has no wnm-companions: its image is older than this wnm;"
          + " build one anew, and bring it with --force_action upgrade_image");
    }
    return result;
  }

  private static String orThrow(CommandResult result) throws OperationFailedException {
    if (!result.succeeded()) {
      throw failure(result);
    }
    return result.stdout();
  }

  /** What the program itself said is enough; else how it ended. */
  private static OperationFailedException failure(CommandResult result) {
    String said = CauseLine.oneLine(result.stderr());
    return OperationFailedException.forNow(!result.timedOut() && result.exitCode() == SOME_FAILED && !said.isBlank() ? said : result.describe());
  }
}
