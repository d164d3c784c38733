package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.Docker;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.OperationFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code wnm-nodes} of a container: one {@code docker exec} for any number of nodes.
 *
 * @param docker the docker command
 * @param container what Docker calls the container
 */
record NodesTool(Docker docker, String container) {
  /** It waits a minute for the container to boot and five for another call to end. */
  private static final Duration LIMIT = Duration.ofMinutes(7);
  /** Writing a node's service directory on a slow and busy machine. */
  private static final Duration LIMIT_OF_A_NODE = Duration.ofSeconds(2);
  private static final int SOME_FAILED = 1;
  private static final String LAST_WORDS = "; its last words: ";
  private static final String PROGRAM = "wnm-nodes";
  /** That of the container's shell, when it does not find the program. */
  private static final int NO_SUCH_PROGRAM = 127;

  /**
   * What became of one node.
   *
   * @param done whether it is as was asked
   * @param words what it is, or why not
   */
  record Answer(boolean done, String words) {
    /** Of one that the container does not know, or whose container does not run. */
    static final Answer ALREADY_GONE = new Answer(true, "already-gone");

    /** Whether anything was done. */
    boolean changed() {
      return !words.startsWith("already-");
    }
  }

  /** @param ready how long to wait for the metrics ports to open */
  Map<String, Answer> start(List<NodeDefinition> nodes, Duration ready) throws OperationFailedException {
    return answers(lines(nodes.stream().map(NodeDefinition::line).toList()), nodes.size(), "start", "--ready",
        Long.toString(ready.toSeconds()));
  }

  Map<String, Answer> stop(List<String> services) throws OperationFailedException {
    return answers(lines(services), services.size(), "stop");
  }

  /** Their data stay. */
  Map<String, Answer> remove(List<String> services) throws OperationFailedException {
    return answers(lines(services), services.size(), "remove");
  }

  /** Every node that the container knows, by name. Waits for a container that boots. */
  Map<String, NodeView> status() throws OperationFailedException {
    try {
      return call("", 0, "status").lines().map(NodeView::parse).collect(Collectors.toMap(NodeView::service, node -> node));
    } catch (IllegalArgumentException e) {
      throw OperationFailedException.forNow("container " + container + " answers what cannot be understood: " + e.getMessage());
    }
  }

  /** Tells the primary command to end, and the container with it. */
  void halt() throws OperationFailedException {
    call("", 0, "halt");
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private Map<String, Answer> answers(String input, int nodes, String... words) throws OperationFailedException {
    Map<String, Answer> answers = new HashMap<>();
    for (String line : call(input, nodes, words).lines().toList()) {
      String[] parts = line.split("\t", 3);
      if (parts.length == 3) {
        answers.put(parts[0], new Answer(parts[1].equals("done"), sentence(parts[2])));
      }
    }
    return answers;
  }

  /** Where the node's last words are in it, the cause among them stands for them all. */
  private static String sentence(String words) {
    int said = words.indexOf(LAST_WORDS);
    return said < 0 ? CauseLine.oneLine(NodeView.unescaped(words)) : words.substring(0, said) + "; it said: "
        + CauseLine.of(NodeView.unescaped(words.substring(said + LAST_WORDS.length())));
  }

  private String call(String input, int nodes, String... words) throws OperationFailedException {
    List<String> argv = new ArrayList<>(List.of(PROGRAM));
    argv.addAll(List.of(words));
    Command command = Command.of(argv).reading(input).within(LIMIT.plus(LIMIT_OF_A_NODE.multipliedBy(nodes)));
    CommandResult result = docker.run(docker.exec(container, List.of("--interactive"), command));
    if (!result.timedOut() && result.exitCode() == NO_SUCH_PROGRAM) {
      throw OperationFailedException.forGood("container " + container + " has no wnm-nodes: its image is not one that wnm --dockerfile"
          + " makes; build one and name it with --docker_image");
    }
    if (result.timedOut() || result.exitCode() > SOME_FAILED || result.exitCode() == SOME_FAILED && result.stdout().isEmpty()) {
      throw OperationFailedException.forNow(result.describe());
    }
    return result.stdout();
  }
}
