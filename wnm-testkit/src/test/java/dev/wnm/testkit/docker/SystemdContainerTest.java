package dev.wnm.testkit.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A systemd container is a machine: what an operator's machine does with units, it does. */
class SystemdContainerTest {
  private static final String UNIT = """
      [Service]
      ExecStart=/usr/bin/sleep infinity
      [Install]
      WantedBy=%s
      """;
  private static final String WRITE = "mkdir -p \"$(dirname \"$1\")\" && printf %s \"$2\" > \"$1\"";

  private final ContainerOptions systemd = ContainerOptions.systemd(TestImages.systemdHost());

  @TempDir
  Path shared;

  @Test
  void theSystemManagerRunsAUnitWhichComesBackAfterAReboot() {
    try (TestContainer machine = TestContainer.start(systemd)) {
      machine.exec("sh", "-c", WRITE, "sh", "/etc/systemd/system/sleeper.service", UNIT.formatted("multi-user.target"));
      assertThat(machine.exec("systemctl", "enable", "--now", "sleeper").succeeded()).isTrue();
      long before = startedAt(machine);

      machine.restart();

      assertThat(machine.exec("systemctl", "is-active", "sleeper").stdout()).isEqualTo("active\n");
      assertThat(startedAt(machine)).isGreaterThan(before);
    }
  }

  @Test
  void aUserManagerRunsAUnitAsItsUserWhichComesBackAfterAPowerFailure() {
    try (TestContainer machine = TestContainer.start(systemd)) {
      String user = ImageRecipe.OPERATOR;
      machine.execAs(
          user, "sh", "-c", WRITE, "sh", ".config/systemd/user/sleeper.service", UNIT.formatted("default.target"));
      machine.execAs(user, "systemctl", "--user", "daemon-reload");
      var enabled = machine.execAs(user, "systemctl", "--user", "enable", "--now", "sleeper");
      assertThat(enabled.succeeded()).as(enabled.describe()).isTrue();
      assertThat(machine.exec("ps", "-o", "user=", "-C", "sleep").stdout().strip()).isEqualTo(user);

      machine.kill();
      machine.start();

      assertThat(machine.execAs(user, "systemctl", "--user", "is-active", "sleeper").stdout()).isEqualTo("active\n");
    }
  }

  @Test
  void sudoersDecidesWhatAUserMayRunAsRoot() {
    try (TestContainer machine = TestContainer.start(systemd)) {
      assertThat(machine.execAs(ImageRecipe.OPERATOR, "sudo", "-n", "id", "-u").succeeded()).isFalse();

      machine.exec("sh", "-c", WRITE, "sh", "/etc/sudoers.d/operator", "operator ALL=(root) NOPASSWD: /usr/bin/id\n");

      var allowed = machine.execAs(ImageRecipe.OPERATOR, "sudo", "-n", "id", "-u");
      assertThat(allowed.stdout()).as(allowed.describe()).isEqualTo("0\n");
      assertThat(machine.execAs(ImageRecipe.OPERATOR, "sudo", "-n", "true").succeeded()).isFalse();
    }
  }

  @Test
  void aNodeInAContainerWithTheHostsNetworkAnswersOnTheHostsLoopback() throws IOException {
    Path node = StandInAntnode.installInto(shared);
    Path root = Files.createDirectory(shared.resolve("node1"));
    int port = FreePorts.run(2);
    try (TestContainer machine = TestContainer.start(systemd.withHostNetwork().withMount(shared))) {
      var started = machine.exec("systemd-run", "--unit=node1", "/usr/bin/perl", node.toString(),
          "--rewards-address", "0x" + "ab".repeat(20), "--root-dir", root.toString(), "--log-output-dest", root.toString(),
          "--port", String.valueOf(port), "--metrics-server-port", String.valueOf(port + 1), "evm-arbitrum-one");
      assertThat(started.succeeded()).as(started.describe()).isTrue();

      var pages = new NodePages();
      assertThat(eventually("the node answers", () -> pages.version(machine.address(), port + 1)))
          .isEqualTo(StandInAntnode.VERSION);
      assertThat(machine.execAs(ImageRecipe.OPERATOR, "systemctl", "--user", "is-system-running").stdout().strip())
          .isIn("running", "degraded");

      machine.exec("systemctl", "stop", "node1");
      assertThat(pages.version(machine.address(), port + 1)).isEmpty();
    }
  }

  private static long startedAt(TestContainer machine) {
    String microseconds =
        machine.exec("systemctl", "show", "--property=ExecMainStartTimestampMonotonic", "--value", "sleeper").stdout();
    return Long.parseLong(microseconds.strip());
  }
}
