package dev.wnm.core.cycle;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.command.CommandRunner;
import dev.wnm.core.config.BadInputException;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.manager.ManagerUnavailableException;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.Traits;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a machine is fit for the settings that it is to get. Looks, and changes nothing. */
final class MachineCheck {
  private final Settings settings;
  private final Path database;
  private final CommandRunner runner;

  MachineCheck(Settings settings, Path database, CommandRunner runner) {
    this.settings = settings;
    this.database = database;
    this.runner = runner;
  }

  /**
   * Checks folders, ports and antnode.
   *
   * @param imported nodes that are there already and hold their ports themselves
   * @return the antnode that new nodes get
   * @throws BadInputException for the first thing that does not fit
   */
  Antnode run(ProcessManager manager, List<Node> imported) throws ManagerUnavailableException {
    Path storage = settings.get(Options.NODE_STORAGE);
    // A storage that is there for the whole system belongs to the nodes' account, and its process manager works by sudo.
    if (!settings.get(Options.PROCESS_MANAGER).endsWith("+sudo") || !Files.isDirectory(storage)) {
      requireWritable(storage, Options.NODE_STORAGE.toString());
    }
    requireWritable(database.toAbsolutePath().getParent(), Options.DBPATH.toString());
    int highest = settings.get(Options.NODE_CAP);
    if (Groups.areOf(manager)) {
      highest = Math.toIntExact(Groups.blocks(settings).highestId());
      requirePorts(highest);
    }
    requireFreePorts(imported, manager.reservedPorts(), highest);
    if (manager.traits().binaries() instanceof Traits.Binaries.Fetched fetched) {
      return Antnode.fetched(settings.get(Options.ANTNODE_PATH), fetched.version());
    }
    try {
      return Antnode.ask(Antnode.locate(settings.get(Options.ANTNODE_PATH), runner), runner);
    } catch (Antnode.UnusableException e) {
      throw new BadInputException(e.getMessage());
    }
  }

  /** Container groups own whole blocks, whether the cap fills them or not. */
  private void requirePorts(int highestId) {
    ports().problem(highestId).ifPresent(problem -> {
      throw new BadInputException(Options.MAX_NODE_PER_CONTAINER + " " + settings.get(Options.MAX_NODE_PER_CONTAINER)
          + " and " + Options.MIN_CONTAINER_COUNT + " " + settings.get(Options.MIN_CONTAINER_COUNT)
          + " make blocks that do not fit: " + problem);
    });
  }

  /**
   * @param imported nodes that are there already
   * @param reserved ports that no node is given, such as those of nodes that were not taken over
   * @param highestId the highest number that a node may get
   */
  private void requireFreePorts(List<Node> imported, Set<Integer> reserved, int highestId) {
    Set<Integer> taken = imported.stream().map(Node::id).collect(Collectors.toSet());
    Set<Integer> theirs = new HashSet<>(reserved);
    imported.forEach(node -> theirs.addAll(node.ports().all()));
    PortPlan ports = ports();
    for (int id = 1; id <= highestId; id++) {
      NodePorts wanted = ports.portsOf(id);
      Optional<String> held = taken.contains(id) || wanted.all().stream().anyMatch(theirs::contains)
          ? Optional.empty()
          : ListeningPorts.held(wanted);
      if (held.isPresent()) {
        throw new BadInputException(Options.PORT_START + " " + settings.get(Options.PORT_START) + ", "
            + Options.METRICS_PORT_START + " " + settings.get(Options.METRICS_PORT_START) + " and "
            + Options.RPC_PORT_START + " " + settings.get(Options.RPC_PORT_START) + " cannot be used for "
            + highestId + " nodes: " + held.get());
      }
    }
  }

  private static void requireWritable(Path folder, String option) {
    Path existing = Stream.iterate(folder.toAbsolutePath(), path -> path != null, Path::getParent)
        .filter(Files::exists).findFirst().orElseThrow();
    if (!Files.isDirectory(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be made: " + existing + " is not a folder");
    }
    if (!Files.isWritable(existing)) {
      throw new BadInputException(option + " " + folder + " cannot be written: no permission in " + existing);
    }
  }

  private PortPlan ports() {
    return new PortPlan(settings.get(Options.PORT_START), settings.get(Options.METRICS_PORT_START),
        settings.get(Options.RPC_PORT_START));
  }
}
