package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Account;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds nodes by what is written down of them. Their places follow from their names and their group; a port that is not one of
 * the group's is not known.
 */
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
        .filter(definition -> files.isFolder(volume.rootDir(definition.service())))
        .map(definition -> node(definition, group, container, sight)).toList();
  }

  private FoundNode node(NodeDefinition definition, String group, Container container, Sight sight) {
    GroupVolume volume = plan.volume(group);
    Optional<GroupSpec> spec = plan.group(group);
    String service = definition.service();
    Path root = volume.rootDir(service);
    NodeFacts facts = new NodeFacts(service, root, volume.logDir(service), volume.binary(service), Optional.empty(),
        Optional.empty(), OptionalLong.empty(), Optional.of(container));
    Matcher number = NUMBER.matcher(service);
    return new FoundNode(facts, number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty(),
        port(definition, "--port", spec.map(GroupSpec::nodePorts)),
        port(definition, "--metrics-server-port", spec.map(GroupSpec::metricsPorts)), OptionalInt.empty(),
        definition.value(NodeDefinition.WALLET), definition.network(), Account.OF_NODES, definition.environment(), Optional.empty(), "",
        files.keyedAt(root).orElse(Instant.EPOCH), sight.of(service).stateWithFolder());
  }

  private static OptionalInt port(NodeDefinition definition, String flag, Optional<PortRange> ofGroup) {
    OptionalInt port = definition.port(flag);
    return port.isPresent() && ofGroup.filter(range -> range.contains(port.getAsInt())).isPresent() ? port : OptionalInt.empty();
  }
}
