package dev.wnm.managers.s6overlay;

import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.NodeFacts;
import dev.wnm.core.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds nodes by what is written down on their group's volume. */
final class NodeFinder {
  private static final Pattern NUMBER = Pattern.compile("antnode0*([1-9][0-9]{0,6})");

  private final Plan plan;
  private final NodeFiles files;

  NodeFinder(Plan plan, NodeFiles files) {
    this.plan = plan;
    this.files = files;
  }

  /** The nodes of a group. */
  List<FoundNode> of(String group, Container container, Sight sight) {
    GroupVolume volume = plan.volume(group);
    return files.definitions(group).stream()
        .filter(definition -> Files.isDirectory(volume.rootDir(definition.service()), LinkOption.NOFOLLOW_LINKS))
        .map(definition -> node(definition, volume, container, sight)).toList();
  }

  private static FoundNode node(NodeDefinition definition, GroupVolume volume, Container container, Sight sight) {
    String service = definition.service();
    Path root = volume.rootDir(service);
    NodeFacts facts = new NodeFacts(service, root, volume.logDir(service), volume.binary(service), Optional.empty(),
        Optional.empty(), OptionalLong.empty(), Optional.of(container));
    Matcher number = NUMBER.matcher(service);
    return new FoundNode(facts, number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty(),
        definition.port("--port"), definition.port("--metrics-server-port"), OptionalInt.empty(),
        definition.value("--rewards-address"), definition.network(), "ant", definition.environment(), Optional.empty(), "",
        createdAt(root), sight.of(service).stateWithFolder());
  }

  private static Instant createdAt(Path root) {
    try {
      return Files.getLastModifiedTime(root.resolve("secret-key"), LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
