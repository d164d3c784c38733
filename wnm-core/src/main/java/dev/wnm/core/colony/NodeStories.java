package dev.wnm.core.colony;

import dev.wnm.core.cycle.NodeNames;
import dev.wnm.core.history.Course;
import dev.wnm.core.history.NodeLife;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Node;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.NodeStory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Puts together what is to be told of single nodes. */
final class NodeStories {
  /** Its course is not told. */
  private static final int FEW_POINTS = 1;

  private NodeStories() {}

  /** @param prospects what comes next, by number */
  static List<NodeStory> of(Colony colony, NamedNodes named, IntFunction<List<String>> prospects, Instant now) {
    List<Node> nodes = named.present();
    Map<Integer, String> words = colony.describe(nodes);
    List<NodeStory> stories = new ArrayList<>();
    for (NodeLine line : colony.lines(nodes, now)) {
      Node node = line.node();
      stories.add(new NodeStory(node.service(), Optional.of(line.saying(Optional.ofNullable(words.get(node.id())))), colony.history().life(node.id(), sinceItWasMade(node, now), FEW_POINTS),
          prospects.apply(node.id()), now));
    }
    named.past().forEach((name, id) -> stories.add(past(colony, name, id, now)));
    return stories;
  }

  /** A number may have been another node's before; the operation that made this one began a moment before the node has its time. */
  private static TimeRange sinceItWasMade(Node node, Instant now) {
    Instant made = node.createdAt().isAfter(Instant.EPOCH) && node.createdAt().isBefore(now) ? node.createdAt().minus(Duration.ofSeconds(1)) : Instant.EPOCH;
    return new TimeRange(made, now.plusSeconds(1));
  }

  /** Of a number that was several nodes', what has this name. */
  private static NodeStory past(Colony colony, String name, int id, Instant now) {
    NodeLife life = colony.history().life(id, new TimeRange(Instant.EPOCH, now.plusSeconds(1)), FEW_POINTS);
    return new NodeStory(name, Optional.empty(), new NodeLife(id, new Course<>(life.course().step(), List.of()),
        life.operations().stream().filter(operation -> NamedNodes.isOn(operation, name)).toList(),
        life.incidents().stream().filter(incident -> name.matches("\\d{1,9}") || NodeNames.isSame(incident.service(), name)).toList(), life.addedBy()),
        List.of(), now);
  }
}
