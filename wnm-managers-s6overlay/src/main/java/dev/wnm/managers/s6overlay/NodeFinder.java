package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Finding;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.program.NodeArguments;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Finds nodes by what is written down of them. Their places follow from their names and their group; a port that is not one of
 * the group's is not known.
 */
final class NodeFinder {
  private final GroupSettings settings;
  private final GroupHome homes;

  NodeFinder(GroupSettings settings, GroupHome homes) {
    this.settings = settings;
    this.homes = homes;
  }

  /** The nodes of a group. One whose definition was lost is found by its folder. */
  List<FoundNode> of(String group, Container container, Snapshot snapshot) throws CommandFailedException, IOException {
    Map<String, NodeDefinition> nodes = new TreeMap<>();
    for (Path folder : homes.foldersIn(settings.volume(group).folder())) {
      String service = folder.getFileName().toString();
      nodes.put(service, NodeDefinition.unknown(service));
    }
    for (NodeDefinition definition : homes.registry().definitions(group)) {
      if (homes.files().exists(settings.volume(group).rootDir(definition.service()))) {
        nodes.put(definition.service(), definition);
      }
    }
    List<FoundNode> found = new ArrayList<>();
    for (NodeDefinition definition : nodes.values()) {
      found.add(node(definition, group, container, snapshot));
    }
    return found;
  }

  private FoundNode node(NodeDefinition definition, String group, Container container, Snapshot snapshot)
      throws CommandFailedException {
    GroupVolume volume = settings.volume(group);
    Optional<GroupSpec> spec = settings.group(group);
    String service = definition.service();
    Path root = volume.rootDir(service);
    NodeArguments arguments = definition.arguments();
    NodeProgram program = arguments.program().orElseGet(NodePrograms::usual);
    NodeFacts facts = NodeFacts.at(volume.placement(service, program)).withContainer(Optional.of(container));
    return FoundNode.builder(facts, snapshot.of(service).stateWithFolder()).program(Optional.of(program)).id(Finding.numberOf(service))
        .nodePort(within(arguments.nodePort(), spec.map(GroupSpec::nodePorts)))
        .metricsPort(within(arguments.metricsPort(), spec.map(GroupSpec::metricsPorts)))
        .browserPort(within(arguments.browserPort(), container.browserPorts()))
        .wallet(arguments.wallet()).network(arguments.network()).user(Account.OF_NODES)
        .environment(definition.environment()).createdAt(homes.files().writtenAt(root.resolve(program.keyFile()))).build();
  }

  private static OptionalInt within(OptionalInt port, Optional<PortRange> ofGroup) {
    return port.isPresent() && ofGroup.filter(range -> range.contains(port.getAsInt())).isPresent() ? port : OptionalInt.empty();
  }
}
