package dev.wnm.managers.s6overlay;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the operator's antnode what it can do. Never a node's own copy: that belongs to the node's account. */
final class Antnodes {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final CommandRunner runner;
  private final Map<Path, Boolean> answers = new ConcurrentHashMap<>();

  Antnodes(CommandRunner runner) {
    this.runner = runner;
  }

  /** Whether it knows to end instead of starting its own successor; older ones refuse the flag. */
  boolean stopOnUpgrade(Path antnode) throws OperationFailedException {
    Boolean known = answers.get(antnode);
    if (known == null) {
      NodeFiles.checkSource(antnode);
      known = ask(antnode);
      answers.put(antnode, known);
    }
    return known;
  }

  private boolean ask(Path antnode) throws OperationFailedException {
    try {
      return runner.run(Command.of(antnode.toString(), "--help").within(LIMIT)).stdout()
          .contains(NodeDefinition.STOP_ON_UPGRADE);
    } catch (CommandFailedException e) {
      throw OperationFailedException.forGood("the antnode " + antnode + " cannot be run here: " + e.getMessage());
    }
  }
}
