package dev.wnm.managers.setsid;

import static org.assertj.core.api.Assertions.assertThat;

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

class SetsidProviderTest {
  private final Scripted machine = new Scripted();
  private boolean isRoot = true;

  @Test
  void itIsFoundAsAService() {
    assertThat(ServiceLoader.load(ProcessManagerProvider.class)).hasAtLeastOneElementOfType(SetsidProvider.class);
    assertThat(new SetsidProvider().types()).extracting(ManagerType::name).containsExactly("setsid+user", "setsid+sudo");
  }

  @Test
  void aMachineWithEverythingIsFineForBothModes() {
    assertThat(ask("setsid+user")).isInstanceOf(Availability.Available.class);
    assertThat(ask("setsid+sudo")).isInstanceOf(Availability.Available.class);
  }

  @Test
  void aMissingProgramIsNamedWithThePackageThatHasIt() {
    machine.programs.remove("setsid");
    assertThat(reason("setsid+user")).contains("'setsid' is not on the PATH", "util-linux");
  }

  @Test
  void theAccountOfNodesMustExist() {
    machine.answers.put("getent passwd ant", new Answer(2, "", ""));

    assertThat(reason("setsid+sudo")).contains("there is no account 'ant'", "useradd");
    assertThat(ask("setsid+user")).isInstanceOf(Availability.Available.class);
  }

  @Test
  void withoutBeingRootSudoMustWorkWithoutAPassword() {
    isRoot = false;
    machine.answers.put("sudo -n -- true", new Answer(1, "", "sudo: a password is required\n"));
    assertThat(reason("setsid+sudo")).contains("sudo refuses", "a password is required", "NOPASSWD");

    machine.programs.remove("sudo");
    assertThat(reason("setsid+sudo")).contains("'sudo' is not on the PATH");

    machine.programs.add("sudo");
    machine.answers.put("sudo -n -- true", new Answer(0, "", ""));
    assertThat(ask("setsid+sudo")).isInstanceOf(Availability.Available.class);
  }

  private String reason(String type) {
    assertThat(ask(type)).isInstanceOf(Availability.Unavailable.class);
    return ((Availability.Unavailable) ask(type)).reason();
  }

  private Availability ask(String type) {
    return new SetsidProvider(Setup.GRACES, Map.of(), () -> isRoot).availability(type, new ManagerContext(ContractMachine.COLONY, machine, Firewall.NONE, Clock.systemUTC(),
        Path.of("/n"), Path.of("/h"), Progress.SILENT));
  }

  private record Answer(int exitCode, String stdout, String stderr) {}

  /** A machine of which we say what programs it has and what they answer. */
  private static final class Scripted implements CommandRunner {
    final Set<String> programs = new HashSet<>(List.of("setsid", "setpriv", "sudo"));
    final Map<String, Answer> answers = new HashMap<>(Map.of(
        "getent passwd ant", new Answer(0, "ant:x:998:997::/home/ant:/usr/sbin/nologin\n", "")));

    @Override
    public CommandResult run(Command command) throws WrapperFailedException {
      Answer answer = answers.get(command.toString());
      assertThat(answer).as("an answer to: %s", command).isNotNull();
      return new CommandResult(command, answer.exitCode(), answer.stdout(), answer.stderr(), Duration.ZERO, false).unwrapped();
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new AssertionError("nothing is to be started: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return Optional.of(Path.of("/usr/bin", program)).filter(path -> programs.contains(program));
    }
  }
}
