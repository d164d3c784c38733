package dev.wnm.managers.antctl;

import static dev.wnm.managers.antctl.AntctlBench.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.Executables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AntctlProviderTest extends AntctlTest {
  @Test
  void itIsFoundByEveryoneWhoLooksForProcessManagers() {
    assertThat(ServiceLoader.load(ProcessManagerProvider.class).stream().flatMap(found -> found.get().types().stream()))
        .extracting(ManagerType::name).contains("antctl+sudo", "antctl+user", "antctl+zen");
  }

  @Test
  void itSaysWhichAntctlItFound() {
    assertThat(availability("antctl+user", new ProcessCommandRunner()))
        .isEqualTo(new Availability.Available("antctl 0.14.2"));
  }

  @Test
  void aMissingAntctlIsSaidWithHowToGetOne() {
    bench.settings.put("antctl_path", folder.resolve("nowhere/antctl").toString());
    assertThat(refusal(availability("antctl+user", without("antctl")))).contains("antctl is missing",
        folder.resolve("nowhere/antctl").toString(), "--antctl_path", "antup antctl");
  }

  @Test
  void anAntctlOnThePathServesWhenTheConfiguredFileIsNotThere() {
    bench.settings.put("antctl_path", folder.resolve("nowhere/antctl").toString());
    CommandRunner runner = new Wrapped() {
      @Override
      public Optional<Path> find(String program) {
        return program.equals("antctl") ? Optional.of(bench.antctl) : super.find(program);
      }
    };
    assertThat(availability("antctl+user", runner)).isEqualTo(new Availability.Available("antctl 0.14.2"));
  }

  @Test
  void aProgramThatIsNotAntctlIsSaid() throws Exception {
    Path other = Executables.write(folder.resolve("other"), "#!/bin/sh\necho Usage: other\n");
    bench.settings.put("antctl_path", other.toString());
    assertThat(refusal(availability("antctl+user", new ProcessCommandRunner()))).contains(other + " is not antctl", "Usage: other");
  }

  @Test
  void aMissingFlockIsSaidWithItsPackage() {
    assertThat(refusal(availability("antctl+user", without("flock")))).contains("flock", "util-linux");
  }

  @Test
  void containersNeedDockerAndNoAntctlHere() {
    bench.settings.put("antctl_path", folder.resolve("nowhere/antctl").toString());
    bench.settings.put("antctl_containers", "c1");
    assertThat(refusal(availability("antctl+user", without("docker")))).contains("--antctl_containers needs docker", "--docker_path");
  }

  @Test
  void aSudoThatRefusesIsSaidWithTheLineForSudoers() {
    CommandRunner refusing = new ThroughSudo(false);
    assertThat(refusal(new AntctlProvider(this::operator, Limits.DEFAULT).availability("antctl+sudo", context(refusing))))
        .contains("a password is required", "sudoers", "ada ALL=(root) NOPASSWD: " + bench.antctl + ", /",
            "/install -D -m 0644 /dev/null " + bench.registry().resolveSibling(Guard.LOCK_FILE), "systemctl daemon-reload");
  }

  @Test
  void withoutBeingRootAntctlIsCalledThroughSudoAndNothingElseIs() throws Exception {
    ThroughSudo sudo = new ThroughSudo(true);
    ManagerContext context = context(sudo);
    AntctlManager manager = (AntctlManager) new AntctlProvider(this::operator, Limits.DEFAULT).create("antctl+sudo", context);
    NodeSpec asked = bench.ask(1);

    done(manager.create(asked));

    assertThat(sudo.asked).isNotEmpty().allSatisfy(words -> assertThat(Path.of(words.get(0)).getFileName().toString()).isIn("antctl", "install"));
    assertThat(bench.registry()).exists();
    assertThat(manager.reservedPorts()).contains(asked.ports().metrics().orElseThrow());
  }

  private Host operator() {
    return new Host(1000, "ada", Map.of(), Optional.of(bench.registry().getParent()));
  }

  private Availability availability(String type, CommandRunner runner) {
    return new OnThisMachine().availability(type, context(runner));
  }

  private ManagerContext context(CommandRunner runner) {
    return bench.context().with(runner);
  }

  private static String refusal(Availability availability) {
    assertThat(availability).isInstanceOf(Availability.Unavailable.class);
    return ((Availability.Unavailable) availability).reason();
  }

  private static CommandRunner without(String program) {
    return new Wrapped() {
      @Override
      public Optional<Path> find(String name) {
        return Path.of(name).getFileName().toString().equals(program) ? Optional.empty() : super.find(name);
      }
    };
  }

  /** The real runner, to be changed in part. */
  private static class Wrapped implements CommandRunner {
    private final CommandRunner real = new ProcessCommandRunner();

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      return real.run(command);
    }

    @Override
    public Process spawn(Command command, Path log) throws CommandFailedException {
      return real.spawn(command, log);
    }

    @Override
    public Optional<Path> find(String program) {
      return real.find(program);
    }
  }

  /** Does what sudo would: lets a command through as root, or asks for the password that nobody can give. */
  private static final class ThroughSudo extends Wrapped {
    private final boolean lets;
    private final List<List<String>> asked = new ArrayList<>();

    ThroughSudo(boolean lets) {
      this.lets = lets;
    }

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      int sudo = command.argv().indexOf("sudo");
      if (sudo < 0) {
        return super.run(command);
      }
      assertThat(command.argv().get(sudo + 1)).isEqualTo("-n");
      int separator = command.argv().indexOf("--");
      List<String> words = command.argv().subList(separator + 1, command.argv().size());
      asked.add(words);
      if (!lets) {
        return new CommandResult(command, 1, "", "sudo: a password is required\n", Duration.ZERO, false).unwrapped();
      }
      List<String> argv = new ArrayList<>(command.argv().subList(0, sudo));
      argv.addAll(words);
      return super.run(new Command(argv, command.environment(), "", command.limit(), Optional.empty()));
    }
  }
}
