package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Machines that do not give a user all that others do. */
class SystemdSurroundingsTest {
  private JavaMachine machine;

  @BeforeEach
  void start(@TempDir Path folder) {
    machine = JavaMachine.start(
        ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("systemd-poor"), folder);
  }

  @AfterEach
  void end() {
    machine.close();
  }

  @TestFactory
  Stream<DynamicTest> aMachineThatForbidsUserNamespacesRunsNodesWithoutASandbox() {
    must("sh", "-c", "mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nRestrictNamespaces=yes\\n'"
        + " > /etc/systemd/system/user@.service.d/no-namespaces.conf");
    must("systemctl", "daemon-reload");
    must("systemctl", "restart", "user@1000.service");
    return machine.run(ImageRecipe.OPERATOR, WithoutSandbox.class);
  }

  @TestFactory
  Stream<DynamicTest> aUserWithoutLingeringIsToldHowToTurnItOn() {
    must("rm", "/var/lib/systemd/linger/operator");
    return machine.run(ImageRecipe.OPERATOR, WithoutLingering.class);
  }

  private void must(String... argv) {
    CommandResult result = machine.container().exec(argv);
    assertThat(result.exitCode()).as(result.describe()).isZero();
  }
}
