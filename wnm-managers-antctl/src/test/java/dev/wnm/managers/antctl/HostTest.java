package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void theRegistryIsWhereAntctlOfThatAccountPutsIt() {
    assertThat(host(1000, Map.of()).registryFolder(false, HOME)).isEqualTo(HOME.resolve(".local/share/autonomi/node"));
    assertThat(host(1000, Map.of("XDG_DATA_HOME", "/data/ada")).registryFolder(false, HOME))
        .isEqualTo(Path.of("/data/ada/autonomi/node"));
    assertThat(host(1000, Map.of()).registryFolder(true, HOME)).isEqualTo(Path.of("/var/antctl"));
    assertThat(host(0, Map.of()).registryFolder(false, HOME)).as("antctl goes by the account, not by what wnm calls it")
        .isEqualTo(Path.of("/var/antctl"));
  }

  @Test
  void whereCronDoesNotSayItTheServiceManagerIsFoundAllTheSame() {
    long uid = Files.isDirectory(Path.of("/run/user/1000")) ? 1000 : 4_000_000;
    Map<String, String> variables = host(uid, Map.of()).serviceManager();
    assertThat(variables).isEqualTo(uid == 1000
        ? Map.of("XDG_RUNTIME_DIR", "/run/user/1000", "DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
        : Map.of());
    assertThat(host(1000, Map.of("XDG_RUNTIME_DIR", "/run/user/1000")).serviceManager()).isEmpty();
    assertThat(host(0, Map.of()).serviceManager()).isEmpty();
  }

  @Test
  void ofManyCommandLinesTheFirstTwoWordsTellTheProgram() {
    Processes processes = Processes.parse("==> /proc/1/cmdline <==\n/sbin/init\0\n==> /proc/12/cmdline <==\n"
        + "/s/antnode1/antnode\0--root-dir\0/s/antnode1\0\n==> /proc/13/cmdline <==\n/usr/bin/perl\0/s/antnode2/antnode\0--port\0"
        + "7\0--root-dir\0/x\0\n==> /proc/14/cmdline <==\n\n==> /proc/15/cmdline <==\n/s/antnode3/antnode\0--version\0"
        + "\n==> /proc/16/cmdline <==\ngrep\0--root-dir\0/s/antnode4/antnode\0");

    for (String binary : List.of("/s/antnode1/antnode", "/s/antnode2/antnode")) {
      assertThat(processes.of(Path.of(binary))).isPresent();
    }
    assertThat(processes.of(Path.of("/s/antnode1/antnode"))).contains(12L);
    assertThat(processes.of(Path.of("/s/antnode3/antnode"))).as("only asked for its version").isEmpty();
    assertThat(processes.of(Path.of("/s/antnode4/antnode"))).as("a word that is neither program nor script").isEmpty();
  }

  private static Host host(long uid, Map<String, String> environment) {
    return new Host(uid, "ada", environment, Optional.empty());
  }
}
