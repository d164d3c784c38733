package dev.wnm.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.Wrapper;
import dev.wnm.spi.command.WrapperFailedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrapperTest {
  private static final Command ASKED = Command.of("launchctl", "print", "x").asRoot();

  @ParameterizedTest
  @ValueSource(strings = {
      "sudo: a password is required",
      "sudo: find: command not found",
      "sudo: unable to stat /etc/sudoers: No such file or directory",
      "sudo: The \"no new privileges\" flag is set, which prevents sudo from running as root.",
      "sudo: unable to resolve host box: Name or service not known\nsudo: a password is required",
      "sudo: account validation failure, is your account locked?",
      "sudo-rs: interactive authentication is required",
      "Sorry, user ada is not allowed to execute '/usr/bin/find' as root on box.",
      "ada is not in the sudoers file.",
      "ada is not allowed to run sudo on box."})
  void whatSudoSaysOfItselfIsNoAnswerOfTheProgram(String said) {
    assertThatThrownBy(() -> ended(1, said).unwrapped())
        .isInstanceOfSatisfying(WrapperFailedException.class, failed -> assertThat(failed.said()).isEqualTo(said))
        .hasMessageStartingWith("sudo failed, so that nothing is known of what it was to run: sudo -n -- launchctl print x: exit 1")
        .hasMessageContaining(said.replace('\n', ' '));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Could not find service", "sudo: unable to resolve host box: Name or service not known",
      "find: 'sudo: x': No such file or directory"})
  void theProgramsOwnFailureStaysItsAnswer(String said) {
    assertThatCode(() -> assertThat(ended(1, said).unwrapped().exitCode()).isEqualTo(1)).doesNotThrowAnyException();
  }

  @Test
  void otherExitCodesAreTheProgramsOwn() throws CommandFailedException {
    for (int code : List.of(0, 3, 36, 113, 125)) {
      assertThat(ended(code, "sudo: said by the program").unwrapped().exitCode()).isEqualTo(code);
    }
  }

  @Test
  void theOutermostWrapperIsLookedAtFirst() {
    Command command = Command.of("a").through(failing("inner"), List.of("b")).through(failing("outer"), List.of("c", "d"));

    assertThat(command.argv()).containsExactly("c", "d", "b", "a");
    assertThatThrownBy(() -> new ProcessCommandRunner().run(Command.of("true").through(failing("inner"), List.of("env"))
        .through(failing("outer"), List.of("env")))).hasMessage("outer");
  }

  private static Wrapper failing(String name) {
    return result -> {
      throw new WrapperFailedException(name);
    };
  }

  private static CommandResult ended(int code, String stderr) {
    return new CommandResult(ASKED, code, "", stderr, Duration.ZERO, false);
  }
}
