package dev.wnm.managers.s6overlay.validation;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The s6-rc-compile of this machine, asked for its verdict on a tree. */
final class S6RcCompile {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CommandRunner runner;
  private final Path program;

  /** @param program as {@link CommandRunner#find} tells */
  S6RcCompile(CommandRunner runner, Path program) {
    this.runner = runner;
    this.program = program;
  }

  /**
   * Compiles a tree into a folder that is deleted again.
   *
   * @param ofOthers services that are there beside the tree's; they are made up
   * @return what it said when it refused the tree; empty when it took it
   * @throws CommandFailedException when it could not be asked
   */
  List<String> refusal(ServiceTree tree, Set<String> ofOthers) throws CommandFailedException {
    try {
      // For this user alone: the result holds what the tree holds.
      Path work = Files.createTempDirectory("wnm-validate");
      try {
        List<String> words = new ArrayList<>(List.of(program.toString(), work.resolve("db").toString()));
        int number = 0;
        for (String path : tree.sources()) {
          // Each in a folder of its own: s6-rc-compile is to see it when two have one name.
          Path parent = Files.createDirectory(work.resolve(String.valueOf(number++)));
          link(tree, path, parent);
          words.add(parent.toString());
        }
        for (String name : ofOthers) {
          if (tree.sources().stream().noneMatch(path -> path.endsWith("/" + name))) {
            Path source = Files.createDirectories(work.resolve("others").resolve(name));
            Files.writeString(source.resolve("type"), "oneshot\n");
            Files.writeString(source.resolve("up"), "true\n");
          }
        }
        if (Files.isDirectory(work.resolve("others"))) {
          words.add(work.resolve("others").toString());
        }
        CommandResult result = runner.run(Command.of(words).within(LIMIT));
        return result.succeeded() ? List.of() : said(result, work);
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the tree cannot be laid out for s6-rc-compile", e);
    }
  }

  private static void link(ServiceTree tree, String path, Path parent) throws IOException {
    String name = path.substring(path.indexOf('/') + 1);
    Path from = tree.folder().resolve(path).toAbsolutePath();
    if (!ServiceNames.AT_BOOT.contains(name)) {
      Files.createSymbolicLink(parent.resolve(name), from);
      return;
    }
    Path bundle = Files.createDirectory(parent.resolve(name));
    for (String file : tree.names(path)) {
      Files.createSymbolicLink(bundle.resolve(file), from.resolve(file));
    }
    if (!tree.has(path + "/type")) {
      Files.writeString(bundle.resolve("type"), "bundle\n");
    }
    if (!tree.has(path + "/contents.d") && !tree.has(path + "/contents")) {
      Files.createDirectory(bundle.resolve("contents.d"));
    }
  }

  private static List<String> said(CommandResult result, Path work) {
    List<String> lines = result.stderr().lines().map(line -> line.replace(work + "/", "").strip()).filter(line -> !line.isEmpty())
        .toList();
    return lines.isEmpty() ? List.of(result.describe()) : lines;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
