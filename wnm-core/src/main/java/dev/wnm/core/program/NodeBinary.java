package dev.wnm.core.program;

import dev.wnm.core.model.Release;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The binary that new and upgraded nodes get.
 *
 * @param path where it is, or would be
 * @param program which program it is
 * @param version what it says of itself, if it can be read
 * @param fingerprint what tells the binary from every other one; empty where there is none
 * @param replacesNewer whether nodes of newer versions get it, too
 */
@API(status = API.Status.STABLE)
public record NodeBinary(Path path, NodeProgram program, Optional<Version> version, String fingerprint, boolean replacesNewer) {
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(15);
  /** What a fingerprint begins with of a binary that is no file here. */
  private static final String FETCHED = "fetched|";

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

  /** One that takes the place of older versions only. */
  public NodeBinary(Path path, NodeProgram program, Optional<Version> version, String fingerprint) {
    this(path, program, version, fingerprint, false);
  }

  /** The same; nodes of newer versions get it, too, or not. */
  public NodeBinary replacingNewer(boolean too) {
    return new NodeBinary(path, program, version, fingerprint, too);
  }

  /** There is none that could be used. */
  public static NodeBinary missing(Path configured) {
    return new NodeBinary(configured, NodePrograms.usual(), Optional.empty(), "");
  }

  /** The one that a back end fetches, whatever is at the configured place. */
  public static NodeBinary fetched(Path configured, Traits traits, Optional<Version> version) {
    NodeProgram program = NodePrograms.all().stream().filter(traits::isFor).findFirst().orElseGet(NodePrograms::usual);
    return new NodeBinary(configured, program, version, FETCHED + version.map(Version::text).orElse(""));
  }

  /** Whether a back end fetches it, so that it is not at its {@code path}. */
  public boolean isFetched() {
    return fingerprint.startsWith(FETCHED);
  }

  /** Why a process manager cannot run nodes of it, in a sentence; empty when it can. @param manager its type */
  public Optional<String> unfitFor(String manager, Traits traits) {
    return traits.isFor(program) ? Optional.empty() : Optional.of("--antnode_path " + path + " is " + program.title()
        + ", which " + manager + " cannot run: it knows " + String.join(", ", traits.programs()) + " only");
  }

  /**
   * Where a binary of a program is put, so that {@link #locate} finds it: at the configured place, unless its name is that of another
   * program; then beside that.
   */
  public static Path placeFor(Path configured, NodeProgram program) {
    boolean isAnothers = NodePrograms.all().stream()
        .anyMatch(other -> !other.name().equals(program.name()) && configured.endsWith(other.name()));
    return isAnothers ? configured.resolveSibling(program.name()) : configured;
  }

  /** What it is, where its version is known. */
  public Optional<Release> release() {
    return version.map(this::release);
  }

  /** Another version of it that was to take the places that it takes. */
  public Release release(Version other) {
    return new Release(program, other, replacesNewer);
  }

  /**
   * Finds it: the configured file, else a program that lies where that would, else the first program on the PATH; the newest
   * program first.
   *
   * @throws UnusableException when there is none or the file cannot be executed
   */
  public static Path locate(Path configured, CommandRunner runner) throws UnusableException {
    Path path = configured;
    if (!Files.exists(configured)) {
      List<NodeProgram> newestFirst = new ArrayList<>(NodePrograms.all());
      Collections.reverse(newestFirst);
      path = newestFirst.stream().map(program -> configured.resolveSibling(program.name())).filter(Files::isRegularFile).findFirst()
          .or(() -> newestFirst.stream().flatMap(program -> runner.find(program.name()).stream()).findFirst())
          .orElseThrow(() -> new UnusableException("the node program is missing: there is no " + configured
              + " (--antnode_path), and no " + names(newestFirst) + " beside it or on the PATH; wnm --fetch_node latest gets it"));
    }
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new UnusableException("--antnode_path " + path + " is not an executable file");
    }
    return path;
  }

  /**
   * Asks a file what it is.
   *
   * @throws UnusableException when it cannot be run or is no node program
   */
  public static NodeBinary ask(Path path, CommandRunner runner) throws UnusableException {
    try {
      String printed = runner.run(Command.of(path.toString(), "--version").within(VERSION_LIMIT)).orThrow().stdout();
      for (NodeProgram program : NodePrograms.all()) {
        Optional<NodeProgram.Identified> identified = program.identify(printed);
        if (identified.isPresent()) {
          return new NodeBinary(path, program, identified.get().version(), fingerprint(path));
        }
      }
      throw new UnusableException("--antnode_path " + path + " is not " + names(NodePrograms.all()) + ": its --version says '"
          + printed.lines().findFirst().orElse("") + "'");
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

  private static String names(List<NodeProgram> programs) {
    return programs.stream().map(NodeProgram::name).collect(Collectors.joining(" or "));
  }
}
