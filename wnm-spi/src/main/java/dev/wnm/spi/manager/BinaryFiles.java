package dev.wnm.spi.manager;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.files.ProgramCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The steps of an upgrade in folders that belong to whoever runs wnm, and to nobody else. */
public final class BinaryFiles implements InstallsBinaries {
  private final CommandRunner runner;

  /** @param runner makes the copies, see {@link ProgramCopy} */
  public BinaryFiles(CommandRunner runner) {
    this.runner = runner;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  @Override
  public OperationResult stage(NodeSpec node) {
    if (!Files.isRegularFile(node.source()) || !Files.isExecutable(node.source())) {
      return OperationResult.failed("there is no program at " + node.source() + " that " + node.service()
          + " could be moved to", false);
    }
    return attempt(node, "cannot be put beside the old one", () -> {
      try {
        Files.deleteIfExists(node.stagedBinary());
        ProgramCopy.make(runner, node.source(), node.stagedBinary());
        Files.setLastModifiedTime(node.stagedBinary(), Files.getLastModifiedTime(node.source()));
        Files.setPosixFilePermissions(node.stagedBinary(), Files.getPosixFilePermissions(node.source()));
      } catch (IOException e) {
        Files.deleteIfExists(node.stagedBinary());
        throw e;
      }
    });
  }

  @Override
  public OperationResult swap(NodeSpec node) {
    return attempt(node, "cannot be put in the place of the old one", () -> {
      if (Files.exists(node.binary())) {
        move(node.binary(), node.keptBinary());
      }
      move(node.stagedBinary(), node.binary());
    });
  }

  @Override
  public OperationResult restore(NodeSpec node) {
    return attempt(node, "cannot be put back", () -> {
      if (Files.exists(node.keptBinary())) {
        move(node.keptBinary(), node.binary());
      }
    });
  }

  @Override
  public OperationResult forgetKept(NodeSpec node) {
    return attempt(node, "that is not needed any more cannot be deleted", () -> {
      Files.deleteIfExists(node.keptBinary());
      Files.deleteIfExists(node.stagedBinary());
    });
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static OperationResult attempt(NodeSpec node, String what, Step step) {
    try {
      step.run();
      return OperationResult.done(NodeFacts.asSuggested(node));
    } catch (IOException e) {
      return OperationResult.failed("a binary of " + node.service() + " " + what + ": " + e, true);
    }
  }
}
