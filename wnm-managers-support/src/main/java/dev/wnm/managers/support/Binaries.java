package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Asks binaries of node programs what they are. Copies keep the size and the age of what they were copied from, and files of one size
 * and age are asked once.
 */
public final class Binaries {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Asker asker;
  private final Map<Question, String> answers = new ConcurrentHashMap<>();

  /** Asks on this machine, as the accounts of the nodes. */
  public Binaries(CommandRunner runner, Rights rights) {
    this((binary, user, flag) -> runner.run(
        rights.question(user, List.of(binary.toString(), flag)).within(LIMIT)).orThrow());
  }

  /** Asks elsewhere, for nodes that run elsewhere. */
  public Binaries(Asker asker) {
    this.asker = asker;
  }

  /** Runs a binary with a flag that makes it answer and end. */
  @FunctionalInterface
  public interface Asker {
    /** @throws CommandFailedException when the binary cannot be run, or fails */
    CommandResult ask(Path binary, String user, String flag) throws CommandFailedException;
  }

  /**
   * The version of a binary, asked as the account of its node; empty when it names none, as nightly builds do, or is no node
   * program that wnm knows.
   *
   * @throws CommandFailedException when it cannot be run here
   */
  public Optional<Version> version(Path binary, String user) throws CommandFailedException {
    String printed = ask(binary, user, "--version");
    return NodePrograms.all().stream().flatMap(program -> program.identify(printed).stream()).findFirst()
        .flatMap(NodeProgram.Identified::version);
  }

  /**
   * The node with those flags that only some releases of its program know, as far as its binary does: the others refuse to start
   * with them, so that each is asked first.
   *
   * @throws CommandFailedException when its binary cannot be run here
   */
  public NodeSpec withKnownFlags(NodeSpec node) throws CommandFailedException {
    List<String> more = new ArrayList<>(node.startArgs());
    for (String flag : node.program().flagsOfSomeReleases()) {
      if (!more.contains(flag) && knows(node.binary(), node.user(), flag)) {
        more.add(flag);
      }
    }
    return node.withStartArgs(more);
  }

  private boolean knows(Path binary, String user, String flag) throws CommandFailedException {
    return Pattern.compile(Pattern.quote(flag) + "\\b").matcher(ask(binary, user, "--help")).find();
  }

  private String ask(Path binary, String user, String flag) throws CommandFailedException {
    Optional<Question> question = question(binary, flag);
    String known = question.map(answers::get).orElse(null);
    if (known != null) {
      return known;
    }
    CommandResult result = asker.ask(binary, user, flag);
    question.ifPresent(asked -> answers.put(asked, result.stdout()));
    return result.stdout();
  }

  private record Question(long size, FileTime writtenAt, String flag) {}

  private static Optional<Question> question(Path binary, String flag) {
    try {
      return Optional.of(new Question(Files.size(binary), Files.getLastModifiedTime(binary), flag));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
