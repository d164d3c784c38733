package dev.wnm.spi.manager;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a process manager is given to work with. There is no store among it, and nothing of other back ends' options.
 *
 * @param colony who the colony is: whatever a back end makes carries it, and what carries another is not touched
 * @param options the values in force of back ends' own options; {@link #find} and {@link #get} read them
 * @param groups how container groups are laid out
 * @param debug whether the operator wants to see all that can be seen
 * @param runner runs programs
 * @param firewall opens and closes the nodes' ports
 * @param clock the time
 * @param nodeStorages the folders that hold the folders of new nodes, the first one first; absolute. More than one only where the
 *     process manager {@link PlacesNodes}
 * @param home the operator's home folder
 * @param progress is told of slow work, one short sentence at a time
 */
public record ManagerContext(
    ColonyId colony,
    OptionValues options,
    GroupLayout groups,
    boolean debug,
    CommandRunner runner,
    Firewall firewall,
    Clock clock,
    List<Path> nodeStorages,
    Path home,
    Progress progress) {

  public ManagerContext {
    nodeStorages = List.copyOf(nodeStorages);
    if (nodeStorages.isEmpty()) {
      throw new IllegalArgumentException("nodes need a storage");
    }
  }

  /** One of an operator who has set nothing. */
  public ManagerContext(ColonyId colony, CommandRunner runner, Firewall firewall, Clock clock, Path nodeStorage, Path home,
      Progress progress) {
    this(colony, OptionValues.NONE, GroupLayout.USUAL, false, runner, firewall, clock, List.of(nodeStorage), home, progress);
  }

  /** The same with other values of options. */
  public ManagerContext with(OptionValues values) {
    return new ManagerContext(colony, values, groups, debug, runner, firewall, clock, nodeStorages, home, progress);
  }

  /** The same with other groups. */
  public ManagerContext with(GroupLayout layout) {
    return new ManagerContext(colony, options, layout, debug, runner, firewall, clock, nodeStorages, home, progress);
  }

  /** The same for an operator who wants to see all. */
  public ManagerContext debugging() {
    return new ManagerContext(colony, options, groups, true, runner, firewall, clock, nodeStorages, home, progress);
  }

  /** The same with another runner of programs. */
  public ManagerContext with(CommandRunner other) {
    return new ManagerContext(colony, options, groups, debug, other, firewall, clock, nodeStorages, home, progress);
  }

  /** The same for another colony, whose nodes are in another storage. */
  public ManagerContext of(ColonyId other, Path storage) {
    return new ManagerContext(other, options, groups, debug, runner, firewall, clock, List.of(storage), home, progress);
  }

  /** The same with these storages. @param storages one or more */
  public ManagerContext in(List<Path> storages) {
    return new ManagerContext(colony, options, groups, debug, runner, firewall, clock, storages, home, progress);
  }

  /** The first storage: where all is that a colony has only one of. */
  public Path nodeStorage() {
    return nodeStorages.get(0);
  }

  /** The value of an option, or its default; empty where it has neither. */
  public <T> Optional<T> find(ManagerOption<T> option) {
    return options.find(option);
  }

  /** The value of an option, or its default. @throws NoSuchElementException where it has neither */
  public <T> T get(ManagerOption<T> option) {
    return find(option).orElseThrow(() -> new NoSuchElementException(option + " has no value"));
  }

  /** Opens a started node's UDP ports in the firewall; where that fails it is reported, and the node runs on. */
  public void openPorts(NodeSpec node) {
    try {
      for (int port : node.ports().udp()) {
        firewall.open(port, node.service());
      }
    } catch (CommandFailedException e) {
      progress.report(node.service() + " runs, but the firewall was not opened for it: " + e.getMessage());
    }
  }

  /** Closes the UDP ports of a node that is down; where that fails it is reported. */
  public void closePorts(NodeSpec node) {
    try {
      for (int port : node.ports().udp()) {
        firewall.close(port);
      }
    } catch (CommandFailedException e) {
      progress.report(node.service() + " is down, but the firewall was not closed after it: " + e.getMessage());
    }
  }
}
