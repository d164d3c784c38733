package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import java.io.IOException;

/** Work on a node, with the ways in which it may fail. */
@FunctionalInterface
public interface Attempt {
  OperationResult run() throws OperationFailedException, CommandFailedException, IOException;

  /** Runs it; what it throws becomes a failure with a sentence that names the node. */
  static OperationResult on(NodeSpec node, Attempt attempt) {
    try {
      return attempt.run();
    } catch (OperationFailedException e) {
      return e.asResult(node.service() + ": ");
    } catch (CommandFailedException e) {
      return OperationResult.failed(node.service() + ": " + e.getMessage(), true);
    } catch (IOException e) {
      return OperationResult.failed(node.service() + ": " + Sentences.of(e), true);
    }
  }
}
