package dev.wnm.spi.manager;

import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs nodes on behalf of core. It reports facts and remembers nothing: whatever must be remembered is in its results, and
 * comes back with the next call's {@link NodeSpec}.
 *
 * <p>Operations are idempotent: starting a running node, stopping a stopped one and removing a missing one succeed with
 * {@link OperationResult.Done#changed()} false. They return when the thing is done or has failed, never throw for what a
 * node, a tool or the machine did, and keep their own time limits. Calls for different nodes may come from many threads
 * at once unless the traits say otherwise; two calls for one node never do.
 *
 * <p>Core calls no process manager directly, but through one that takes what is thrown, null or missing for unknown or
 * failed, and gives up waiting after some minutes (the longest change has 45). Then the calling thread is interrupted; a change that does not end at
 * that goes on without being waited for, and its node is left alone until it has ended.
 */
public interface ProcessManager {
  Traits traits();

  /**
   * Makes a node without starting it: folders, its copy of the binary, its service. A failed create leaves nothing behind of
   * what it made itself; creating a node that is there already completes what is missing. A folder that holds a key
   * ({@link NodeFolder#keyIn}) is completed only if the back end knows by something else that it is this colony's node of that
   * name; else create refuses.
   *
   * @return where the node really is, as {@link NodeFacts}
   */
  OperationResult create(NodeSpec node);

  /**
   * Starts a node's process. Whether the node answers is not this call's business: core probes it. A node that has only a
   * {@link NodeSpec#keptBinary()}, because a {@link #swap} was cut off, gets that back first.
   */
  OperationResult start(NodeSpec node);

  /** Ends a node's process, gracefully if it lets itself, and returns when it is gone. */
  OperationResult stop(NodeSpec node);

  /** Stops and starts. */
  default OperationResult restart(NodeSpec node) {
    OperationResult stopped = stop(node);
    return stopped.failure().isPresent() ? stopped : start(node);
  }

  /**
   * Moves a node to the binary {@link NodeSpec#source()} and starts it again. Only called where
   * {@link Traits.Upgrades#BY_BACK_END} is declared.
   */
  default OperationResult upgrade(NodeSpec node) {
    return OperationResult.failed("this process manager leaves upgrades to wnm", false);
  }

  /**
   * Puts a copy of {@link NodeSpec#source()} beside a node's binary as {@link NodeSpec#stagedBinary()}, whole, and makes sure
   * that it can be run. The node may run meanwhile; when this fails nothing of it has changed. This method and the three below
   * are only called where {@link Traits.Upgrades#BY_CORE} is declared; a back end overrides them where wnm itself may not
   * write into the nodes' folders, or does not trust who owns them.
   */
  default OperationResult stage(NodeSpec node) {
    return OperationResult.failed("this process manager leaves the binaries of nodes to its own tool", false);
  }

  /**
   * Makes the staged binary of a stopped node its binary, and the one before it {@link NodeSpec#keptBinary()}: by renames, so
   * that it needs no room on the disk.
   */
  default OperationResult swap(NodeSpec node) {
    return OperationResult.failed("this process manager leaves the binaries of nodes to its own tool", false);
  }

  /** Puts the binary that {@link #swap} kept back in its place, by a rename; where none is kept, there is nothing to do. */
  default OperationResult restore(NodeSpec node) {
    return OperationResult.failed("this process manager leaves the binaries of nodes to its own tool", false);
  }

  /** Deletes what {@link #stage} and {@link #swap} left beside the binary. */
  default OperationResult forgetKept(NodeSpec node) {
    return OperationResult.failed("this process manager leaves the binaries of nodes to its own tool", false);
  }

  /**
   * Ends a node's process and deletes all that belongs to it: service, binary, data, logs. That there is nothing to delete is
   * said ({@link OperationResult.Done#changed()} false) only of a node whose process is confirmed absent and whose folder is
   * confirmed absent in a storage that is {@link StorageState.Ours}; otherwise it fails.
   */
  OperationResult remove(NodeSpec node);

  /**
   * Takes back a {@link #create} that was cut off: as {@link #remove}, but a folder that holds a node's key is left and that is
   * a failure, since it may be another's.
   */
  default OperationResult discard(NodeSpec node) {
    return NodeFolder.keyIn(node.rootDir()).map(why -> OperationResult.failed(why, false)).orElseGet(() -> remove(node));
  }

  /**
   * Takes away what belongs to a node outside its storage, which is gone for good: its service, unit or container. Touches no
   * folder.
   */
  default OperationResult forget(NodeSpec node) {
    return OperationResult.unchanged(NodeFacts.asSuggested(node));
  }

  /**
   * Which of these planned nodes cannot be made because something is in their place: a folder, a unit or a container of their
   * name. Asked before numbers are given out, and only of nodes that no row knows.
   *
   * @return for those, by id, a clause that names what is there, such as {@code /nodes/antnode0002 holds the key of a node}
   * @throws ManagerUnavailableException when it cannot tell
   */
  default Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    return NodeFolder.occupied(planned);
  }

  /** How it stands with these storages, with an entry for each. */
  default Map<NodeStorage, StorageState> storages(ColonyId colony, Collection<NodeStorage> storages) {
    Map<NodeStorage, StorageState> states = new HashMap<>();
    storages.forEach(storage -> states.put(storage, StorageMarker.look(colony, storage.path())));
    return states;
  }

  /**
   * Makes a storage where there is none, and gives it the colony's marker. Core calls it only where it knows that the storage
   * is the colony's to take.
   *
   * @return why that failed, in one sentence; empty when it did not
   */
  default Optional<String> claim(ColonyId colony, NodeStorage storage) {
    try {
      Files.createDirectories(storage.path());
      StorageMarker.write(colony, storage.path());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the storage " + storage.path() + " cannot be marked as the colony's: " + e);
    }
  }

  /** Takes the colony's marker from a storage that no node lives in any more. @return why that failed, if it did */
  default Optional<String> release(ColonyId colony, NodeStorage storage) {
    try {
      StorageMarker.erase(colony, storage.path());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the marker in the storage " + storage.path() + " cannot be deleted: " + e);
    }
  }

  /** What the nodes' processes are doing, by node id, with an entry for every node asked for. Asks once for all of them. */
  Map<Integer, ProcessState> status(List<NodeSpec> nodes);

  /**
   * Every node on this machine that this process manager could run on, whether core knows it or not.
   *
   * @throws ManagerUnavailableException when it cannot tell; an empty list means that there is none
   */
  List<FoundNode> survey() throws ManagerUnavailableException;

  /**
   * The nodes that a saved listing of this process manager's own tool tells of, as {@link #survey} would; empty when it has
   * no such listing.
   *
   * @throws ManagerUnavailableException when the text is no such listing
   */
  default Optional<List<FoundNode>> read(String listing) throws ManagerUnavailableException {
    return Optional.empty();
  }

  /**
   * Ports that this process manager would refuse to give to a new node though nothing listens on them, because it keeps
   * them for nodes that are gone. Asked before new nodes are planned.
   *
   * @throws ManagerUnavailableException when it cannot tell
   */
  default Set<Integer> reservedPorts() throws ManagerUnavailableException {
    return Set.of();
  }

  /**
   * The containers that new nodes may go to, whether they run or not. Only called where {@link Traits#groups} is declared.
   *
   * @throws ManagerUnavailableException when it cannot tell
   */
  default List<Container> containers() throws ManagerUnavailableException {
    return List.of();
  }

  /**
   * What an operator should be told though no operation failed, a sentence each: nodes that are there and not among the
   * known ones, say. Asked after each look at the whole fleet, so it must be cheap; core shows a sentence once for as long
   * as it is repeated.
   *
   * @param known every node of this process manager that core knows
   */
  default List<String> notices(List<NodeSpec> known) {
    return List.of();
  }

  /**
   * Whether the port of a node that runs shall be open in the machine's firewall, which {@link ManagerContext#openPort} and
   * {@link ManagerContext#closePort} see to. Not so where something else carries the traffic past it, such as a container
   * engine.
   */
  default boolean usesFirewall() {
    return true;
  }

  /** {@link #create} for each, in the order given; a back end that can do several for the price of one overrides it. */
  default Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return each(nodes, this::create);
  }

  /** {@link #start} for each; see {@link #createAll}. */
  default Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    return each(nodes, this::start);
  }

  /** {@link #stop} for each; see {@link #createAll}. */
  default Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    return each(nodes, this::stop);
  }

  /** {@link #remove} for each; see {@link #createAll}. */
  default Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
    return each(nodes, this::remove);
  }

  private static Map<Integer, OperationResult> each(List<NodeSpec> nodes, Function<NodeSpec, OperationResult> operation) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    nodes.forEach(node -> results.put(node.id(), operation.apply(node)));
    return results;
  }

  /**
   * Makes the containers of these groups run, whatever has become of them: makes those that are missing anew, with the same
   * ports and data, starts those that do not run, whose nodes come back with them, and mends what else belongs to them, such
   * as rules of a firewall. What runs is left alone; one that dies again and again is {@link GroupResult.Failed}, with the count
   * and its last words. Called with all groups of the colony in each cycle, so it must be
   * cheap where nothing is wrong, and with a new group before its first node is created. Only called where
   * {@link Traits.Numbering#GROUP_BLOCKS} is declared.
   *
   * @return an entry for each group, by name
   */
  default Map<String, GroupResult> openGroups(List<GroupSpec> groups) {
    return Map.of();
  }

  /**
   * Makes a group's container anew from {@link GroupSpec#image}, where that is empty from the image that the settings name,
   * with the same ports and data, and returns when its nodes that had run run again. The old container need not work for that, nor answer: nothing is asked in one that is broken.
   * When it fails, core has the group made anew from the image before. Only called where
   * {@link Traits.Numbering#GROUP_BLOCKS} is declared.
   */
  default GroupResult rebuildGroup(GroupSpec group) {
    return new GroupResult.Failed("this process manager has no container groups", false);
  }

  /**
   * Removes the containers of groups that have no nodes any more, and all that belongs to them. Only called where
   * {@link Traits.Numbering#GROUP_BLOCKS} is declared.
   *
   * @return an entry for each group, by name
   */
  default Map<String, GroupResult> closeGroups(List<GroupSpec> groups) {
    return Map.of();
  }

  /**
   * What the tool behind this process manager says of these nodes, in a few words each, such as {@code up 3 h, pid 42,
   * 1 restart}: by node id, without those that it says nothing of. For reports; one question for all of them.
   */
  default Map<Integer, String> describe(List<NodeSpec> nodes) {
    return Map.of();
  }

  /**
   * The ends of what a node has logged and printed, each after a line that names it, read with the rights of this process
   * manager and within its bounds (some 100 KiB in all); empty where there is nothing that can be read. Core asks before it
   * deletes a node that did not start, and keeps the text.
   */
  default String logs(NodeSpec node) {
    return "";
  }

  /**
   * Removes all these nodes at once. Only called where {@link Traits.Teardown#IN_BULK} is declared; touches no node that is
   * not in the list.
   */
  default OperationResult teardown(List<NodeSpec> nodes) {
    return OperationResult.failed("this process manager removes node by node", false);
  }
}
