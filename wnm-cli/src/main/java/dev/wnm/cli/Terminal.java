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

/**
 * The terminals that standard output and standard error are, if they are, and where answers come from. Each is looked at when it is needed,
 * and not before.
 */
final class Terminal {
  /** None: pipes or files. */
  static final Terminal NONE = new Terminal(Optional.empty(), runner -> Screen.NONE, runner -> Optional.empty());

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  /** Of a terminal that does not say. */
  private static final int USUAL_WIDTH = 80;

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\s*[0-9]+ ([0-9]{1,5})\\s*");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** That of this process; empty where its streams do not matter. */
  private final Optional<OperatingSystem> os;
  private final Function<CommandRunner, Screen> screen;
  private final Function<CommandRunner, Optional<Canvas>> canvas;

  private Terminal(Optional<OperatingSystem> os, Function<CommandRunner, Screen> screen, Function<CommandRunner, Optional<Canvas>> canvas) {
    this.os = os;
    this.screen = screen;
    this.canvas = canvas;
  }

  /**
   * Where a line can be drawn again and again.
   *
   * @param width how many characters fit in it
   */
  record Canvas(StatusLine line, int width) {}

  /** Those of this process. @param errors what is written to standard error */
  static Terminal ofThisProcess(Platform platform, StatusLine errors) {
    return new Terminal(Optional.of(platform.os()), runner -> screen(platform, STDOUT, runner), runner -> {
      Screen screen = screen(platform, STDERR, runner);
      return screen.isTerminal() && !platform.environment().getOrDefault("TERM", "dumb").equals("dumb")
          ? Optional.of(new Canvas(errors, screen.width().orElse(USUAL_WIDTH))) : Optional.empty();
    });
  }

  private static Screen screen(Platform platform, int descriptor, CommandRunner runner) {
    Optional<Path> device = device(platform.os(), descriptor);
    return Screen.of(platform.environment(), device.isPresent(), () -> device.isPresent() ? width(runner, platform.os(), device.get())
        : OptionalInt.empty());
  }

  /** Whether somebody sits there who can be asked: standard input and output are both a terminal. */
  boolean canAsk() {
    return os.isPresent() && device(os.get(), STDIN).isPresent() && device(os.get(), STDOUT).isPresent();
  }

  /** What is known of standard output. @param runner asks for its width */
  Screen screen(CommandRunner runner) {
    return screen.apply(runner);
  }

  /** Where a line can be drawn on standard error; empty where that is no terminal, or one that only takes lines. */
  Optional<Canvas> canvas(CommandRunner runner) {
    return canvas.apply(runner);
  }

  /**
   * Java tells only of standard input and output together, and later versions not even that; where the system tells, it is asked. Of
   * standard error it is not known elsewhere, so that no bar gets into a file.
   */
  private static Optional<Path> device(OperatingSystem os, int descriptor) {
    Path stream = Path.of("/proc/self/fd", Integer.toString(descriptor));
    if (os == OperatingSystem.LINUX) {
      try {
        return Optional.of(Files.readSymbolicLink(stream)).filter(path -> path.toString().matches("/dev/(pts/[0-9]+|tty[A-Za-z0-9]*|console)"));
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.empty();
      }
    }
    return descriptor != STDERR && Runtime.version().feature() < 22 && System.console() != null ? Optional.of(Path.of("/dev/tty")) : Optional.empty();
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
