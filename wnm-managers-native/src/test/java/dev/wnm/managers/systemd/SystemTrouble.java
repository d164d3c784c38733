package dev.wnm.managers.systemd;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemTrouble extends Trouble {
  private final Map<String, String> settings = new HashMap<>();

  @Override
  protected String type() {
    return "systemd+sudo";
  }

  @Override
  protected Map<String, String> settings(Path home) {
    return settings;
  }

  @Override
  Path unitFolder() {
    return Path.of("/etc/systemd/system");
  }

  @Override
  List<String> systemctl() {
    return List.of("systemctl");
  }

  /** As core asks for nodes in this mode; the folders above must let their account through. */
  private NodeSpec askOfAnt(int id) throws IOException {
    for (Path folder = machine.nodeStorage(); folder.getNameCount() > 1; folder = folder.getParent()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return ask(id).toBuilder().user("ant").build();
  }

  @Test
  void aNodeRunsAsItsAccountShutOffFromTheRestOfTheMachine() throws IOException {
    NodeSpec node = up(create(askOfAnt(1)));

    assertThat(Files.getOwner(Path.of("/proc/" + node.pid().orElseThrow())).getName()).isEqualTo("ant");
    assertThat(Files.getOwner(node.rootDir()).getName()).isEqualTo("ant");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.rootDir()))).isEqualTo("rwx------");
    assertThat(Files.getOwner(node.binary()).getName()).isEqualTo("root");
    assertThat(status(node, "NoNewPrivs")).isEqualTo("1");
    assertThat(status(node, "CapEff")).isEqualTo("0000000000000000");
    assertThat(status(node, "CapBnd")).isEqualTo("0000000000000000");
    assertThat(ask("show", node.service(), "--property=ProtectSystem,ProtectHome,PrivateTmp,PrivateDevices,TasksMax")).contains(
        "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "TasksMax=1024");
  }

  @Test
  void aNodeThatNeedsMoreMemoryThanItMayHaveIsKilledAndSaidToBe() throws IOException {
    settings.put("node_memory", "2m");
    manager = newManager();
    NodeSpec node = create(askOfAnt(1));

    manager.start(node);

    assertThat(ask("show", "--property=MemoryMax", "--value", node.service())).isEqualTo("2097152");
    eventually("it was killed for its memory", () -> state(node) instanceof ProcessState.Stopped stopped
        && stopped.detail().contains("memory"));
  }

  @Test
  void limitsOfTheSettingsReachANodeAtItsNextStart() throws IOException {
    NodeSpec node = up(create(askOfAnt(1)));
    done(manager.stop(node));
    settings.putAll(Map.of("node_memory", "1g", "node_cpus", "1.5"));
    manager = newManager();

    up(node);

    assertThat(ask("show", node.service(), "--property=MemoryMax,CPUQuotaPerSecUSec"))
        .contains("MemoryMax=1073741824", "CPUQuotaPerSecUSec=1.5");
  }

  @Test
  void aFullDiskIsSaidAndNothingIsLeftHalfMade() throws Exception {
    useStorage("small");
    ProcessCommandRunner runner = new ProcessCommandRunner();
    runner.run(Command.of("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", machine.nodeStorage().toString())).orThrow();
    try {
      Files.createDirectory(machine.nodeStorage().resolve("lost+found"));
      NodeSpec node = ask(1);

      assertThat(failed(manager.create(node)).reason()).contains("No space left on device");

      assertThat(node.rootDir()).doesNotExist();
      assertThat(unit(node)).doesNotExist();
      assertThat(manager.survey()).isEmpty();
    } finally {
      runner.run(Command.of("umount", machine.nodeStorage().toString())).orThrow();
    }
  }

  @Test
  void aUnitOfAnmIsReadBackAndManagedOn() throws IOException {
    NodeSpec node = askOfAnt(1);
    Path logs = Files.createDirectories(machine.home().resolve("log/antnode0001"));
    Files.createDirectories(node.rootDir());
    StandInAntnode.installInto(node.rootDir());
    call("daemon-reload");
    Files.writeString(unit(node), """
        [Unit]
        Description=antnode0001
        [Service]
        User=root
        ExecStart=%s --root-dir %s --port %d --enable-metrics-server --metrics-server-port %d --log-output-dest %s \
        --max-log-files 1 --max-archived-log-files 1 --rewards-address %s evm-arbitrum-one
        Restart=always
        """.formatted(node.binary(), node.rootDir(), node.ports().node(), node.ports().metrics().orElseThrow(), logs, node.wallet()));
    remember(node);
    call("daemon-reload");
    call("start", node.service());
    eventually("it answers", () -> answers(node));

    FoundNode found = survey(manager).get(0);

    assertThat(found.user()).isEqualTo("root");
    assertThat(found.facts().rootDir()).isEqualTo(node.rootDir());
    assertThat(found.facts().logDir()).isEqualTo(logs);
    assertThat(found.state()).isInstanceOf(ProcessState.Running.class);
    assertThat(done(manager.start(recorded(node, found.facts()))).changed()).isFalse();
  }
}
