package dev.wnm.core.report;

import dev.wnm.core.history.NodeLife;
import dev.wnm.core.history.PastOperation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is to be told of one node.
 *
 * @param name what it is called
 * @param line the node and what is known of it; empty for one that is there no more
 * @param life what became of it
 * @param next what comes next for it, a clause each; empty where nothing is known
 * @param now what ages are reckoned from
 */
public record NodeStory(String name, Optional<NodeLine> line, NodeLife life, List<String> next, Instant now) {
  public NodeStory {
    next = List.copyOf(next);
  }

  /** What was done to it and what befell it, the newest first. */
  List<HistoryLine> course() {
    return Stream.concat(life.operations().stream().map(operation -> HistoryLine.of(operation, now)),
        life.incidents().stream().map(incident -> HistoryLine.of(incident, now))).sorted(HistoryLine.NEWEST_FIRST).toList();
  }

  /** The operation that made it, where that is known. */
  Optional<PastOperation> added() {
    return life.added();
  }
}
