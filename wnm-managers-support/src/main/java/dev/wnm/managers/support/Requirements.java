package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.WrapperFailedException;

/**
 * What a back end needs of the machine; each method throws a sentence that says what is missing and how to get it.
 *
 * @param runner finds and runs programs
 */
public record Requirements(CommandRunner runner) {
  /** The account of nodes unless their rows name another. */

  /** A program on the PATH. @param debianPackage what brings it */
  public void program(String program, String debianPackage) throws CommandFailedException {
    if (runner.find(program).isEmpty()) {
      throw new CommandFailedException(
          "the program '" + program + "' is not on the PATH; install it (Debian's package " + debianPackage + ")");
    }
  }

  /**
   * Sudo without a password, where wnm is not root.
   *
   * @param harmless a command that changes nothing and that sudo must allow
   * @param sudoers how to allow it, for the end of the sentence
   */
  public void sudo(Command harmless, String sudoers) throws CommandFailedException {
    program("sudo", "sudo");
    try {
      runner.run(harmless.asRoot()).orThrow();
    } catch (WrapperFailedException e) {
      throw new CommandFailedException("sudo refuses to work without a password (" + e.said()
          + "); run wnm as root, or " + sudoers);
    }
  }

  /** The account that nodes of a system-wide mode run as. */
  public void accountOfNodes() throws CommandFailedException {
    new Accounts(runner).of(Account.OF_NODES);
  }
}
