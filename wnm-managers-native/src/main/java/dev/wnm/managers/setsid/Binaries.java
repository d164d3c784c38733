package dev.wnm.managers.setsid;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.command.CommandResult;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
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
final class Binaries {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  /** First line of {@code antnode --version}: {@code Autonomi Node v0.4.17}. */
  private static final Pattern VERSION = Pattern.compile("\\bv(\\d\\S*)");
  private static final Pattern STOP_ON_UPGRADE = Pattern.compile("--stop-on-upgrade\\b");

  private final CommandRunner runner;
  private final Launcher launcher;
  private final Map<Question, String> answers = new ConcurrentHashMap<>();

  Binaries(CommandRunner runner, Launcher launcher) {
    this.runner = runner;
    this.launcher = launcher;
  }

  /**
   * The version of a binary, asked as the account of its node; empty when it names none, as nightly builds do.
   *
   * @throws CommandFailedException when it cannot be run here
   */
  Optional<Version> version(Path binary, String user) throws CommandFailedException {
    Matcher matcher = VERSION.matcher(ask(binary, user, "--version").lines().findFirst().orElse(""));
    return matcher.find() ? Version.parse(matcher.group(1)) : Optional.empty();
  }

  /** Whether the binary can be told to end instead of starting its own successor; older ones refuse the flag. */
  boolean stopsOnUpgrade(Path binary, String user) throws CommandFailedException {
    return STOP_ON_UPGRADE.matcher(ask(binary, user, "--help")).find();
  }

  private String ask(Path binary, String user, String flag) throws CommandFailedException {
    Optional<Question> question = question(binary, flag);
    String known = question.map(answers::get).orElse(null);
    if (known != null) {
      return known;
    }
    CommandResult result = runner.run(
        launcher.question(user, List.of(binary.toString(), flag)).within(LIMIT)).orThrow();
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
