package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserTrouble extends Trouble {
  @Override
  protected String type() {
    return "systemd+user";
  }

  @Override
  Path unitFolder() {
    return Path.of(System.getProperty("user.home"), ".config/systemd/user");
  }

  @Override
  List<String> systemctl() {
    return List.of("systemctl", "--user");
  }

  @Test
  void aNodeMayWriteItsOwnFoldersOnlyAndGainNoRights() throws IOException {
    NodeSpec node = started();

    assertThat(status(node, "NoNewPrivs")).isEqualTo("1");
    assertThat(status(node, "CapEff")).isEqualTo("0000000000000000");
    String mounts = Files.readString(Path.of("/proc/" + node.pid().orElseThrow() + "/mountinfo"));
    assertThat(mounts.lines().filter(line -> line.split(" ")[4].equals("/"))).allMatch(line -> line.split(" ")[5].startsWith("ro"));
    assertThat(mounts.lines().filter(line -> line.split(" ")[4].equals(node.rootDir().toString())))
        .isNotEmpty().allMatch(line -> line.split(" ")[5].startsWith("rw"));
    assertThat(openFiles(Long.toString(node.pid().orElseThrow()))).as("a user gets as many as he may have").isEqualTo(
        Math.min(65_536, openFiles("self")));
  }

  /** The hard limit of a process's open files. */
  private static int openFiles(String pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/limits")).stream().filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split("\\s+")[4]).mapToInt(Integer::parseInt).findFirst().orElseThrow();
  }

  @Test
  void lingeringIsSaidToBeOffOnlyWhereItIs() {
    assertThat(((Availability.Available) provider().availability(type(), context())).detail()).isEmpty();
    assertThat(Offered.by(manager, GivesNotice.class).notices(List.of())).isEmpty();
  }

  @Test
  void aSudoThatRefusesIsSaidWithTheLineThatItNeeds() {
    assertThat(provider().availability("systemd+sudo", context())).isInstanceOfSatisfying(Availability.Unavailable.class,
        refused -> assertThat(refused.reason()).contains("sudo refuses to work without a password", "visudo",
            "operator ALL=(root) NOPASSWD: /usr/bin/systemctl, ", "/usr/bin/install"));
  }
}
