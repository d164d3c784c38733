package dev.wnm.core.program;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * The antnode that new and upgraded nodes get.
 *
 * @param path where it is, or would be
 * @param version what it says of itself, if it can be read
 * @param fingerprint what tells the binary from every other one; empty where there is none
 */
@API(status = API.Status.STABLE)
public record Antnode(Path path, Optional<Version> version, String fingerprint) {
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(15);
  private static final Pattern VERSION_LINE = Pattern.compile("(?m)^Autonomi Node v(\\S+)");

  /** There is none, or it does not run; the message is one sentence. */
  public static final class UnusableException extends Exception {
    UnusableException(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /** There is none that could be used. */
  public static Antnode missing(Path configured) {
    return new Antnode(configured, Optional.empty(), "");
  }

  /** The one that a back end fetches, whatever is at the configured place. */
  public static Antnode fetched(Path configured, Optional<Version> version) {
    return new Antnode(configured, version, "fetched|" + version.map(Version::text).orElse(""));
  }

  /**
   * Finds it: the configured file, else the first {@code antnode} on the PATH.
   *
   * @throws UnusableException when neither is there or the file cannot be executed
   */
  public static Path locate(Path configured, CommandRunner runner) throws UnusableException {
    Path path = configured;
    if (!Files.exists(configured)) {
      path = runner.find("antnode").orElseThrow(() -> new UnusableException("antnode is missing: there is no "
          + configured + " (--antnode_path) and none on the PATH"));
    }
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new UnusableException("--antnode_path " + path + " is not an executable file");
    }
    return path;
  }

  /**
   * Asks a file for its version.
   *
   * @throws UnusableException when it cannot be run or is no antnode
   */
  public static Antnode ask(Path path, CommandRunner runner) throws UnusableException {
    try {
      String printed = runner.run(Command.of(path.toString(), "--version").within(VERSION_LIMIT)).orThrow().stdout();
      if (!printed.startsWith("Autonomi Node")) {
        throw new UnusableException("--antnode_path " + path + " is not antnode: its --version says '"
            + printed.lines().findFirst().orElse("") + "'");
      }
      Matcher line = VERSION_LINE.matcher(printed);
      return new Antnode(path, line.find() ? Version.parse(line.group(1)) : Optional.empty(), fingerprint(path));
    } catch (IOException e) {
      throw new UnusableException("--antnode_path " + path + " cannot be read: " + e);
    } catch (CommandFailedException e) {
      throw new UnusableException("--antnode_path " + path + " cannot be run: " + e.getMessage());
    }
  }

  /** What identifies a file without running it: a real antnode takes a while to say its version, since it hashes itself. */
  public static String fingerprint(Path path) throws IOException {
    Path real = path.toRealPath();
    return real + "|" + Files.size(real) + "|" + Files.getLastModifiedTime(real).toMillis();
  }
}
