package dev.wnm.testkit.docker;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.Pace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The Docker Engine of this machine, which answers. Safe to use from many threads.
 *
 * <p>It is started here rather than by {@code prepare-machine}, which only installs it: a test that is run on its own, or
 * after a reboot, needs it just as well, and where Debian's package or the operator started it already nothing is to do.
 */
public final class DockerEngine {
  /**
   * What tests that run side by side lock ({@code @ResourceLock}): whoever uses the engine for reading, so that they do not
   * keep each other waiting, and whoever {@linkplain #restart restarts} it for writing.
   */
  public static final String RESOURCE = "dev.wnm.testkit.docker.DockerEngine";

  /** What an engine that was started here writes. */
  static final Path LOG = Path.of("/var/log/wnm-test-dockerd.log");

  private static final Duration ANSWER_LIMIT = Pace.stretched(Duration.ofSeconds(15));
  private static final Duration START_LIMIT = Pace.stretched(Duration.ofSeconds(60));
  /** A dockerd that ends at once may have met another that is just starting. */
  private static final Duration OTHERS_START_LIMIT = Pace.stretched(Duration.ofSeconds(10));
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String PREPARE = "run 'sh wnm-testkit/prepare-machine' as root, which installs it";

  private static final Path PID_FILE = Path.of("/var/run/docker.pid");
  /** A variable of the engine's environment, that tells one started by tests. */
  private static final String MARK = "WNM_TEST_ENGINE";

  private static Optional<DockerEngine> known = Optional.empty();

  private final CommandRunner runner;
  private final String version;

  private DockerEngine(CommandRunner runner, String version) {
    this.runner = runner;
    this.version = version;
  }

  /**
   * The engine. The first one that answers is used for the rest of this JVM; one that has to be started goes on after it.
   * Takes a minute and a half at most.
   *
   * @throws IllegalStateException when there is none and none can be started, with what to do about it
   */
  public static synchronized DockerEngine running() {
    if (known.isEmpty()) {
      known = Optional.of(find(new ProcessCommandRunner()));
    }
    return known.get();
  }

  /** The engine's own version, which need not be that of its client. */
  public String version() {
    return version;
  }

  /** Whether it was started by tests, so that one may {@link #restart} it. */
  public boolean isStartedByTests() {
    try {
      return pid().isPresent() && Files.readString(Path.of("/proc/" + pid().get().pid() + "/environ"), StandardCharsets.ISO_8859_1)
          .contains(MARK + "=1");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Ends the engine with all its containers and starts it again, as a reboot of the machine does.
   *
   * @throws IllegalStateException when it is not one that tests started: others may use that
   */
  public void restart() {
    if (!isStartedByTests()) {
      throw new IllegalStateException("this engine was not started by tests, which must not restart it");
    }
    ProcessHandle daemon = pid().orElseThrow();
    daemon.destroy();
    Eventually.eventually("dockerd has ended", () -> !daemon.isAlive());
    MachineLock.holding("engine", () -> start(runner));
  }

  private static Optional<ProcessHandle> pid() {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(PID_FILE).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Runs {@code docker} with some arguments and returns how that ended, also when it failed. */
  public CommandResult docker(Duration limit, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("docker"));
    argv.addAll(arguments);
    return run(runner, Command.of(argv).within(limit));
  }

  /** Runs {@code docker} and returns what it printed, without the blanks around it. */
  String must(Duration limit, String... arguments) {
    return orThrow(docker(limit, List.of(arguments))).stdout().strip();
  }

  /** Runs any program. @throws IllegalStateException when it cannot be started */
  static CommandResult run(CommandRunner runner, Command command) {
    try {
      return runner.run(command);
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** @throws IllegalStateException when it failed, with the end of both its outputs: debootstrap reports on stdout */
  static CommandResult orThrow(CommandResult result) {
    if (result.succeeded()) {
      return result;
    }
    String[] lines = result.stdout().strip().split("\n");
    throw new IllegalStateException(result.describe() + "; stdout ends: " + lines[lines.length - 1]);
  }

  static DockerEngine find(CommandRunner runner) {
    if (runner.find("docker").isEmpty()) {
      throw new IllegalStateException("there is no program 'docker' on the PATH, and this test needs Docker: " + PREPARE);
    }
    return ask(runner).orElseGet(() -> started(runner));
  }

  private static Optional<DockerEngine> ask(CommandRunner runner) {
    CommandResult answer = version(runner);
    return answer.succeeded() ? Optional.of(new DockerEngine(runner, answer.stdout().strip())) : Optional.empty();
  }

  private static CommandResult version(CommandRunner runner) {
    return run(runner, Command.of("docker", "version", "--format", "{{.Server.Version}}").within(ANSWER_LIMIT));
  }

  private static DockerEngine started(CommandRunner runner) {
    if (!isRoot()) {
      throw new IllegalStateException(
          "no Docker Engine answers, and only root can start one: start dockerd, or run the tests as root");
    }
    if (runner.find("dockerd").isEmpty()) {
      throw new IllegalStateException("no Docker Engine answers and there is no program 'dockerd' to start: " + PREPARE);
    }
    // Another JVM may have started one while this one waited for the lock.
    return MachineLock.holding("engine", () -> ask(runner).orElseGet(() -> start(runner)));
  }

  private static DockerEngine start(CommandRunner runner) {
    System.err.println("wnm-testkit: no Docker Engine answers; starting dockerd, which logs to " + LOG);
    // A session of its own, so that it goes on when Maven ends and Ctrl-C does not reach it.
    Command command = Command.of("setsid", "dockerd").with("PATH", System.getenv("PATH")).with(MARK, "1");
    Process process;
    try {
      process = runner.spawn(command, LOG);
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    long begin = System.nanoTime();
    Optional<DockerEngine> engine = ask(runner);
    while (engine.isEmpty()) {
      Duration limit = process.isAlive() ? START_LIMIT : OTHERS_START_LIMIT;
      if (System.nanoTime() - begin > limit.toNanos()) {
        String state = process.isAlive() ? "runs" : "ended with exit code " + process.exitValue();
        throw new IllegalStateException("dockerd " + state + ", and no Docker Engine answers; see " + LOG
            + ". The client says: " + version(runner).describe());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      engine = ask(runner);
    }
    return engine.get();
  }

  /** Whoever owns the folder of this process's facts is who it runs as. */
  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
