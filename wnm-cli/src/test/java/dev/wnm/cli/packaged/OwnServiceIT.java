package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.ImageRecipe;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** wnm itself as a service of machines with systemd: nodes grow under what hardens it, and outlive it. */
@Order(5)
class OwnServiceIT {
  @TempDir
  Path folder;

  @Test
  void anAccountsServiceRunsCyclesAndNodesThatAreItsChildrenOutliveIt() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, ImageRecipe.OPERATOR)) {
      machine.init("--process_manager", "setsid+user", "--node_cap", "1");
      assertThat(machine.done("--doctor")).contains("nothing that --install_service has written starts wnm");
      assertThat(machine.done("--install_service", "--watch", "2", "--dry_run")).contains("would write /home/operator/.config/systemd/user/wnm.service",
          "KillMode=process");
      assertThat(systemctl(machine, "is-active", "wnm.service")).isEqualTo("inactive");

      assertThat(machine.done("--install_service", "--watch", "2")).contains("wnm is run by /home/operator/.config/systemd/user/wnm.service");

      eventually("the service has grown a node", () -> machine.done("--report", "node-status").contains("RUNNING"));
      assertThat(systemctl(machine, "show", "--property=NoNewPrivileges,KillMode,TasksMax", "wnm.service")).contains("NoNewPrivileges=yes",
          "KillMode=process", "TasksMax=infinity");
      assertThat(machine.done("--doctor", "--json")).contains("started by /home/operator/.config/systemd/user/wnm.service");
      String own = systemctl(machine, "show", "--property=MainPID", "--value", "wnm.service");
      String node = machine.ask("pgrep", "-f", "--", "--root-dir .*/antnode0001 ");
      assertThat(machine.ask("cat", "/proc/" + node + "/cgroup")).as("the node is in the service's group").contains("wnm.service");
      machine.done("--install_service", "--watch", "2");
      assertThat(systemctl(machine, "show", "--property=MainPID", "--value", "wnm.service")).as("nothing was to be changed").isEqualTo(own);

      systemctl(machine, "stop", "wnm.service");
      assertThat(machine.ask("pgrep", "-f", "--", "--root-dir .*/antnode0001 ")).isEqualTo(node);
      systemctl(machine, "start", "wnm.service");
      assertThat(machine.done("--uninstall_service")).contains("removed wnm from /home/operator/.config/systemd/user/wnm.service");
      assertThat(systemctl(machine, "is-active", "wnm.service")).isEqualTo("inactive");
      assertThat(machine.ask("ls", "-A", "/home/operator/.config/systemd/user")).doesNotContain("wnm");
      assertThat(machine.ask("pgrep", "-f", "--", "--root-dir .*/antnode0001 ")).isEqualTo(node);
      machine.awaitAnswer(13_001);
      assertThat(machine.done("--uninstall_service")).contains("there was no service of wnm to remove");
      machine.done("--force_action", "teardown", "--confirm");
    }
  }

  @Test
  void theSystemsTimerAndServiceKeepNodesOfTheSystemUnderTheirHardening() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, "root")) {
      machine.must("ufw", "--force", "enable");
      machine.init("--node_cap", "1");
      machine.write("/etc/systemd/system/wnm.service", "[Service]\nExecStart=/bin/true\n");
      CommandResult refused = machine.wnm("--install_service");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.stderr()).contains("/etc/systemd/system/wnm.service is there, and wnm --install_service has not written it");
      assertThat(machine.ask("cat", "/etc/systemd/system/wnm.service")).isEqualTo("[Service]\nExecStart=/bin/true");
      machine.must("rm", "/etc/systemd/system/wnm.service");

      assertThat(machine.done("--install_service", "--service_kind", "timer")).contains("/etc/systemd/system/wnm.timer");
      assertThat(system(machine, "is-active", "wnm.timer")).isEqualTo("active");
      eventually("the unit that the timer starts has grown a node", () -> {
        // Not a minute later, but now; one that the timer has begun is waited for.
        system(machine, "start", "wnm.service");
        return machine.done("--report", "node-status").contains("RUNNING");
      });
      assertThat(machine.ask("ufw", "status")).contains("55001/udp");
      assertThat(system(machine, "show", "--property=ProtectSystem", "--value", "wnm.service")).isEqualTo("yes");

      assertThat(machine.done("--install_service", "--watch", "1")).contains("removed /etc/systemd/system/wnm.timer");
      assertThat(system(machine, "is-active", "wnm.timer")).isEqualTo("inactive");
      machine.must("systemctl", "kill", "--signal=KILL", "antnode0001.service");
      machine.awaitAnswer(13_001);
      eventually("the service sees it run again", () -> machine.done("--report", "node-status").contains("RUNNING"));
      assertThat(system(machine, "is-active", "wnm.service")).isEqualTo("active");
      machine.container().restart();
      eventually("it runs after a reboot", () -> system(machine, "is-active", "wnm.service").equals("active"));

      machine.done("--uninstall_service");
      eventually("the lock is free", () -> machine.wnm("--force_action", "teardown", "--confirm").exitCode() == 0);
      assertThat(machine.ask("ls", "-A", "/etc/systemd/system")).doesNotContain("wnm.", "antnode");
    }
  }

  private static String systemctl(SystemdMachine machine, String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 2, words.length);
    all[0] = "systemctl";
    all[1] = "--user";
    return machine.ask(all);
  }

  private static String system(SystemdMachine machine, String... words) {
    String[] all = new String[words.length + 1];
    System.arraycopy(words, 0, all, 1, words.length);
    all[0] = "systemctl";
    return machine.ask(all);
  }
}
