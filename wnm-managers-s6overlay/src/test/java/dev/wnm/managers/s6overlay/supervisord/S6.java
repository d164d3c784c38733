package dev.wnm.managers.s6overlay.supervisord;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A real s6-svscan with a {@code /command} like s6-overlay's, made of Debian's s6 and execline. Debian has no s6-rc: what
 * that does for longruns, in the order of their dependencies and with their loggers, is done here with s6's own tools.
 */
final class S6 implements AutoCloseable {
  private final Path home;
  private final SourceTree tree;
  private final Process svscan;

  /** Needs root. */
  S6(Path home, Path output) throws IOException {
    this.home = home;
    this.tree = SourceTree.checked(output);
    Files.createDirectories(home.resolve("root"));
    Files.createDirectories(home.resolve("scan"));
    Files.createDirectories(home.resolve("environment"));
    Path script = home.resolve("private-root.sh");
    try (InputStream in = S6.class.getResourceAsStream("private-root.sh")) {
      Files.copy(in, script);
    }
    this.svscan = new ProcessBuilder("unshare", "--mount", "sh", script.toString(), home.resolve("root").toString(),
        home.resolve("environment").toString(), "s6-svscan", home.resolve("scan").toString())
        .redirectErrorStream(true).redirectOutput(home.resolve("container.log").toFile()).start();
    eventually("s6-svscan is up: " + log(), () -> Files.exists(home.resolve("scan/.s6-svscan/control")));
  }

  /** What {@code docker run -e} would do. */
  S6 with(String variable, String value) throws IOException {
    Files.writeString(home.resolve("environment").resolve(variable), value);
    return this;
  }

  /** As s6-rc brings up a service: what it depends on first, each waited for until it is up or, if it can say so, ready. */
  void up(String name) throws IOException {
    if (name.equals("base") || Files.exists(home.resolve("live").resolve(name))) {
      return;
    }
    for (String earlier : tree.dependencies(name)) {
      up(earlier);
    }
    Path folder = home.resolve("live").resolve(name);
    copy(tree.folder(name), folder);
    String logger = tree.text(name, "producer-for");
    if (!logger.isEmpty()) {
      copy(tree.folder(logger), folder.resolve("log"));
    }
    run("s6-svlink", "-d", "-t", "20000", home.resolve("scan").toString(), folder.toString());
    if (!logger.isEmpty()) {
      run("s6-svc", "-uwU", "-T", "60000", service(name) + "/log");
    }
    boolean tellsReadiness = !tree.text(name, "notification-fd").isEmpty();
    run("s6-svc", tellsReadiness ? "-uwU" : "-uwu", "-T", "60000", service(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        Files.createDirectories(target.getParent());
        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  void down(String name) {
    run("s6-svc", "-wD", "-T", "30000", "-d", service(name));
  }

  /** Asks for a service that is down. */
  void again(String name) {
    run("s6-svc", "-u", service(name));
  }

  /** What s6-svstat says of one field. */
  String status(String name, String field) {
    return run("s6-svstat", "-o", field, service(name)).stdout().strip();
  }

  boolean isLinked(String name) {
    return Files.exists(home.resolve("scan").resolve(name));
  }

  String log() throws IOException {
    return Files.readString(home.resolve("container.log"));
  }

  private String service(String name) {
    return home.resolve("scan").resolve(name).toString();
  }

  private static CommandResult run(String... words) {
    try {
      return new ProcessCommandRunner().run(Command.of(words).within(Duration.ofSeconds(90))).orThrow();
    } catch (CommandFailedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    run("s6-svscanctl", "-t", home.resolve("scan").toString());
    eventually("s6-svscan has ended", () -> !svscan.isAlive());
  }
}
