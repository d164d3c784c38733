package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies whole folders of nodes and compares them, by programs of the system: these run as the account that a folder belongs to, so that
 * whatever that account puts there leads nobody astray.
 */
final class Trees {
  /** For a node of some dozens of GB on a slow and busy disk. */
  private static final Duration LIMIT = Duration.ofHours(4);

  private final FileTools tools = FileTools.ofThisSystem();
  private final Runs runs;

  /** Runs words on folders with the rights of whoever the first one belongs to. */
  @FunctionalInterface
  interface Runs {
    CommandResult run(List<Path> folders, List<String> words, Duration limit) throws CommandFailedException;
  }

  Trees(Runs runs) {
    this.runs = runs;
  }

  /** See {@link NodeFiles#copyTree}. */
  void copy(Path folder, Path target) throws CommandFailedException {
    runs.run(List.of(folder, target), FileTools.copyTree(folder.toString(), target.toString()), LIMIT).orThrow();
  }

  /** See {@link NodeFiles#describeTree}. */
  Set<String> describe(Path folder) throws CommandFailedException {
    Set<String> lines = new HashSet<>();
    for (List<String> words : List.of(tools.entries(folder.toString()), tools.hashes(folder.toString()))) {
      runs.run(List.of(folder), words, LIMIT).orThrow().stdout().lines().map(line -> line.replace(folder + "/", "")).forEach(lines::add);
    }
    return lines;
  }

  /** See {@link NodeFiles#flushTree}. */
  void flush(Path folder) throws CommandFailedException {
    runs.run(List.of(folder), tools.flush(folder.toString()), LIMIT).orThrow();
  }

  /** See {@link NodeFiles#treeBytes}. */
  long bytes(Path folder) throws CommandFailedException {
    // Files of a node that runs go while they are counted, which makes some du fail.
    CommandResult told = runs.run(List.of(folder), FileTools.usage(folder.toString()), Command.DEFAULT_LIMIT.multipliedBy(10));
    String kibibytes = told.stdout().strip().split("\\s", 2)[0];
    if (!kibibytes.matches("[0-9]{1,15}")) {
      throw new CommandFailedException(told.describe());
    }
    return Long.parseLong(kibibytes) * 1024;
  }
}
