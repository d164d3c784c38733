package dev.wnm.testkit.manager;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs commands, but for those that an {@link Outage} of the suite lets fail. Safe to use from many threads. */
final class TroubledRunner implements CommandRunner {
  private final CommandRunner real;
  private volatile Trouble trouble = command -> Optional.empty();

  TroubledRunner(CommandRunner real) {
    this.real = real;
  }

  /** What becomes of a command instead; empty when it is to run. May throw what no runner should. */
  @FunctionalInterface
  private interface Trouble {
    Optional<CommandResult> with(Command command);
  }

  /** These commands end so, without what they were to run. */
  Outage failing(String what, Predicate<Command> which, int exitCode, String stderr) {
    return making(what, command -> which.test(command)
        ? Optional.of(new CommandResult(command, exitCode, "", stderr, Duration.ZERO, false)) : Optional.empty());
  }

  /** Whoever runs a command is thrown something at. */
  Outage throwing() {
    return making("what runs its commands throws", command -> {
      throw new IllegalStateException("thrown by the suite instead of running " + command.argv().get(0));
    });
  }

  private Outage making(String what, Trouble made) {
    return Outage.of(what, () -> trouble = made, () -> trouble = command -> Optional.empty());
  }

  @Override
  public CommandResult run(Command command) throws CommandFailedException {
    Optional<CommandResult> instead = trouble.with(command);
    return instead.isPresent() ? instead.get().unwrapped() : real.run(command);
  }

  @Override
  public Process spawn(Command command, Path log) throws CommandFailedException {
    Optional<CommandResult> instead = trouble.with(command);
    if (instead.isPresent()) {
      throw new CommandFailedException(instead.get().describe());
    }
    return real.spawn(command, log);
  }

  @Override
  public Optional<Path> find(String program) {
    return real.find(program);
  }
}
