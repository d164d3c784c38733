package dev.wnm.managers.setsid;

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
    replace(source, target, "755");
  }

  @Override
  public void write(Path target, String text) throws IOException, CommandFailedException {
    Path draft = Files.createTempFile("wnm", null);
    try {
      Files.writeString(draft, text);
      replace(draft, target, "600");
    } finally {
      Files.delete(draft);
    }
  }

  @Override
  public Optional<String> read(Path file) {
    return ask("cat", "--", file.toString());
  }

  @Override
  public boolean exists(Path file) throws CommandFailedException {
    return runner.run(asRoot("test", "-e", file.toString(), "-o", "-L", file.toString())).succeeded();
  }

  @Override
  public List<String> list(Path folder) throws CommandFailedException {
    return must("find", folder.toString(), "-mindepth", "1", "-maxdepth", "1", "-printf", "%f\\n").stdout().lines().toList();
  }

  @Override
  public Optional<Instant> writtenAt(Path file) {
    return ask("stat", "-c", "%Y", "--", file.toString())
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds.strip())));
  }

  @Override
  public boolean delete(NodeFolder folder) throws IOException, CommandFailedException {
    if (!exists(folder.path())) {
      return false;
    }
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    if (!Files.isSymbolicLink(folder.path()) && !NodeFolder.looksLikeOne(list(folder.path()))) {
      throw new IOException(folder.notOfANode());
    }
    must("rm", "-rf", "--one-file-system", "--", folder.path().toString());
    return true;
  }

  private void makeFolder(Path folder, String mode, NodeSpec node) throws CommandFailedException {
    Account account = accounts.of(node.user());
    must("install", "-d", "-m", mode, "-o", Integer.toString(account.uid()), "-g", Integer.toString(account.gid()), "--",
        folder.toString());
  }

  /** Staged one above the node's folder, where its account can slip nothing in. */
  private void replace(Path source, Path target, String mode) throws CommandFailedException {
    Path folder = target.getParent();
    Path fresh = folder.resolveSibling("." + folder.getFileName() + "." + target.getFileName() + ".wnm-new");
    try {
      must("install", "-p", "-m", mode, "-T", "--", source.toString(), fresh.toString());
      must("mv", "-f", "-T", "--", fresh.toString(), target.toString());
    } finally {
      must("rm", "-f", "--", fresh.toString());
    }
  }

  private CommandResult must(String... words) throws CommandFailedException {
    return runner.run(asRoot(words)).orThrow();
  }

  private Optional<String> ask(String... words) {
    try {
      return Optional.of(runner.run(asRoot(words))).filter(CommandResult::succeeded).map(CommandResult::stdout);
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }

  private static Command asRoot(String... words) {
    return Command.of(words).asRoot();
  }
}
