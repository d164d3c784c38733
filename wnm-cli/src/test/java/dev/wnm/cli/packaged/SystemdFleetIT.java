package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.docker.ImageRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged wnm on machines with systemd: fleets from their first node to their last, through reboots. */
@Order(5)
class SystemdFleetIT {
  private static final Version NEWER = new Version("0.4.17");

  @TempDir
  Path folder;

  @Test
  void aPlainUsersNodesAreServicesThatComeThroughAReboot() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, ImageRecipe.OPERATOR)) {
      assertThat(machine.init("--node_cap", "3")).contains("with systemd+user");
      machine.grow(3);
      assertThat(machine.done("--report", "node-status")).contains("antnode0001.service", "antnode0002.service",
          "antnode0003.service");
      machine.done("--force_action", "stop", "--service_name", "antnode0003");
      machine.awaitAnswer(13_001);
      machine.awaitAnswer(13_002);
      machine.countSystemctl();
      machine.done("--force_action", "survey");
      assertThat(machine.systemctlCalls()).as("one question, for the node that does not answer").singleElement().asString()
          .startsWith("--user show ");
      machine.done("--force_action", "disable", "--service_name", "antnode0003");
      machine.countSystemctl();
      machine.done();
      assertThat(machine.systemctlCalls()).as("a cycle in which all nodes answer").isEmpty();

      machine.container().restart();

      machine.awaitAnswer(13_001);
      machine.awaitAnswer(13_002);
      assertThat(machine.answer(13_003)).as("what wnm stopped stays down").isEmpty();
      machine.done("--force_action", "survey");
      assertThat(statuses(machine)).containsPattern("antnode0001.*RUNNING").containsPattern("antnode0003.*DISABLED");
      assertThat(machine.done("--report", "node-status-details")).containsPattern("up \\d+ (s|min), pid \\d+");

      machine.installAntnode(NEWER);
      eventually("cycles bring the newer version", () -> {
        machine.done();
        return machine.answer(13_001).contains(NEWER.text()) && machine.answer(13_002).contains(NEWER.text());
      });

      machine.done("--force_action", "teardown", "--confirm");
      assertThat(machine.ask("sh", "-c", "ls -A ~/.config/systemd/user ~/.local/share/autonomi/node"))
          .doesNotContain("antnode");
      assertThat(machine.answer(13_001)).isEmpty();
    }
  }

  @Test
  void theSystemsNodesHaveTheirPortsOpenedWhileTheyRun() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, "root")) {
      machine.must("ufw", "--force", "enable");
      assertThat(machine.init("--node_cap", "2")).contains("with systemd+sudo");
      machine.grow(2);

      assertThat(machine.ask("stat", "-c", "%U", "/var/antctl/services/antnode0001")).isEqualTo("ant");
      assertThat(machine.ask("ufw", "status")).containsPattern("55001/udp +ALLOW +Anywhere +# wnm-[0-9a-f]{8} antnode0001")
          .contains("55002/udp");
      assertThat(machine.ask("iptables-save")).containsPattern("-p udp -m udp --dport 55001 -j ACCEPT");

      machine.done("--force_action", "stop", "--service_name", "antnode0001");
      assertThat(machine.ask("ufw", "status")).doesNotContain("55001/udp").contains("55002/udp");
      assertThat(machine.ask("iptables-save")).doesNotContain("--dport 55001");

      machine.container().restart();

      machine.awaitAnswer(13_002);
      assertThat(machine.answer(13_001)).isEmpty();
      machine.done("--force_action", "teardown", "--confirm");
      assertThat(machine.ask("ufw", "status")).doesNotContain("/udp");
      assertThat(machine.ask("sh", "-c", "ls -A /etc/systemd/system /var/antctl/services")).doesNotContain("antnode");
    }
  }

  @Test
  void anAccountWithTheLinesThatWnmNamesRunsTheSystemsNodesBySudo() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, ImageRecipe.OPERATOR)) {
      SystemdMachine root = machine.as("root");
      CommandResult refused = machine.wnm("--init", "--process_manager", "systemd+sudo", "--rewards_address", TestHost.WALLET,
          "--antnode_path", machine.antnode().toString());
      assertThat(refused.exitCode()).as(refused.describe()).isEqualTo(3);
      Matcher line = Pattern.compile("operator ALL=\\(root\\) NOPASSWD: [^;\\n]+").matcher(refused.stderr());
      assertThat(line.find()).as(refused.stderr()).isTrue();
      root.write("/etc/sudoers.d/wnm", line.group() + "\n");
      root.must("visudo", "-c", "-f", "/etc/sudoers.d/wnm");
      root.must("install", "-d", "-o", "operator", "/var/antctl");

      machine.init("--process_manager", "systemd+sudo", "--node_cap", "1", "--firewall", "none");
      machine.grow(1);
      machine.awaitAnswer(13_001);
      assertThat(machine.ask("ps", "-o", "user=", "-C", "antnode")).isEqualTo("ant");
      assertThat(statuses(machine)).containsPattern("antnode0001.*(RUNNING|RESTARTING)");

      machine.installAntnode(NEWER);
      machine.done("--force_action", "upgrade", "--service_name", "antnode0001");
      eventually("the newer version answers", () -> machine.answer(13_001).contains(NEWER.text()));

      root.write("/etc/systemd/system/antnode0001.service.d/mine.conf", "[Service]\nNice=5\n");
      machine.done("--force_action", "teardown", "--confirm");
      assertThat(root.ask("sh", "-c", "ls -A /etc/systemd/system /var/antctl/services")).doesNotContain("antnode");
    }
  }

  @Test
  void nodesOfThePresentProgramLiveTheirLifeAsServices() throws IOException {
    Assumptions.assumeTrue(PresentProgram.hasTwoReleases(), "SKIPPED: WNM_ANT_NODE_BEFORE names no earlier release");
    try (SystemdMachine machine = SystemdMachine.startAlone(folder, ImageRecipe.OPERATOR)) {
      PresentProgram.installEarlier(machine.binaries());
      assertThat(machine.initWith(machine.binaries().resolve(PresentProgram.FILE_NAME), "--node_cap", "3",
          "--webrtc_port_start", "off", "--firewall", "none")).contains("with systemd+user");
      machine.done("--force_action", "update_config", PresentProgram.ON_LOOPBACK, "--bootstrap", "127.0.0.1:55001");
      machine.grow(3);
      eventually("they hold their UDP ports", () -> runThreeAfterACycle(machine));
      assertThat(details(machine, 2)).contains("Program: ant-node").containsPattern("Memory: [1-9][\\d.]* [MG]B")
          .containsPattern("Threads: [1-9]").containsPattern("Open files: [1-9]").containsPattern("Disk: .* k?M?B, measured .* ago")
          .contains("Restarts: 0").containsPattern("Peer ID: [0-9a-f]{64}");

      machine.must("pkill", "-KILL", "-f", "--", "--root-dir .*/antnode0002 ");
      eventually("systemd has started it again", () -> runThreeAfterACycle(machine) && details(machine, 2).contains("Restarts: 1"));
      machine.done("--force_action", "stop", "--service_name", "antnode0003");
      assertThat(machine.ask("pgrep", "-c", "-f", "--", "--root-dir .*/antnode000")).isEqualTo("2");
      machine.done("--force_action", "start", "--service_name", "antnode0003");

      Version later = PresentProgram.installLater(machine.binaries());
      eventually("cycles bring the later release", () -> {
        machine.done();
        return List.of(1, 2, 3).stream().allMatch(id -> details(machine, id).contains("Version: " + later)
            && details(machine, id).contains("Status: RUNNING"));
      });
      machine.done("--force_action", "remove", "--service_name", "antnode0003");
      machine.done("--force_action", "teardown", "--confirm");
      assertThat(machine.ask("sh", "-c", "ls -A ~/.config/systemd/user ~/.local/share/autonomi/node")).doesNotContain("antnode");
      assertThat(machine.ask("pgrep", "-f", "--", "--root-dir .*/antnode000")).isEmpty();
    }
  }

  private static boolean runThreeAfterACycle(SystemdMachine machine) {
    machine.done();
    return statuses(machine).lines().filter(line -> line.contains("RUNNING")).count() == 3;
  }

  private static String details(SystemdMachine machine, int id) {
    return machine.done("--report", "node-status-details", "--service_name", "antnode000" + id);
  }

  private static String statuses(SystemdMachine machine) {
    return machine.done("--report", "node-status");
  }
}
