package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.WrapperFailedException;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the real sudo says of itself is never taken for an answer of the program behind it. */
class RealSudoTest {
  private final ProcessCommandRunner runner = new ProcessCommandRunner();
  private TestContainer machine;

  @BeforeEach
  void start() {
    machine = TestContainer.start(ContainerOptions.idle(TestImages.systemdHost()));
  }

  @AfterEach
  void end() {
    machine.close();
  }

  @Test
  void whoeverMayNothingGetsNoAnswer() {
    assertNoAnswer("a password is required", "false");
  }

  @Test
  void ofAListOfProgramsOnlyThoseAnswer() throws CommandFailedException {
    allow("/usr/bin/false, /usr/bin/find");

    assertThat(asRoot("false").exitCode()).isEqualTo(1);
    assertThat(asRoot("find", "/root", "-maxdepth", "0", "-printf", "%p").stdout()).isEqualTo("/root");
    CommandResult nothingThere = asRoot("find", "/no/such/folder");
    assertThat(nothingThere.exitCode()).isEqualTo(1);
    assertThat(nothingThere.stderr()).contains("No such file or directory");
    assertNoAnswer("a password is required", "cat", "/etc/shadow");
  }

  @Test
  void aProgramThatIsNotThereGivesNoAnswer() {
    allow("ALL");
    assertNoAnswer("command not found", "no-such-program");
  }

  @Test
  void anAccountThatHasExpiredGetsNoAnswer() {
    allow("ALL");
    machine.exec("chage", "-E", "0", ImageRecipe.OPERATOR);
    assertNoAnswer("account validation failure", "true");
  }

  @Test
  void aSudoThatIsBrokenGivesNoAnswer() {
    allow("ALL");
    machine.exec("chown", ImageRecipe.OPERATOR, "/etc/sudoers");
    assertNoAnswer("sudoers", "true");
  }

  private void allow(String programs) {
    machine.exec("sh", "-c", "echo \"$1\" >/etc/sudoers.d/operator", "sh",
        ImageRecipe.OPERATOR + " ALL=(root) NOPASSWD: " + programs);
  }

  private void assertNoAnswer(String words, String... program) {
    assertThatThrownBy(() -> asRoot(program)).isInstanceOf(WrapperFailedException.class)
        .hasMessageContainingAll("nothing is known of what it was to run", words);
  }

  /** As the operator on that machine would run it, with the locale that the runner sets. */
  private CommandResult asRoot(String... program) throws CommandFailedException {
    Command command = Command.of(program).asRoot();
    List<String> words = new ArrayList<>(
        List.of("docker", "exec", "--env", "LC_ALL=C", "--user", ImageRecipe.OPERATOR, machine.name()));
    words.addAll(command.argv());
    CommandResult result = runner.run(Command.of(words));
    return new CommandResult(command, result.exitCode(), result.stdout(), result.stderr(), result.took(), false).unwrapped();
  }
}
