package dev.wnm.managers.internal;

import dev.wnm.core.command.Command;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Works on the files by commands under sudo, for a wnm that is not root itself. */
final class SudoFiles implements NodeFiles {
  private final CommandRunner runner;
  private final Accounts accounts;
  private final FileTools tools = FileTools.ofThisSystem();

  SudoFiles(CommandRunner runner, Accounts accounts) {
    this.runner = runner;
    this.accounts = accounts;
  }

  @Override
  public void makeShared(Path folder) throws CommandFailedException {
    must("mkdir", "-p", "-m", "755", "--", folder.toString());
  }

  @Override
  public void makeCache(Path folder, NodeSpec node) throws CommandFailedException {
    if (!exists(folder)) {
      makeFolder(folder, "755", node);
    }
  }

  @Override
  public void makeOwn(Path folder, NodeSpec node) throws CommandFailedException {
    makeFolder(folder, "700", node);
  }

  @Override
  public void install(Path source, Path target) throws CommandFailedException {
    replace(source, target, target.getParent().getParent(), "755");
  }

  @Override
  public void write(Path target, String text) throws IOException, CommandFailedException {
    write(target, target.getParent().getParent(), text);
  }

  @Override
  public void writeShared(Path target, String text) throws IOException, CommandFailedException {
    write(target, target.getParent(), text);
  }

  private void write(Path target, Path staging, String text) throws IOException, CommandFailedException {
    Path draft = Files.createTempFile("wnm", null);
    try {
      Files.writeString(draft, text);
      replace(draft, target, staging, "600");
    } finally {
      Files.delete(draft);
    }
  }

  @Override
  public void rename(Path file, Path name) throws CommandFailedException {
    must(tools.move(file.toString(), name.toString()));
  }

  @Override
  public boolean deleteFile(Path file) throws CommandFailedException {
    boolean wasThere = exists(file);
    if (wasThere) {
      must("rm", "-d", "-f", "--", file.toString());
    }
    return wasThere;
  }

  @Override
  public Optional<String> read(Path file) {
    return ask(List.of("cat", "--", file.toString()));
  }

  @Override
  public boolean exists(Path file) throws CommandFailedException {
    return runner.run(asRoot(List.of("test", "-e", file.toString(), "-o", "-L", file.toString()))).succeeded();
  }

  @Override
  public List<String> list(Path folder) throws CommandFailedException {
    return must(tools.names(folder.toString())).stdout().lines().toList();
  }

  @Override
  public Optional<Instant> writtenAt(Path file) {
    return ask(tools.writtenAt(file.toString()))
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds.strip())));
  }

  @Override
  public boolean delete(NodeFolder folder) throws IOException, CommandFailedException {
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    if (!exists(folder.path())) {
      return false;
    }
    Optional<String> unfit = Files.isSymbolicLink(folder.path()) ? Optional.empty() : folder.refusal(list(folder.path()));
    if (unfit.isPresent()) {
      throw new IOException(unfit.get());
    }
    must(tools.deleteTree(folder.path().toString()));
    return true;
  }

  private void makeFolder(Path folder, String mode, NodeSpec node) throws CommandFailedException {
    Account account = accounts.of(node.user());
    must("install", "-d", "-m", mode, "-o", Integer.toString(account.uid()), "-g", Integer.toString(account.gid()), "--",
        folder.toString());
  }

  /** @param staging for a file of a node the folder above the node's, where its account can slip nothing in */
  private void replace(Path source, Path target, Path staging, String mode) throws CommandFailedException {
    Path fresh = staging.resolve("." + target.getParent().getFileName() + "." + target.getFileName() + ".wnm-new");
    try {
      must(tools.copy(mode, source.toString(), fresh.toString()));
      must(tools.move(fresh.toString(), target.toString()));
    } finally {
      must("rm", "-f", "--", fresh.toString());
    }
  }

  private CommandResult must(String... words) throws CommandFailedException {
    return must(List.of(words));
  }

  private CommandResult must(List<String> words) throws CommandFailedException {
    return runner.run(asRoot(words)).orThrow();
  }

  private Optional<String> ask(List<String> words) {
    try {
      return Optional.of(runner.run(asRoot(words))).filter(CommandResult::succeeded).map(CommandResult::stdout);
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }

  private static Command asRoot(List<String> words) {
    return Command.of(words).asRoot();
  }
}
