package dev.wnm.managers.support;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The command line of a node, read back.
 *
 * @param argv the program and its arguments; an interpreter and an option of its own may come before the program
 */
public record NodeArguments(List<String> argv) {
  /** A script's interpreter comes first, then at most one option of it, then the script. */
  private static final int WORDS_OF_A_PROGRAM = 3;

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

  public Optional<Path> path(String flag) {
    return value(flag).flatMap(NodeArguments::toPath).filter(Path::isAbsolute);
  }

  public OptionalInt port(String flag) {
    return value(flag).filter(text -> text.matches("[0-9]{1,5}")).map(Integer::parseInt)
        .map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** The port of a value {@code IP:PORT}. */
  public OptionalInt socketPort(String flag) {
    return value(flag).map(socket -> new NodeArguments(List.of("", flag, socket.substring(socket.lastIndexOf(':') + 1))))
        .map(port -> port.port(flag)).orElse(OptionalInt.empty());
  }

  /** The EVM network word. */
  public Optional<String> network() {
    return argv.stream().skip(1).filter(word -> word.startsWith("evm-")).findFirst();
  }

  /** The words that can name the program: the first ones, before any of antnode's own. */
  public Stream<Path> programs() {
    return argv.stream().limit(WORDS_OF_A_PROGRAM).takeWhile(word -> !word.startsWith("--root-dir")).flatMap(word -> toPath(word).stream());
  }

  /** The antnode that is run. */
  public Optional<Path> binary() {
    return programs().filter(path -> path.isAbsolute() && path.getFileName() != null
        && path.getFileName().toString().startsWith("antnode")).findFirst();
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
