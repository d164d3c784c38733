package dev.wnm.spi.manager;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.files.BinaryPlace;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.files.ProgramCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The steps of an upgrade in folders that belong to whoever runs wnm, and to nobody else. */
public final class BinaryFiles implements InstallsBinaries {
  private static final BinaryPlace PLACE = new OwnPlace();

  private final CommandRunner runner;

  /** @param runner makes the copies, see {@link ProgramCopy} */
  public BinaryFiles(CommandRunner runner) {
    this.runner = runner;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, CommandFailedException;
  }

  /** Folders of the account that runs wnm. */
  private static final class OwnPlace implements BinaryPlace {
    @Override
    public boolean exists(Path file) throws IOException {
      try (OpenFolder folder = OpenFolder.at(ParentFolder.of(file))) {
        return folder.entry(file.getFileName().toString()).isPresent();
      } catch (NoSuchFileException e) {
        return false;
      }
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
      try (OpenFolder folder = OpenFolder.at(ParentFolder.of(file))) {
        folder.rename(file.getFileName().toString(), name.getFileName().toString());
      }
    }

    @Override
    public boolean deleteFile(Path file) throws IOException {
      try (OpenFolder folder = OpenFolder.at(ParentFolder.of(file))) {
        return folder.delete(file.getFileName().toString());
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  @Override
  public OperationResult stage(NodeSpec node) {
    if (!Files.isRegularFile(node.source()) || !Files.isExecutable(node.source())) {
      return OperationResult.failed("there is no program at " + node.source() + " that " + node.service()
          + " could be moved to", false);
    }
    return attempt(node, "cannot be put beside the old one", () -> {
      try (OpenFolder folder = OpenFolder.at(ParentFolder.of(node.stagedBinary()))) {
        ProgramCopy.put(runner, node.source(), folder, node.stagedBinary().getFileName().toString(),
            Files.getPosixFilePermissions(node.source()), Optional.empty(), Optional.of(Files.getLastModifiedTime(node.source())));
      }
    });
  }

  @Override
  public OperationResult swap(NodeSpec node) {
    return attempt(node, "cannot be put in the place of the old one",
        () -> PLACE.swapBinary(node.binary(), node.stagedBinary(), node.keptBinary()));
  }

  @Override
  public OperationResult restore(NodeSpec node) {
    return attempt(node, "cannot be put back", () -> PLACE.restoreBinary(node.binary(), node.keptBinary()));
  }

  @Override
  public OperationResult forgetKept(NodeSpec node) {
    return attempt(node, "that is not needed any more cannot be deleted",
        () -> PLACE.forgetBinaries(node.stagedBinary(), node.keptBinary()));
  }

  private static OperationResult attempt(NodeSpec node, String what, Step step) {
    try {
      step.run();
      return OperationResult.done(NodeFacts.asSuggested(node));
    } catch (IOException | CommandFailedException e) {
      return OperationResult.failed("a binary of " + node.service() + " " + what + ": " + e, true);
    }
  }
}
