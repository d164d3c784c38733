package dev.wnm.managers.setsid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.time.Duration;

/** What the tests of this back end have in common. */
final class Setup {
  /** Long enough for a stand-in to end gracefully, short enough to wait for one that will not. */
  static final NodeStopper.Graces GRACES =
      new NodeStopper.Graces(Patience.of(Duration.ofSeconds(5)), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private Setup() {}

  static ProcessManagerProvider provider() {
    return new SetsidProvider(GRACES, System.getenv(), Rights::isRoot);
  }

  /** Makes the account {@code ant} where there is none. */
  static void makeAccount() throws CommandFailedException {
    ProcessCommandRunner runner = new ProcessCommandRunner();
    if (runner.run(Command.of("getent", "passwd", "ant")).succeeded()) {
      return;
    }
    Command make = Command.of("useradd", "--system", "--user-group", "--create-home", "--shell", "/usr/sbin/nologin", "ant");
    boolean root = runner.run(Command.of("id", "-u")).stdout().strip().equals("0");
    assertThat(root || runner.find("sudo").isPresent())
        .as("the tests of setsid+sudo need root, or sudo without a password, to run nodes as another account").isTrue();
    runner.run(root ? make : make.asRoot()).orThrow();
  }
}
