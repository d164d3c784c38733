package dev.wnm.managers.systemd;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Patience;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ContractMachine;
import dev.wnm.testkit.manager.ManagerBench;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What happens to services, and what people do to them. Runs where systemd does: see {@link SystemdContractTest}. */
abstract class Trouble extends ManagerBench {
  private final List<String> commands = new CopyOnWriteArrayList<>();
  /** What is run in the place of systemctl; empty for itself. */
  private Optional<Path> systemctl = Optional.empty();

  @Override
  protected ProcessManagerProvider provider() {
    return Machines.provider();
  }

  @Override
  protected CommandRunner runner() {
    CommandRunner real = new ProcessCommandRunner();
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) throws CommandFailedException {
        commands.add(command.toString());
        List<String> argv = new ArrayList<>(command.argv());
        systemctl.filter(other -> argv.get(0).equals("systemctl")).ifPresent(other -> argv.set(0, other.toString()));
        return real.run(new Command(argv, command.environment(), command.input(), command.limit(), command.directory(),
            command.wrappers()));
      }

      @Override
      public Process spawn(Command command, Path log) throws CommandFailedException {
        return real.spawn(command, log);
      }

      @Override
      public Optional<Path> find(String program) {
        return real.find(program);
      }
    };
  }

  abstract Path unitFolder();

  /** The words that call systemctl for this service manager. */
  abstract List<String> systemctl();

  final Path unit(NodeSpec node) {
    return unitFolder().resolve(node.service());
  }

  final String ask(String... words) {
    return call(words).stdout().strip();
  }

  final CommandResult call(String... words) {
    List<String> argv = new ArrayList<>(systemctl());
    argv.addAll(List.of(words));
    try {
      return new ProcessCommandRunner().run(Command.of(argv));
    } catch (CommandFailedException e) {
      throw new AssertionError(e);
    }
  }

  final NodeSpec started() {
    return up(create(ask(1)));
  }

  @Test
  void aNodeReturnsAtBootUntilItIsStopped() throws IOException {
    NodeSpec node = create(ask(1));
    assertThat(ask("is-enabled", node.service())).isEqualTo("disabled");

    up(node);
    assertThat(ask("is-enabled", node.service())).isEqualTo("enabled");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unit(node)))).isEqualTo("rw-------");

    done(manager.stop(node));
    assertThat(ask("is-enabled", node.service())).isEqualTo("disabled");
    assertThat(ask("is-failed", node.service())).as("a node that was told to end has not failed").isEqualTo("inactive");
  }

  @Test
  void aKilledNodeIsStartedAgainBySystemd() throws Exception {
    NodeSpec node = started();

    new ProcessCommandRunner().run(Command.of("kill", "-KILL", Long.toString(node.pid().orElseThrow()))).orThrow();

    eventually("it is seen to be down", () -> state(node) instanceof ProcessState.Stopped stopped
        && stopped.detail().contains("killed by signal 9 (for lack of memory, perhaps); systemd is about to start it again"));
    eventually("it answers again", () -> answers(node));
    assertThat(Offered.by(manager, Describes.class).describe(List.of(node)).get(1)).matches("up \\d+ s, pid \\d+, 1 restart");
  }

  @Test
  void aNodeThatUpgradedItselfComesBackWithoutWnm() throws IOException {
    NodeSpec made = create(misbehaving("upgrade_to", "newer/antnode"));
    StandInAntnode.installInto(made.rootDir().resolve("newer"), ContractMachine.NEW);
    NodeSpec node = recorded(made, done(manager.start(made)).facts());

    eventually("the new version answers",
        () -> version(node).equals(Optional.of(ContractMachine.NEW)));
  }

  @Test
  void aNodeThatEndsAgainAndAgainIsSaidToHaveFailedWithItsWords() {
    NodeSpec node = create(misbehaving("exit_at_start", "3"));

    String reason = failed(manager.start(node)).reason();

    assertThat(reason).contains(node.service(), "ended with exit code 3");
    assertThat(((ProcessState.Stopped) state(node)).detail()).contains("ended with exit code 3");
  }

  @Test
  void theWordsOfAnEarlierRunAreNotTakenForThoseOfThisOne() throws IOException {
    NodeSpec node = create(ask(1));
    ends(node, "echo 'Error: the old words' >&2; sleep 0.3; exit 3");
    assertThat(failed(manager.start(node)).reason()).contains("ended with exit code 3");
    eventually("the journal has what it said", () -> ((ProcessState.Stopped) state(node)).detail().contains("the old words"));

    ends(node, "exit 4");
    assertThat(failed(manager.start(node)).reason()).contains("ended with exit code 4").doesNotContain("it said");
    assertThat(((ProcessState.Stopped) state(node)).detail()).contains("ended with exit code 4").doesNotContain("the old words");
  }

  /** From now on its program does no more than that. */
  private static void ends(NodeSpec node, String how) throws IOException {
    Files.delete(node.binary());
    Executables.write(node.binary(), "#!/bin/sh\ncase $* in *--root-dir*) " + how + ";; esac\n");
  }

  @Test
  void aNodeThatSystemdStartsAgainAndAgainIsDownWithTheNumberOfItsDeaths() throws IOException {
    NodeSpec node = create(misbehaving("exit_after", "1"));
    Path dropIns = Files.createDirectory(unitFolder().resolve(node.service() + ".d"));
    Files.writeString(dropIns.resolve("soon.conf"), "[Unit]\nStartLimitBurst=6\n[Service]\nRestartSec=100ms\n");
    done(manager.start(node));

    eventually("it died three times and is not taken for running, whatever it does at the moment", () ->
        state(node) instanceof ProcessState.Stopped stopped && stopped.isCrashLoop() && stopped.deaths() >= 3);
    eventually("systemd gives it up", () -> ask("show", "--property=ActiveState", "--value", node.service()).equals("failed"));
    assertThat(state(node)).isInstanceOfSatisfying(ProcessState.Stopped.class, stopped -> {
      assertThat(stopped.deaths()).isBetween(5, 7);
      assertThat(stopped.detail()).isNotBlank();
    });
    done(manager.stop(node));
    assertThat(((ProcessState.Stopped) state(node)).deaths()).as("after a stop").isZero();
  }

  @Test
  void aUnitThatSomeoneEditedIsUsedAsItIs() throws IOException {
    NodeSpec node = create(ask(1));
    String edited = Files.readString(unit(node)).replace("[Service]\n",
        "[Service]\nEnvironment=" + StandInAntnode.variable("metric_records_stored") + "=4711\n");
    Files.writeString(unit(node), edited);

    NodeSpec other = node.toBuilder().startArgs(List.of("--network-id", "7")).build();
    up(other);

    assertThat(unit(node)).hasContent(edited);
    assertThat(page(node, "/metrics")).contains("ant_networking_records_stored 4711\n");
    assertThat(page(node, "/metadata")).doesNotContain("ant/1.0/7");
  }

  @Test
  void whatSomeoneAddsBesideTheUnitHoldsAndIsReadBackAndGoesWithTheNode() throws IOException {
    NodeSpec node = create(ask(1));
    Path dropIns = Files.createDirectory(unitFolder().resolve(node.service() + ".d"));
    Files.writeString(dropIns.resolve("mine.conf"), "[Service]\nEnvironment=MINE=\"a b\"\n");

    up(node);

    assertThat(survey(manager)).singleElement().satisfies(found ->
        assertThat(found.environment()).containsEntry("MINE", "a b"));
    done(manager.remove(node));
    assertThat(dropIns).doesNotExist();
    assertThat(unit(node)).doesNotExist();
  }

  @Test
  void changedSettingsReachANodeAtItsNextStart() {
    NodeSpec node = started();
    done(manager.stop(node));

    up(node.toBuilder().startArgs(List.of("--network-id", "7")).build());

    assertThat(page(node, "/metadata")).contains("ant/1.0/7");
  }

  @Test
  void aUnitFileThatIsGoneKeepsNobodyFromStoppingAndStartingTheNode() throws IOException {
    NodeSpec node = started();
    Files.delete(unit(node));
    call("daemon-reload");

    assertThat(state(node)).isInstanceOf(ProcessState.Running.class);
    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertGone(node);
    assertThat(((ProcessState.Stopped) state(node)).detail()).contains("its unit file is missing");

    up(node);
    assertThat(unit(node)).exists();
  }

  @Test
  void aSystemctlThatHangsIsWaitedForNoLongerThanItsLimit() throws IOException {
    NodeSpec node = started();
    Path hanging = Executables.write(machine.home().resolve("hang"), "#!/bin/sh\nexec sleep 600\n");
    systemctl = Optional.of(hanging);
    Systemctl.Limits soon = new Systemctl.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Patience.of(Duration.ofSeconds(1)));
    manager = Machines.provider(soon).create(type(), context());

    assertThat(manager.status(List.of(node)).get(1)).isInstanceOfSatisfying(ProcessState.Unknown.class,
        unknown -> assertThat(unknown.reason()).contains("show", "killed at its limit"));
    assertThat(failed(manager.stop(node)).reason()).contains("killed at its limit");
    assertThat(failed(manager.start(node)).reason()).contains("killed at its limit");
    assertThat(failed(manager.remove(node)).reason()).contains("killed at its limit");
    assertThat(node.rootDir()).isDirectory();

    systemctl = Optional.empty();
    manager = newManager(); // whose limits are long enough to clear up
    assertThat(answers(node)).isTrue();
    manager = newManager(); // by whose limits it can be removed, however busy the machine is
  }

  @Test
  void severalNodesCostAsManyCommandsAsOne() {
    List<NodeSpec> few = List.of(create(ask(1)), create(ask(2)));
    List<NodeSpec> more = List.of(create(ask(3)), create(ask(4)), create(ask(5)), create(ask(6)), create(ask(7)));

    assertThat(commandsOf(() -> Offered.by(manager, Batches.class).startAll(more))).as("started").isEqualTo(commandsOf(() -> Offered.by(manager, Batches.class).startAll(few)))
        .hasSizeLessThanOrEqualTo(5);
    assertThat(commandsOf(() -> manager.status(more))).as("looked at").isEqualTo(commandsOf(() -> manager.status(few)))
        .hasSize(1);
    assertThat(commandsOf(() -> Offered.by(manager, Batches.class).stopAll(more))).as("stopped").isEqualTo(commandsOf(() -> Offered.by(manager, Batches.class).stopAll(few)))
        .hasSizeLessThanOrEqualTo(5);
    assertThat(commandsOf(() -> Offered.by(manager, Batches.class).removeAll(more))).as("removed").isEqualTo(commandsOf(() -> Offered.by(manager, Batches.class).removeAll(few)))
        .hasSizeLessThanOrEqualTo(2);
  }

  /** The verbs of the systemctl commands that something takes. */
  private List<String> commandsOf(Runnable work) {
    commands.clear();
    work.run();
    return commands.stream().filter(command -> command.contains("systemctl")).map(command ->
        command.replaceFirst("^.*?systemctl (--user )?", "").split(" ")[0]).toList();
  }

  @Test
  void aUnitOfThePythonWnmIsReadBackAndManagedOnWithoutARestart() throws IOException {
    NodeSpec node = ask(1);
    Path logs = Files.createDirectories(machine.home().resolve("logs/antnode0001"));
    Files.createDirectories(node.rootDir());
    StandInAntnode.installInto(node.rootDir());
    // facts/wnm-behaviour.md, section 21
    Files.createDirectories(unitFolder());
    String text = """
        [Unit]
        Description=antnode0001
        [Service]
        Environment="RUST_LOG=info"

        ExecStart=%s --bootstrap-cache-dir %s --root-dir %s --port %d --enable-metrics-server --metrics-server-port %d \
        --log-output-dest %s --max-log-files 1 --max-archived-log-files 1 --rewards-address %s evm-arbitrum-one
        Restart=always
        #RestartSec=300
        """.formatted(node.binary(), node.bootstrapCache(), node.rootDir(), node.ports().node(), node.ports().metrics().orElseThrow(), logs,
        node.wallet());
    Files.writeString(unit(node), text);
    remember(node);
    call("daemon-reload");
    assertThat(call("start", node.service()).succeeded()).isTrue();
    eventually("it answers", () -> answers(node));
    String pid = ask("show", "--property=MainPID", "--value", node.service());

    FoundNode found = survey(manager).get(0);

    assertThat(found.facts().rootDir()).isEqualTo(node.rootDir());
    assertThat(found.facts().logDir()).isEqualTo(logs);
    assertThat(found.facts().binary()).isEqualTo(node.binary());
    assertThat(found.facts().service()).isEqualTo(node.service());
    assertThat(found.id()).hasValue(1);
    assertThat(found.nodePort()).hasValue(node.ports().node());
    assertThat(found.metricsPort()).hasValue(node.ports().metrics().orElseThrow());
    assertThat(found.wallet()).contains(node.wallet());
    assertThat(found.network()).contains("evm-arbitrum-one");
    assertThat(found.environment()).isEqualTo(Map.of("RUST_LOG", "info"));
    assertThat(found.state()).isInstanceOf(ProcessState.Running.class);

    NodeSpec taken = recorded(node, found.facts());
    OperationResult.Done again = done(manager.start(taken));
    assertThat(again.changed()).isFalse();
    assertThat(again.facts().pid()).hasValue(Long.parseLong(pid));
    assertThat(ask("show", "--property=MainPID", "--value", node.service())).isEqualTo(pid);

    done(manager.stop(taken));
    up(taken);
    assertThat(unit(node)).hasContent(text);
    assertThat(ask("is-enabled", node.service())).as("it returns at boot now").isEqualTo("enabled");
    done(manager.remove(taken));
    assertThat(logs).doesNotExist();
    assertThat(unit(node)).doesNotExist();
  }

  @Test
  void unitsOfAntctlAndOfNoNodeAreLeftAlone() throws IOException {
    Files.createDirectories(unitFolder());
    List<Path> foreign = List.of(unitFolder().resolve("antnode8.service"), unitFolder().resolve("antnode9.service"));
    try {
      Files.writeString(foreign.get(0), "[Service]\nExecStart=/n/antnode8/antnode --rpc 127.0.0.1:5000 --root-dir /n/antnode8"
          + " --port 5001 --metrics-server-port 5002 --rewards-address 0x1 evm-arbitrum-one\n");
      Files.writeString(foreign.get(1), "[Service]\nExecStart=/bin/true\n");

      assertThat(manager.survey()).isEmpty();
    } catch (ManagerUnavailableException e) {
      throw new AssertionError(e);
    } finally {
      for (Path unit : foreign) {
        Files.delete(unit);
      }
      call("daemon-reload");
    }
  }

  @Test
  void aPathThatSystemdCannotBeToldIsRefused() throws IOException {
    useStorage("a \"quoted\" storage");

    assertThat(assertRefused(ask(1)).reason()).contains("quotation mark");
  }

  @Test
  void blanksAndSignsInPathsAreServed() throws IOException {
    useStorage("100% of $HOME; #1");

    NodeSpec node = started();

    assertThat(survey(manager)).singleElement().satisfies(found ->
        assertThat(found.facts()).usingRecursiveComparison().ignoringFields("pid", "version").isEqualTo(
            NodeFacts.at(node.placement()).withPid(node.pid())));
  }

  /** A line of {@code /proc/PID/status}, without its name. */
  static String status(NodeSpec node, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + node.pid().orElseThrow() + "/status")).stream()
        .filter(line -> line.startsWith(name + ":")).findFirst().orElseThrow().substring(name.length() + 1).strip();
  }

  private static String page(NodeSpec node, String path) {
    return new NodePages().get(node.host(), node.ports().metrics().orElseThrow(), path).orElse("");
  }
}
