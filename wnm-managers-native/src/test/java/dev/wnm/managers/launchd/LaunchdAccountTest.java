package dev.wnm.managers.launchd;

import static dev.wnm.managers.launchd.LaunchdBench.done;
import static dev.wnm.managers.launchd.LaunchdBench.reason;
import static dev.wnm.managers.launchd.LaunchdBench.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Accounts;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.launchctl.StandInLaunchctl;
import dev.wnm.testkit.manager.WithoutSudo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes as daemons of another account, on the stand-in. Needs root and the account {@code ant} of prepare-machine. */
@EnabledOnOs(OS.LINUX)
class LaunchdAccountTest {
  private LaunchdBench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    bench = new LaunchdBench(folder);
  }

  @AfterEach
  void endAllNodes() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNodeRunsAsItsAccountAndOwnsItsFoldersOnly(boolean throughSudo) throws Exception {
    NodeSpec node = antNode(1);
    ProcessManager manager = manager(throughSudo);
    Account ant = new Accounts(new ProcessCommandRunner()).of("ant");

    done(manager.create(node));
    long pid = done(manager.start(node)).facts().pid().orElseThrow();

    assertThat(Files.readString(Path.of("/proc/" + pid + "/status")))
        .containsPattern("Uid:(\\s" + ant.uid() + "){4}\n").containsPattern("Gid:(\\s" + ant.gid() + "){4}\n");
    assertThat(ownerAndMode(node.rootDir())).isEqualTo("ant rwx------");
    assertThat(ownerAndMode(node.logDir())).isEqualTo("ant rwx------");
    assertThat(ownerAndMode(NodeLogs.consoleOf(node))).isEqualTo("ant rw-------");
    assertThat(ownerAndMode(node.binary())).as("by sudo it is put there by the account").isEqualTo(
        throughSudo ? "ant rwxr-xr-x" : "root rwxr-xr-x");
    assertThat(ownerAndMode(plist(1))).isEqualTo("root rw-------");
    assertThat(manager.survey()).singleElement().satisfies(found -> {
      assertThat(found.user()).isEqualTo("ant");
      assertThat(found.facts().pid()).hasValue(pid);
    });

    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertThat(done(manager.remove(node)).changed()).isTrue();
    assertThat(bench.stored()).isEmpty();
    assertThat(bench.logs).isEmptyDirectory();
    assertThat(bench.launchd.daemons()).isEmptyDirectory();
  }

  @Test
  void afterABootNodesRunUnlessTheyWereStopped() {
    ProcessManager manager = manager(false);
    NodeSpec running = antNode(1);
    NodeSpec stopped = antNode(2);
    LaunchdBench.up(manager, running);
    LaunchdBench.up(manager, stopped);
    done(manager.stop(stopped));

    StandInLaunchctl.reboot(bench.launchd.standIn(), "system", bench.launchd.daemons());

    running(manager, running);
    assertThat(LaunchdBench.state(manager, stopped)).isInstanceOf(ProcessState.Stopped.class);
  }

  @Test
  void aDaemonOfThePythonWnmRunsOnAsItDid() throws Exception {
    NodeSpec made = antNode(1);
    PythonPlist.make(made, plist(1), bench.logs);
    bench.launchctl("load", plist(1).toString());
    ProcessManager manager = manager(true);
    long pid = running(manager, made);

    assertThat(manager.survey()).singleElement().satisfies(found -> {
      assertThat(found.facts().pid()).hasValue(pid);
      assertThat(found.user()).isEqualTo("root");
    });
    assertThat(done(manager.start(made)).changed()).isFalse();
    assertThat(running(manager, made)).isEqualTo(pid);
  }

  @Test
  void aRefusalOfSudoIsToldAndChangesNothing() {
    ProcessManager manager = bench.launchd.provider(false).create("launchd+sudo", bench.context(new Refusing()));

    assertThat(reason(manager.create(antNode(1)))).contains("antnode0001.service", "a password is required");
    assertThat(reason(manager.start(antNode(1)))).contains("a password is required");

    assertThat(bench.stored()).isEmpty();
    assertThat(bench.launchd.daemons()).isEmptyDirectory();
  }

  private ProcessManager manager(boolean throughSudo) {
    return throughSudo ? new ThroughSudo(bench.launchd).create("launchd+sudo", WithoutSudo.in(bench.context())) : bench.sudo();
  }

  private NodeSpec antNode(int id) {
    NodeSpec own = bench.ask(id);
    return bench.ask(id, own.service(), own.logDir(), Map.of(), List.of(), "ant");
  }

  private Path plist(int id) {
    return bench.launchd.daemons().resolve(LaunchdBench.label(id) + ".plist");
  }

  private static String ownerAndMode(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    return attributes.owner().getName() + " " + PosixFilePermissions.toString(attributes.permissions());
  }

  /** A machine whose sudo wants a password. */
  private static final class Refusing implements CommandRunner {
    private final CommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      return command.argv().get(0).equals("sudo")
          ? new CommandResult(command, 1, "", "sudo: a password is required\n", Duration.ZERO, false) : real.run(command);
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new UnsupportedOperationException("launchd starts nodes: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }
}
