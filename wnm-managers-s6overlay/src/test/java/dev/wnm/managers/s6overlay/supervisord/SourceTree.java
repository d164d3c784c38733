package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A tree of s6-rc sources, held to the rules by which s6-rc-compile takes or refuses it. */
final class SourceTree {
  private static final Set<String> FILES_OF_LONGRUNS = Set.of("type", "run", "finish", "notification-fd", "timeout-kill",
      "timeout-finish", "down-signal", "helps", "max-death-tally", "timeout-up", "timeout-down", "producer-for", "consumer-for",
      "pipeline-name", "dependencies.d", "data", "env", "flag-essential");

  private final Map<String, Path> folders = new TreeMap<>();

  private SourceTree() {}

  /** @throws AssertionError when s6-rc-compile would refuse it; {@code base} is taken to be there */
  static SourceTree checked(Path output) throws IOException {
    SourceTree tree = new SourceTree();
    for (Path parent : List.of(output.resolve("s6-rc.d"), output.resolve("user-bundles.d"))) {
      for (String name : Files.isDirectory(parent) ? list(parent) : Set.<String>of()) {
        tree.folders.put(name, parent.resolve(name));
      }
    }
    Set<String> names = new TreeSet<>(tree.folders.keySet());
    for (String name : tree.folders.keySet()) {
      String pipeline = tree.text(name, "pipeline-name");
      assertThat(pipeline.isEmpty() || names.add(pipeline)).as("pipeline " + pipeline).isTrue();
    }
    names.add("base");
    for (String name : tree.folders.keySet()) {
      tree.check(name, names);
      tree.refuseCircle(name, new ArrayList<>());
    }
    compileWhereThatExists(output);
    return tree;
  }

  /** Debian 12 has no s6-rc; where there is one, it has the last word. */
  private static void compileWhereThatExists(Path output) throws IOException {
    ProcessCommandRunner runner = new ProcessCommandRunner();
    if (runner.find("s6-rc-compile").isEmpty()) {
      return;
    }
    Path work = Files.createTempDirectory("wnm-s6-rc");
    Path base = Files.createDirectories(work.resolve("sources/base/contents.d")).getParent();
    Files.writeString(base.resolve("type"), "bundle\n");
    try {
      CommandResult compiled = runner.run(Command.of("s6-rc-compile", work.resolve("db").toString(),
          base.getParent().toString(), output.resolve("s6-rc.d").toString(), output.resolve("user-bundles.d").toString()));
      assertThat(compiled.succeeded()).as(compiled.describe()).isTrue();
    } catch (CommandFailedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private void check(String name, Set<String> names) throws IOException {
    String type = text(name, "type");
    assertThat(type).as("type of " + name).isIn("longrun", "bundle");
    if (type.equals("bundle")) {
      assertThat(names).as("contents of " + name).containsAll(list(folders.get(name).resolve("contents.d")));
      return;
    }
    assertThat(list(folders.get(name))).as("files of " + name).isSubsetOf(FILES_OF_LONGRUNS);
    assertThat(folders.get(name).resolve("run")).isExecutable();
    assertThat(names).as("dependencies of " + name).containsAll(dependencies(name));
    for (String file : List.of("notification-fd", "timeout-kill", "timeout-up")) {
      assertThat(text(name, file)).as(file + " of " + name).matches("\\d{0,9}");
    }
    String logger = text(name, "producer-for");
    if (!logger.isEmpty()) {
      assertThat(text(logger, "consumer-for")).isEqualTo(name);
      assertThat(text(logger, "pipeline-name")).isNotEmpty();
    }
  }

  private void refuseCircle(String name, List<String> path) throws IOException {
    assertThat(path).as("a circle of dependencies").doesNotContain(name);
    path.add(name);
    for (String earlier : dependencies(name)) {
      refuseCircle(earlier, path);
    }
    path.remove(name);
  }

  Path folder(String name) {
    return folders.get(name);
  }

  /** What it depends on, its logger not included. */
  Set<String> dependencies(String name) throws IOException {
    Path folder = folders.containsKey(name) ? folders.get(name).resolve("dependencies.d") : Path.of("/nowhere");
    return Files.isDirectory(folder) ? list(folder) : Set.of();
  }

  /** The only line of a file; empty where there is none. */
  String text(String name, String file) throws IOException {
    Path path = folders.get(name).resolve(file);
    return Files.isRegularFile(path) ? Files.readString(path).strip() : "";
  }

  private static Set<String> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return new TreeSet<>(entries.map(entry -> entry.getFileName().toString()).toList());
    }
  }
}
