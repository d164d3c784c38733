package dev.wnm.spi.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program and its arguments, each one a word of its own: nothing here ever passes through a shell.
 *
 * @param argv the program and its arguments, at least one word
 * @param environment variables added to (or replacing those of) wnm's own environment
 * @param input what the program reads on its stdin; empty closes it
 * @param limit how long it may run before it is killed
 * @param directory the folder it runs in, wnm's own when absent
 * @param wrappers what its first words run it through, the outermost first
 */
public record Command(List<String> argv, Map<String, String> environment, String input, Duration limit, Optional<Path> directory,
    List<Wrapper> wrappers) {
  /** The limit of a command that names none. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    wrappers = List.copyOf(wrappers);
    if (argv.isEmpty() || argv.get(0).isBlank()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit of " + argv.get(0) + " must be above zero, not " + limit);
    }
  }

  /** One that runs through nothing. */
  public Command(
      List<String> argv, Map<String, String> environment, String input, Duration limit, Optional<Path> directory) {
    this(argv, environment, input, limit, directory, List.of());
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), "", DEFAULT_LIMIT, Optional.empty());
  }

  public Command within(Duration newLimit) {
    return new Command(argv, environment, input, newLimit, directory, wrappers);
  }

  public Command with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Command(argv, more, input, limit, directory, wrappers);
  }

  public Command reading(String newInput) {
    return new Command(argv, environment, newInput, limit, directory, wrappers);
  }

  public Command in(Path newDirectory) {
    return new Command(argv, environment, input, limit, Optional.of(newDirectory), wrappers);
  }

  /** The same run as root without asking for a password. */
  public Command asRoot() {
    return through(Wrapper.SUDO, List.of("sudo", "-n", "--"));
  }

  /** The same run by another program. @param words that program and its own arguments */
  public Command through(Wrapper wrapper, List<String> words) {
    List<String> wrapped = new ArrayList<>(words);
    wrapped.addAll(argv);
    List<Wrapper> all = new ArrayList<>(List.of(wrapper));
    all.addAll(wrappers);
    return new Command(wrapped, environment, input, limit, directory, all);
  }

  /** The command line for a person to read, and for a shell: words that it would not take as they are are quoted. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (String word : argv) {
      line.append(line.length() == 0 ? "" : " ").append(Shell.argument(word));
    }
    return line.toString();
  }
}
