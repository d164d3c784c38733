package dev.wnm.core.firewall;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A machine with a ufw that says what a test wants, and every command that was run there. Safe to use from many threads. */
final class ScriptedUfw implements CommandRunner {
  static final Path PLACE = Path.of("/usr/sbin/ufw");

  final List<Command> commands = new ArrayList<>();
  final List<String> places = new ArrayList<>(List.of(PLACE.toString()));
  private final AtomicInteger atOnce = new AtomicInteger();
  private volatile int mostAtOnce;
  private String added = "(None)\n";
  private String status = "Status: active\n";
  private String failing = "";
  private int exitCode;
  private String stderr = "";
  private boolean hangs;

  /** The lines of {@code ufw show added}. */
  void added(String... lines) {
    added = "Added user rules (see 'ufw status' for running firewall):\n" + String.join("\n", lines) + "\n";
  }

  void status(String text) {
    status = text;
  }

  /** Commands that contain these words fail from now on. */
  void fail(String words, int code, String error) {
    failing = words;
    exitCode = code;
    stderr = error;
  }

  /** Commands that contain these words do not end from now on, until they are ended. */
  void hang(String words) {
    fail(words, 137, "");
    hangs = true;
  }

  /** Their arguments, each a line. */
  List<String> lines() {
    return commands.stream().map(command -> String.join("|", command.argv())).toList();
  }

  int mostAtOnce() {
    return mostAtOnce;
  }

  @Override
  public CommandResult run(Command command) throws CommandFailedException {
    int running = atOnce.incrementAndGet();
    synchronized (this) {
      mostAtOnce = Math.max(mostAtOnce, running);
      commands.add(command);
    }
    Thread.yield();
    atOnce.decrementAndGet();
    String words = String.join(" ", command.argv());
    if (!failing.isEmpty() && words.contains(failing)) {
      // How long it took differs from time to time, which must not be seen in a notice.
      return new CommandResult(command, exitCode, "", stderr, Duration.ofMillis(System.nanoTime() % 90_000), hangs)
          .unwrapped();
    }
    String answer = words.contains("show added") ? added : words.contains("status") ? status : "Rule added\n";
    return new CommandResult(command, 0, answer, "", Duration.ofMillis(120), false);
  }

  @Override
  public Process spawn(Command command, Path log) throws CommandFailedException {
    throw new CommandFailedException("nothing is left in the background here");
  }

  @Override
  public Optional<Path> find(String program) {
    return Optional.of(program).filter(places::contains).map(Path::of);
  }
}
