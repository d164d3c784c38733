package dev.wnm.testkit.docker;

import dev.wnm.testkit.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Removes the containers of JVMs that ended before they could. Those of JVMs that still run are none of its business. */
final class Leftovers {
  private static final String LABEL = "wnm-test";
  private static final String OWNER_LABEL = "wnm-test.owner";
  private static final Duration LIMIT = Pace.stretched(Duration.ofSeconds(60));
  /** The field of {@code /proc/PID/stat} with the time of start, counted from the one behind the program's name. */
  private static final int START_TIME_FIELD = 19;

  private static boolean swept;

  private Leftovers() {}

  /** Arguments of {@code docker run} that tell whose a container is. */
  static List<String> labels() {
    return List.of("--label", LABEL + "=1", "--label", OWNER_LABEL + "=" + owner(ProcessHandle.current().pid()).orElse(""));
  }

  static synchronized void sweepOnce(DockerEngine engine) {
    if (!swept) {
      sweep(engine);
      swept = true;
    }
  }

  /** Removes each labelled container whose owner is gone. */
  static void sweep(DockerEngine engine) {
    String format = "{{.ID}} {{.Label \"" + OWNER_LABEL + "\"}}";
    engine.must(LIMIT, "ps", "--all", "--filter", "label=" + LABEL + "=1", "--format", format).lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length < 2 || !isAlive(words[1]))
        // Another JVM may be removing the same one: what counts is that it goes.
        .forEach(words -> engine.docker(LIMIT, List.of("rm", "--force", "--volumes", words[0])));
  }

  private static boolean isAlive(String owner) {
    String pid = owner.split("@", 2)[0];
    return pid.matches("\\d+") && owner(Long.parseLong(pid)).filter(owner::equals).isPresent();
  }

  /** A process that cannot be mistaken for a later one of the same number. */
  private static Optional<String> owner(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Optional.of(pid + "@" + stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TIME_FIELD]);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
