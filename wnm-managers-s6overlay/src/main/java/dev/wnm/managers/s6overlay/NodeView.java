package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.CrashLoop;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.ProcessFacts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A node as s6 sees it: a line of {@code wnm-nodes status}.
 *
 * @param service its name
 * @param state up, waiting, dead, down or lost
 * @param pid its process inside the container; -1 when it has none
 * @param seconds since when it is in this state
 * @param restarts deaths since it was last started
 * @param exit its last exit code or signal; {@code -} for none
 * @param words why, by what it printed last, when it has died
 * @param facts what its process uses and holds, as far as that is known
 */
record NodeView(String service, String state, long pid, long seconds, int restarts, String exit, String words,
    ProcessFacts facts) {
  private static final int WORDS = 8;

  /**
   * Reads a line; one of an image that an older wnm made has no facts, and what a newer one adds behind them is left out.
   *
   * @throws IllegalArgumentException when it is no such line
   */
  static NodeView parse(String line) {
    List<String> words = List.of(line.split("\t", -1));
    if (words.size() < WORDS) {
      throw new IllegalArgumentException("not a line of wnm-nodes status: " + line);
    }
    return new NodeView(words.get(0), words.get(1), Long.parseLong(words.get(2)), Long.parseLong(words.get(3)),
        Integer.parseInt(words.get(4)), words.get(5), CauseLine.of(unescaped(words.get(7))),
        words.size() > WORDS ? facts(words.get(WORDS)) : ProcessFacts.NONE);
  }

  /** Reads words of {@code sight}; those that it does not know are left out. */
  static ProcessFacts facts(String words) {
    ProcessFacts facts = ProcessFacts.NONE;
    for (String word : words.split(" ")) {
      int equals = word.indexOf('=');
      String value = word.substring(equals + 1);
      facts = switch (word.substring(0, Math.max(equals, 0))) {
        case "rss" -> facts.withMemoryBytes(Long.parseLong(value));
        case "cpu_ms" -> facts.withCpu(Duration.ofMillis(Long.parseLong(value)));
        case "up" -> facts.withUp(Duration.ofSeconds(Long.parseLong(value)));
        case "threads" -> facts.withThreads(Integer.parseInt(value));
        case "fds" -> facts.withOpenFiles(Integer.parseInt(value));
        case "udp" -> facts.withUdpPorts(Arrays.stream(value.split(",")).filter(port -> !port.isEmpty()).map(Integer::valueOf)
            .collect(Collectors.toSet()));
        default -> facts;
      };
    }
    return facts;
  }

  /** What {@code wnm-nodes} put into one line. */
  static String unescaped(String words) {
    return words.replace("\\n", "\n").replace("\\\\", "\\");
  }

  boolean isUp() {
    return state.equals("up");
  }

  ProcessState asProcess() {
    return switch (state) {
      case "up" -> CrashLoop.isOn(restarts, Duration.ofSeconds(seconds))
          ? new ProcessState.Stopped(death() + "; s6 has started it again" + lastWords(), restarts)
          : new ProcessState.Running(OptionalLong.empty(), facts);
      case "waiting" -> new ProcessState.Stopped(death() + "; s6 starts it again" + lastWords(), restarts);
      case "dead" -> new ProcessState.Stopped(death() + "; s6 gave up on it" + lastWords(), restarts);
      default -> new ProcessState.Stopped("");
    };
  }

  /** Such as {@code up 3 h, pid 42, 1 restart}. */
  String describe() {
    String since = state + " " + Human.time(Duration.ofSeconds(seconds));
    String process = pid > 0 ? ", pid " + pid + " in its container" : exit.equals("-") ? "" : ", exit " + exit;
    return "s6: " + since + process + ", " + restarts + (restarts == 1 ? " restart" : " restarts");
  }

  private String death() {
    return exit.equals("-") || exit.equals("0") && isUp() ? "it died" : "exit " + exit;
  }

  private String lastWords() {
    return words.isEmpty() ? "" : "; it said: " + words;
  }
}
