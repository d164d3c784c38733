package dev.wnm.cli.packaged;

import dev.wnm.testkit.Pace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that goes on from one run of wnm to the next, as in a program that embeds wnm: most of the work of a short run is the
 * start of its JVM. Each run has the classes of the packaged jar, the environment, the account and the folder of a process of its
 * own; what one left in memory and disturbs the next is a defect. Runs are one after the other. What a test says of a process
 * (signals, kills, exit codes as the shell sees them, encodings) it says of one of its own.
 */
final class KeptJvm implements AutoCloseable {
  private static final Duration LIMIT = Pace.stretched(Duration.ofMinutes(3));
  private static final ScheduledExecutorService WATCHDOG = Executors.newSingleThreadScheduledExecutor(task -> {
    Thread thread = new Thread(task, "runs of wnm that do not end");
    thread.setDaemon(true);
    return thread;
  });

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final Path strayFile;
  private long straySize;

  private KeptJvm(Process process, Path strayFile) {
    this.process = process;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
    this.strayFile = strayFile;
  }

  /** @param wnm how a process of its own would be run */
  static KeptJvm start(Wnm wnm) throws IOException {
    Path stray = Files.createTempFile(wnm.outputs(), "stray", "");
    return new KeptJvm(wnm.process(List.of("-cp", PackagedJar.path() + ":" + PackagedJar.testClasses(), "dev.wnm.cli.ManyRuns"))
        .redirectError(stray.toFile()).start(), stray);
  }

  /** Runs it to its end. */
  synchronized WnmRun run(Path in, Path out, Path err, List<String> words) throws IOException {
    for (Path file : List.of(in, out, err)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-")); // for whichever account it is
    }
    ScheduledFuture<?> limit = WATCHDOG.schedule(process::destroyForcibly, LIMIT.toSeconds(), TimeUnit.SECONDS);
    try {
      for (Path file : List.of(in, out, err)) {
        requests.writeUTF(file.toString());
      }
      requests.writeInt(words.size());
      for (String word : words) {
        requests.writeUTF(word);
      }
      requests.flush();
      WnmRun run = new WnmRun(words, new EndedRun(answers.readInt()), out, err);
      showStray(err);
      return run;
    } catch (IOException ended) {
      showStray(err);
      throw new AssertionError("the JVM ended, or was ended after " + LIMIT.toSeconds() + " s, in wnm " + String.join(" ", words) + "\n"
          + Files.readString(out) + Files.readString(err), ended);
    } finally {
      limit.cancel(false);
    }
  }

  /** Whether it is this process. */
  boolean is(ProcessHandle other) {
    return process.pid() == other.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What went past the outputs of the run: a process of its own would have printed it there, too. */
  private void showStray(Path err) throws IOException {
    byte[] all = Files.readAllBytes(strayFile);
    if (all.length > straySize) {
      Files.write(err, Arrays.copyOfRange(all, (int) straySize, all.length), StandardOpenOption.APPEND);
      straySize = all.length;
    }
  }
}
