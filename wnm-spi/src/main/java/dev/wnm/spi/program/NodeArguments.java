package dev.wnm.spi.program;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The command line of a node, read back. Which program's it is, its binary's name tells; one that is called otherwise is read as the
 * usual program's.
 *
 * @param argv the program and its arguments; an interpreter and an option of its own may come before the program
 */
public record NodeArguments(List<String> argv) {
  /** A script's interpreter comes first, then at most one option of it, then the script. */
  private static final int WORDS_OF_A_PROGRAM = 3;

  public NodeArguments {
    argv = List.copyOf(argv);
  }

  /** The program that is run; empty when the words name none that is known. */
  public Optional<NodeProgram> program() {
    return binary().flatMap(NodePrograms::ofFile);
  }

  /** The flags that it is read by. */
  public NodeFlags flags() {
    return program().orElseGet(NodePrograms::usual).flags();
  }

  /** The data folder. */
  public Optional<Path> rootDir() {
    return path(flags().rootDir());
  }

  public Optional<Path> logDir() {
    return path(flags().logDir());
  }

  public OptionalInt nodePort() {
    return port(flags().port());
  }

  public OptionalInt metricsPort() {
    return flags().metricsPort().map(this::port).orElse(OptionalInt.empty());
  }

  public OptionalInt rpcPort() {
    return flags().rpc().map(this::socketPort).orElse(OptionalInt.empty());
  }

  public OptionalInt browserPort() {
    return flags().browserPort().map(this::port).orElse(OptionalInt.empty());
  }

  public Optional<String> wallet() {
    return value(flags().wallet());
  }

  /** The EVM network word. */
  public Optional<String> network() {
    return program().orElseGet(NodePrograms::usual).networkIn(argv.stream().skip(1).toList());
  }

  /** The value of {@code flag VALUE} or {@code flag=VALUE}. */
  public Optional<String> value(String flag) {
    for (int i = 1; i < argv.size(); i++) {
      String word = argv.get(i);
      if (word.startsWith(flag + "=")) {
        return Optional.of(word.substring(flag.length() + 1));
      }
      if (word.equals(flag) && i + 1 < argv.size()) {
        return Optional.of(argv.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private Optional<Path> path(String flag) {
    return value(flag).flatMap(NodeArguments::toPath).filter(Path::isAbsolute);
  }

  private OptionalInt port(String flag) {
    return value(flag).map(NodeArguments::number).orElse(OptionalInt.empty());
  }

  /** The port of a value {@code IP:PORT}. */
  private OptionalInt socketPort(String flag) {
    return value(flag).map(socket -> number(socket.substring(socket.lastIndexOf(':') + 1))).orElse(OptionalInt.empty());
  }

  private static OptionalInt number(String text) {
    // 0 is a wish for any port, which says nothing of the one that it got.
    return text.matches("0*[1-9][0-9]{0,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  /** The words that can name the program: the first ones, before any of the node's own. */
  public Stream<Path> programs() {
    return argv.stream().limit(WORDS_OF_A_PROGRAM).takeWhile(word -> !word.startsWith("--")).flatMap(word -> toPath(word).stream());
  }

  /** The node program that is run: a file that is called as one. */
  public Optional<Path> binary() {
    return programs().filter(path -> path.isAbsolute() && NodePrograms.ofFile(path).isPresent()).findFirst();
  }

  /** Another process may have any bytes among its arguments, also such that are no path here. */
  private static Optional<Path> toPath(String word) {
    try {
      return Optional.of(Path.of(word).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
