package dev.wnm.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where the demo happens: runs wnm in a folder of its own, shows each command line and indents what it prints. */
final class DemoStage {
  /** Longer than the delays that the demo sets, so that each cycle finds the last one's work settled. */
  private static final Duration BETWEEN_CYCLES = Duration.ofMillis(1_200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Platform platform;
  private final PrintStream out;
  private final CountDownLatch curtain;

  /** @param curtain opened when the demo is to end early */
  DemoStage(Platform real, Path folder, PrintStream out, CountDownLatch curtain) {
    // The database is named, since root's wnm would take the system's, and with it real nodes, where there is one. Stand-ins
    // need no hole in the machine's firewall.
    Map<String, String> environment = Map.of("HOME", folder.toString(),
        "DBPATH", folder.resolve(".local/share/autonomi/colony.db").toString(),
        "WNM_FIREWALL_DISABLED", "1",
        "PATH", real.environment().getOrDefault("PATH", "/usr/bin:/bin"));
    this.platform = new Platform(real.os(), folder, real.user(), real.root(), real.cpuCount(), environment, folder);
    this.out = out;
    this.curtain = curtain;
  }

  /** How a run ended and all that it printed. */
  record Run(ExitCode code, String text) {
    boolean done() {
      return code == ExitCode.DONE;
    }
  }

  Path folder() {
    return platform.home();
  }

  void say(String... lines) {
    out.println();
    Stream.of(lines).forEach(out::println);
  }

  /** Runs wnm and shows it. @return whether it ended with exit code 0 */
  boolean step(String... words) {
    show(List.of(words));
    Run run = run(List.of(words));
    print(run);
    return run.done();
  }

  /**
   * Runs cycles until the nodes are as they should be, one at least.
   *
   * @param isReached what is asked of the nodes, each a row of the report node-status-details
   * @return false when a cycle failed, or the nodes did not get there in time, which is said
   */
  boolean cyclesUntil(Predicate<List<JsonObject>> isReached) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      if (!step()) {
        return false;
      }
      if (isReached.test(nodes())) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        say("This machine is too busy with other things: for " + PATIENCE.toMinutes() + " minutes the cycles could not do",
            "what they should, for the reasons that they gave. Please try again when it has less to do.");
        return false;
      }
    } while (pause());
    return false;
  }

  /** Lets what was begun settle. @return false when the demo is to end */
  boolean pause() {
    try {
      return !curtain.await(BETWEEN_CYCLES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Run run(List<String> words) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ExitCode code = new Program(platform, InputStream.nullInputStream(), capture, capture).run(words);
    return new Run(code, printed.toString(StandardCharsets.UTF_8));
  }

  void show(List<String> words) {
    say(("$ wnm " + String.join(" ", words)).strip());
  }

  void print(Run run) {
    out.print(run.text().indent(4));
  }

  /** Ends every node and deletes the folder; where a node cannot be ended, says so and leaves the folder to it. */
  void clear() throws IOException {
    Run teardown = run(List.of("--force_action", "teardown", "--confirm", "--quiet"));
    if (!teardown.done() && teardown.code() != ExitCode.NO_DATABASE) {
      say("Not everything could be removed; look into " + folder() + " for what is left:");
      print(teardown);
      return;
    }
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The nodes as the report node-status-details has them. */
  List<JsonObject> nodes() {
    Run report = run(List.of("--report", "node-status-details", "--json", "--quiet"));
    return StreamSupport.stream(JsonParser.parseString(report.text()).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject).toList();
  }
}
