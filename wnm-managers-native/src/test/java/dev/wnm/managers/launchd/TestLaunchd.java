package dev.wnm.managers.launchd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.launchctl.StandInLaunchctl;
import dev.wnm.testkit.manager.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** The launchd that tests run on: this Mac's own, elsewhere the stand-in. Nodes of an operator are not put at risk. */
final class TestLaunchd implements AutoCloseable {
  static final boolean IS_MAC = System.getProperty("os.name").startsWith("Mac");
  /** Long enough for a stand-in to end gracefully, short enough to wait for one that will not. */
  static final Patience AFTER_INT = Patience.of(Duration.ofSeconds(5));

  private final String program;
  private final Path daemons;

  private TestLaunchd(String program, Path daemons) {
    this.program = program;
    this.daemons = daemons;
  }

  /** @param folder an empty one; opened to all, so that nodes of another account reach theirs in it */
  static TestLaunchd in(Path folder) throws IOException, CommandFailedException {
    Path real = Files.setPosixFilePermissions(folder.toRealPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path daemons = Files.createDirectories(real.resolve("LaunchDaemons"));
    if (!IS_MAC) {
      return new TestLaunchd(StandInLaunchctl.installInto(real.resolve("launchctl")).toString(), daemons);
    }
    for (String domain : List.of("gui/" + Rights.uid(), "user/" + Rights.uid(), "system")) {
      CommandResult printed = new ProcessCommandRunner().run(Command.of("launchctl", "print", domain));
      assertThat(printed.stdout()).as("this Mac has nodes, which the tests would take for theirs")
          .doesNotContain("com.autonomi.antnode-");
    }
    return new TestLaunchd("launchctl", daemons);
  }

  LaunchdProvider provider() {
    return provider(Rights.isRoot());
  }

  LaunchdProvider provider(boolean isRoot) {
    return new LaunchdProvider("Mac OS X", program, daemons, AFTER_INT, () -> isRoot);
  }

  /** The stand-in's file. */
  Path standIn() {
    assertThat(IS_MAC).as("only the stand-in does that").isFalse();
    return Path.of(program);
  }

  String program() {
    return program;
  }

  Path daemons() {
    return daemons;
  }

  static String gui() {
    return "gui/" + Rights.uid();
  }

  static String user() {
    return "user/" + Rights.uid();
  }

  @Override
  public void close() {
    if (!IS_MAC) {
      List.of(gui(), user(), "system").forEach(domain -> StandInLaunchctl.endAll(standIn(), domain));
    }
  }

  /** The property lists of nodes are gone, while jobs go on. @param folder where they are */
  static Outage lostPropertyLists(Path folder) {
    Path aside = folder.resolveSibling("aside");
    return Outage.of("the property lists are gone", () -> {
      Files.move(folder, aside);
      Files.createDirectory(folder);
    }, () -> {
      Files.delete(folder);
      Files.move(aside, folder);
    });
  }
}
