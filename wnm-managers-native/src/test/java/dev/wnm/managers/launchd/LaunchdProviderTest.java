package dev.wnm.managers.launchd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.WrapperFailedException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.Progress;
import dev.wnm.testkit.manager.ContractMachine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaunchdProviderTest {
  private final Scripted machine = new Scripted();
  private String system = "Mac OS X";
  private boolean isRoot = true;

  @Test
  void itIsFoundAsAService() {
    assertThat(ServiceLoader.load(ProcessManagerProvider.class)).hasAtLeastOneElementOfType(LaunchdProvider.class);
    assertThat(new LaunchdProvider().types()).extracting(ManagerType::name).containsExactly("launchd+user", "launchd+sudo");
  }

  @Test
  void elsewhereThanOnAMacItCannotWork() {
    system = "Linux";

    assertThat(reason("launchd+user")).startsWith("it needs macOS");
    assertThat(reason("launchd+sudo")).startsWith("it needs macOS");
  }

  @Test
  void aMacIsFineForBothModes() {
    assertThat(ask("launchd+user")).isInstanceOf(Availability.Available.class);
    assertThat(ask("launchd+sudo")).isInstanceOf(Availability.Available.class);
  }

  @Test
  void aLaunchctlThatIsMissingOrSilentIsTold() {
    machine.answers.put(gui(), new CommandResult(Command.of("launchctl"), 137, "", "", Duration.ofSeconds(20), true));
    assertThat(reason("launchd+user")).contains("killed at its limit");

    machine.programs.remove("launchctl");
    assertThat(reason("launchd+user")).contains("'launchctl' is not on the PATH");
  }

  @Test
  void aUserWithoutAnySessionIsToldWhatToDo() {
    machine.answers.put(gui(), answer(112, "", "Could not find domain for user gui: 0"));
    assertThat(ask("launchd+user")).as("over ssh").isInstanceOf(Availability.Available.class);

    machine.answers.put(user(), answer(112, "", "Could not find domain"));
    assertThat(reason("launchd+user")).contains("launchd has no domain", "log in", "launchd+sudo");
  }

  @Test
  void theAccountOfNodesMustExist() {
    machine.answers.put("getent passwd ant", answer(2, "", ""));
    machine.answers.put("dscacheutil -q user -a name ant", answer(0, "", ""));

    assertThat(reason("launchd+sudo")).contains("there is no account 'ant'");
  }

  @Test
  void withoutBeingRootSudoMustWorkWithoutAPassword() {
    isRoot = false;
    machine.answers.put("sudo -n -- true", answer(1, "", "sudo: a password is required\n"));
    assertThat(reason("launchd+sudo")).contains("sudo refuses", "a password is required", "NOPASSWD");

    machine.answers.put("sudo -n -- true", answer(0, "", ""));
    assertThat(ask("launchd+sudo")).isInstanceOf(Availability.Available.class);
  }

  private String reason(String type) {
    assertThat(ask(type)).isInstanceOf(Availability.Unavailable.class);
    return ((Availability.Unavailable) ask(type)).reason();
  }

  private Availability ask(String type) {
    return new LaunchdProvider(system, "launchctl", Path.of("/d"), Patience.of(Duration.ofSeconds(1)), () -> isRoot).availability(type,
        new ManagerContext(ContractMachine.COLONY, machine, Firewall.NONE, Clock.systemUTC(), Path.of("/n"), Path.of("/h"),
            Progress.SILENT));
  }

  private static String gui() {
    return "launchctl print gui/" + Rights.uid();
  }

  private static String user() {
    return "launchctl print user/" + Rights.uid();
  }

  private static CommandResult answer(int exitCode, String stdout, String stderr) {
    return new CommandResult(Command.of("x"), exitCode, stdout, stderr, Duration.ZERO, false);
  }

  /** A machine of which we say what programs it has and what they answer. */
  private static final class Scripted implements CommandRunner {
    final Set<String> programs = new HashSet<>(List.of("launchctl", "sudo"));
    final Map<String, CommandResult> answers = new HashMap<>(Map.of(
        gui(), answer(0, "gui = {\n}\n", ""), user(), answer(0, "user = {\n}\n", ""),
        "getent passwd ant", answer(0, "ant:x:998:997::/home/ant:/usr/sbin/nologin\n", ""),
        "dscacheutil -q user -a name ant", answer(0, "name: ant\nuid: 998\ngid: 20\ndir: /Users/ant\n", "")));

    @Override
    public CommandResult run(Command command) throws WrapperFailedException {
      assertThat(answers).containsKey(command.toString());
      CommandResult answer = answers.get(command.toString());
      return new CommandResult(command, answer.exitCode(), answer.stdout(), answer.stderr(), answer.took(), answer.timedOut())
          .unwrapped();
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new AssertionError("nothing is to be started: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return Optional.of(Path.of("/bin", program)).filter(path -> programs.contains(program));
    }
  }
}
