package dev.wnm.spi.command;

import java.nio.file.Path;
import java.util.Optional;

/** Runs programs. Safe to use from many threads at once. Tests put a scripted one in its place. */
public interface CommandRunner {
  /**
   * Runs a program to its end and returns how it ended, also when it failed or was killed at its limit. It
   * speaks the language of the C locale, without colours.
   *
   * @return the result of the program itself, whatever {@linkplain Command#wrappers it runs through}
   * @throws CommandFailedException when it could not be started at all, or what was to run it failed
   *     ({@link WrapperFailedException}): then nothing is known of it
   */
  CommandResult run(Command command) throws CommandFailedException;

  /**
   * The same of a program that may print anything: of each of its outputs no more than the end is kept.
   *
   * @param mostBytes how much that is; a runner that keeps all hands over all
   */
  default CommandResult runKeeping(int mostBytes, Command command) throws CommandFailedException {
    return run(command);
  }

  /**
   * Starts a program that outlives wnm: stdin closed, both outputs appended to {@code log}, the command's environment
   * <em>replacing</em> wnm's own, its limit ignored.
   *
   * @return its process, which ends when the program does and never because wnm does
   * @throws CommandFailedException when it could not be started
   */
  Process spawn(Command command, Path log) throws CommandFailedException;

  /** Where a program of this name is found on the PATH, if it is. */
  Optional<Path> find(String program);
}
