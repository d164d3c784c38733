package dev.wnm.cli;

import dev.wnm.core.config.Platform;
import dev.wnm.core.report.table.Screen;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that standard output is, if it is one, and where answers come from. It is looked at when that is needed, and not before. */
final class Terminal {
  /** None: a pipe or a file. */
  static final Terminal NONE = new Terminal(Optional.empty(), runner -> Screen.NONE);

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\s*[0-9]+ ([0-9]{1,5})\\s*");
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** That of this process; empty where its streams do not matter. */
  private final Optional<OperatingSystem> os;
  private final Function<CommandRunner, Screen> screen;

  private Terminal(Optional<OperatingSystem> os, Function<CommandRunner, Screen> screen) {
    this.os = os;
    this.screen = screen;
  }

  /** That of this process's standard output. */
  static Terminal ofThisProcess(Platform platform) {
    return new Terminal(Optional.of(platform.os()), runner -> {
      Optional<Path> device = device(platform.os(), OUTPUT);
      return Screen.of(platform.environment(), device.isPresent(), () -> device.isPresent() ? width(runner, platform.os(), device.get())
          : OptionalInt.empty());
    });
  }

  /** Whether somebody sits there who can be asked: standard input and output are both a terminal. */
  boolean canAsk() {
    return os.isPresent() && device(os.get(), INPUT).isPresent() && device(os.get(), OUTPUT).isPresent();
  }

  /** What is known of it. @param runner asks for its width */
  Screen screen(CommandRunner runner) {
    return screen.apply(runner);
  }

  /** Java tells only of standard input and output together, and later versions not even that; where the system tells, it is asked. */
  private static Optional<Path> device(OperatingSystem os, int descriptor) {
    Path stream = Path.of("/proc/self/fd", Integer.toString(descriptor));
    if (os == OperatingSystem.LINUX) {
      try {
        return Optional.of(Files.readSymbolicLink(stream)).filter(path -> path.toString().matches("/dev/(pts/[0-9]+|tty[A-Za-z0-9]*|console)"));
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.empty();
      }
    }
    return Runtime.version().feature() < 22 && System.console() != null ? Optional.of(Path.of("/dev/tty")) : Optional.empty();
  }

  /** Empty where nobody can say. */
  private static OptionalInt width(CommandRunner runner, OperatingSystem os, Path device) {
    try {
      Matcher size = ROWS_AND_COLUMNS.matcher(runner.run(
          Command.of("stty", os == OperatingSystem.LINUX ? "-F" : "-f", device.toString(), "size").within(LIMIT)).stdout());
      return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
    } catch (CommandFailedException e) {
      return OptionalInt.empty();
    }
  }
}
