package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.Version;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks antnode binaries what they are. Copies keep the size and the age of what they were copied from, and files of one size
 * and age are asked once.
 */
public final class Binaries {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  /** First line of {@code antnode --version}: {@code Autonomi Node v0.4.17}. */
  private static final Pattern VERSION = Pattern.compile("\\bv(\\d\\S*)");
  /** The argument for that. */
  public static final String STOP_ON_UPGRADE = "--stop-on-upgrade";
  private static final Pattern IN_HELP = Pattern.compile(STOP_ON_UPGRADE + "\\b");

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
   * The version of a binary, asked as the account of its node; empty when it names none, as nightly builds do.
   *
   * @throws CommandFailedException when it cannot be run here
   */
  public Optional<Version> version(Path binary, String user) throws CommandFailedException {
    Matcher matcher = VERSION.matcher(ask(binary, user, "--version").lines().findFirst().orElse(""));
    return matcher.find() ? Version.parse(matcher.group(1)) : Optional.empty();
  }

  /**
   * The node with the argument that makes it end once it has upgraded itself, so that whoever runs it starts it again, and
   * no successor is left that nobody knows. Binaries that do not know the argument refuse it: those are asked first.
   *
   * @throws CommandFailedException when its binary cannot be run here
   */
  public NodeSpec stoppingOnUpgrade(NodeSpec node) throws CommandFailedException {
    if (node.startArgs().contains(STOP_ON_UPGRADE) || !knowsStopOnUpgrade(node.binary(), node.user())) {
      return node;
    }
    List<String> more = new ArrayList<>(node.startArgs());
    more.add(STOP_ON_UPGRADE);
    return node.withStartArgs(more);
  }

  /**
   * Whether a binary knows to end once it has upgraded itself, instead of starting its own successor.
   *
   * @throws CommandFailedException when it cannot be run here
   */
  public boolean knowsStopOnUpgrade(Path binary, String user) throws CommandFailedException {
    return IN_HELP.matcher(ask(binary, user, "--help")).find();
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
