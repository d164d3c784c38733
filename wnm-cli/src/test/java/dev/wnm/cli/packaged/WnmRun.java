package dev.wnm.cli.packaged;

import dev.wnm.testkit.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run of the packaged wnm. What it prints goes to files, so that nothing waits for nodes that outlive it.
 *
 * @param words the command line
 * @param process the JVM, or the program that becomes it
 * @param outFile what takes standard output
 * @param errFile what takes standard error
 */
record WnmRun(List<String> words, Process process, Path outFile, Path errFile) {
  /** How long any run may take. */
  private static final long LIMIT_SECONDS = Pace.stretched(Duration.ofMinutes(3)).toSeconds();

  /** Waits for the end. @throws AssertionError when it does not come in time; the run is killed then */
  WnmRun ended() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + this);
    }
    return this;
  }

  /** Cuts it off as a power failure would. */
  WnmRun killed() throws InterruptedException {
    process.destroyForcibly().waitFor();
    return this;
  }

  int exit() {
    return process.exitValue();
  }

  String out() {
    return text(outFile);
  }

  String err() {
    return text(errFile);
  }

  /** The whole run, for the message of an assertion that fails. */
  @Override
  public String toString() {
    return "wnm " + String.join(" ", words) + "\n" + out() + err()
        + (process.isAlive() ? "(still running)" : "exit " + exit());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("the output is lost", e);
    }
  }
}
