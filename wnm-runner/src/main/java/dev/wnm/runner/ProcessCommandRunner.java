package dev.wnm.runner;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zeroturnaround.exec.MessageLoggers;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;

/**
 * Runs real programs.
 *
 * <p>A program that {@link #run} starts sees wnm's environment with the C locale and without colours, so that its output
 * can be read by a program, then the command's own variables. Its output is read as UTF-8; what is not valid there becomes
 * U+FFFD. At its limit it is killed with all its descendants. (Where it raised its own privileges, as {@code sudo} does,
 * the kernel may forbid that; {@code run} returns all the same.)
 */
public final class ProcessCommandRunner implements CommandRunner {
  /** How long a killed program may take to vanish before it is given up. */
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);

  private static final Map<String, String> STABLE_OUTPUT = Map.of("LC_ALL", "C", "NO_COLOR", "1", "TERM", "dumb");
  private static final Pattern ERRNO_TEXT = Pattern.compile("(?i)error=\\d+, (.*)$");

  private final String searchPath;

  /** Finds programs on this process's PATH. */
  public ProcessCommandRunner() {
    this(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin"));
  }

  ProcessCommandRunner(String searchPath) {
    this.searchPath = searchPath;
  }

  @Override
  public CommandResult run(Command command) throws CommandFailedException {
    return run(command, new ByteArrayOutputStream(), new ByteArrayOutputStream());
  }

  @Override
  public CommandResult runKeeping(int mostBytes, Command command) throws CommandFailedException {
    return run(command, new Tail(mostBytes), new Tail(mostBytes));
  }

  private static CommandResult run(Command command, ByteArrayOutputStream stdout, ByteArrayOutputStream stderr) throws CommandFailedException {
    checkProgram(command);
    checkDirectory(command);
    ProcessExecutor executor = new ProcessExecutor(command.argv())
        .environment(STABLE_OUTPUT)
        .environment(command.environment())
        .redirectErrorStream(false)
        .streams(new BoundedPumps(stdout, stderr, command.input()));
    executor.setMessageLogger(MessageLoggers.NOP);
    command.directory().map(Path::toFile).ifPresent(executor::directory);

    long begin = System.nanoTime();
    StartedProcess started;
    try {
      started = executor.start();
    } catch (IOException e) {
      throw notStarted(command, e);
    }
    Ending ending = await(command, started);
    return new CommandResult(command, ending.exitCode(), stdout.toString(StandardCharsets.UTF_8),
        stderr.toString(StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - begin), ending.timedOut()).unwrapped();
  }

  @Override
  public Process spawn(Command command, Path log) throws CommandFailedException {
    checkProgram(command);
    checkDirectory(command);
    ProcessBuilder builder = new ProcessBuilder(command.argv())
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    command.directory().map(Path::toFile).ifPresent(builder::directory);
    try {
      return builder.start();
    } catch (IOException e) {
      throw notStarted(command, e);
    }
  }

  @Override
  public Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(ProcessCommandRunner::isProgram);
    }
    return Arrays.stream(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(ProcessCommandRunner::isProgram)
        .findFirst();
  }

  private record Ending(int exitCode, boolean timedOut) {}

  private static Ending await(Command command, StartedProcess started) throws CommandFailedException {
    try {
      try {
        return new Ending(started.getFuture().get(command.limit().toNanos(), TimeUnit.NANOSECONDS).getExitValue(), false);
      } catch (TimeoutException e) {
        killTree(started.getProcess().toHandle());
        return new Ending(awaitKilled(started), true);
      }
    } catch (InterruptedException e) {
      killTree(started.getProcess().toHandle());
      Thread.currentThread().interrupt();
      throw new CommandFailedException(command + ": killed because wnm was interrupted", e);
    } catch (ExecutionException e) {
      throw new CommandFailedException(command + ": " + Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
    }
  }

  /** Its exit code, or that of a killed program when it cannot even be killed (it hangs in the kernel, or is not ours). */
  private static int awaitKilled(StartedProcess started) throws InterruptedException, ExecutionException {
    try {
      return started.getFuture().get(KILL_GRACE.toNanos(), TimeUnit.NANOSECONDS).getExitValue();
    } catch (TimeoutException e) {
      started.getFuture().cancel(true);
      return 128 + 9;
    }
  }

  /** Parents first, each after its children were listed: once a parent is dead, its orphans cannot be told from others. */
  private static void killTree(ProcessHandle root) {
    var children = root.children().toList();
    root.destroyForcibly();
    children.forEach(ProcessCommandRunner::killTree);
  }

  /** One that is named by a path, as options do; what is on root's PATH is root's own choice. */
  private static void checkProgram(Command command) throws CommandFailedException {
    String program = command.argv().get(0);
    Optional<String> problem = program.contains("/") ? Trusted.problemForRoot(Path.of(program)) : Optional.empty();
    if (problem.isPresent()) {
      throw new CommandFailedException("root does not run " + program + ": " + problem.get());
    }
  }

  /** Checked here because the system's own message would blame the program. */
  private static void checkDirectory(Command command) throws CommandFailedException {
    if (command.directory().filter(folder -> !Files.isDirectory(folder)).isPresent()) {
      throw new CommandFailedException(
          "cannot start " + command + ": its working folder " + command.directory().get() + " does not exist");
    }
  }

  private static CommandFailedException notStarted(Command command, IOException cause) {
    Matcher errno = ERRNO_TEXT.matcher(String.valueOf(cause.getMessage()).strip());
    String reason = errno.find() ? errno.group(1) : String.valueOf(cause.getMessage());
    return new CommandFailedException("cannot start " + command + ": " + reason, cause);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
