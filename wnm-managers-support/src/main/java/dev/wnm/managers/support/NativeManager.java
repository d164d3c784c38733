package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReadsVersions;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process manager whose nodes have their folders and their copies of its program on this machine: what it does to binaries,
 * storages and logs.
 */
public abstract class NativeManager implements ProcessManager, InstallsBinaries, KeepsKeys, KeepsStorages, MovesNodes, OpensPorts, PlacesNodes,
    ReadsLogs, ReadsVersions {
  private static final int MOST_OF_A_LOG = 48 * 1024;

  private final NodeHome homes;

  protected NativeManager(NodeHome homes) {
    this.homes = homes;
  }

  /** The folders and files of its nodes. */
  protected final NodeHome homes() {
    return homes;
  }

  @Override
  public final OperationResult stage(NodeSpec node) {
    return step(node, homes::stage);
  }

  @Override
  public final OperationResult swap(NodeSpec node) {
    return step(node, homes::swap);
  }

  @Override
  public final OperationResult restore(NodeSpec node) {
    return step(node, homes::restore);
  }

  @Override
  public final OperationResult forgetKept(NodeSpec node) {
    return step(node, homes::forgetKept);
  }

  @Override
  public final OperationResult keepKey(NodeSpec node, Path folder) {
    return Attempt.on(node, () -> OperationResult.done(NodeFacts.asSuggested(node), homes.keepKey(node, folder)));
  }

  @Override
  public final String logs(NodeSpec node) {
    return homes.logs().all(node, MOST_OF_A_LOG) + NodeLogs.section("printed", printed(node));
  }

  @Override
  public final Optional<Version> version(NodeSpec node) {
    return homes.version(node.binary(), node.user());
  }

  /** What a node printed, where that is in no file of its own. */
  protected String printed(NodeSpec node) {
    return "";
  }

  @Override
  public final LogPart log(NodeSpec node, LogRequest request) {
    return homes.logs().part(node, furtherConsoles(node), printedPart(node), request);
  }

  /** The files that hold what a node prints, beside the usual one. */
  protected List<Path> furtherConsoles(NodeSpec node) {
    return List.of();
  }

  /** What {@link #printed} tells, in parts. */
  protected NodeLog.Printed printedPart(NodeSpec node) {
    return NodeLog.Printed.NOTHING;
  }

  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    return new HashMap<>(ProcessManager.super.occupied(planned));
  }

  @Override
  public final OperationResult discard(NodeSpec node) {
    return discardAll(List.of(node)).get(node.id());
  }

  /** What {@link dev.wnm.spi.manager.Batches#discardAll} is to do, for those that offer it. */
  public final Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes) {
    return homes.discardAll(nodes, this);
  }

  @Override
  public final Optional<String> claim(ColonyId colony, NodeStorage storage) {
    return failure(() -> homes.claim(colony, storage.path()))
        .map(why -> "the storage " + storage.path() + " cannot be marked as the colony's: " + why);
  }

  @Override
  public final Optional<String> release(ColonyId colony, NodeStorage storage) {
    return failure(() -> homes.release(colony, storage.path()))
        .map(why -> "the marker in the storage " + storage.path() + " cannot be deleted: " + why);
  }

  @Override
  public final Optional<String> moveObstacle(NodeSpec node, NodePlacement target) {
    try {
      Optional<String> obstacle = homes.moveObstacle(node, target);
      if (obstacle.isEmpty()) {
        requireMovable(node, at(node, target));
      }
      return obstacle;
    } catch (OperationFailedException | CommandFailedException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      return Optional.of(Sentences.of(e));
    }
  }

  @Override
  public final OperationResult move(NodeSpec node, NodePlacement target) {
    Optional<String> obstacle = moveObstacle(node, target);
    if (obstacle.isPresent()) {
      return OperationResult.refused(node.service() + ": " + obstacle.get(), true);
    }
    OperationResult stopped = stop(node);
    if (stopped.failure().isPresent()) {
      return stopped;
    }
    OperationResult copied = Attempt.on(node, () -> {
      homes.copy(node, target);
      become(node, at(node, target));
      return stopped;
    });
    OperationResult settled = settleMove(node, target);
    if (settled instanceof OperationResult.Done done && done.facts().rootDir().equals(target.rootDir())) {
      return settled;
    }
    // Where it is where it was, this tells why; where that is not known, both do.
    return settled.failure().map(left -> OperationResult.unsettled(
        copied.failure().map(OperationResult.Failed::reason).map(why -> why + "; and ").orElse("") + left.reason()))
        .orElseGet(() -> copied.failure().isPresent() ? copied
            : OperationResult.failed(node.service() + ": its service could not be made one of " + target.rootDir(), true));
  }

  @Override
  public final OperationResult settleMove(NodeSpec node, NodePlacement target) {
    return Attempt.on(node, () -> {
      NodeSpec moved = at(node, target);
      if (!isAlready(moved)) {
        homes.deleteCopy(node, target);
        return OperationResult.done(homes.facts(node));
      }
      become(node, moved);
      homes.deleteMoved(node, target);
      return OperationResult.done(homes.facts(moved));
    });
  }

  private static NodeSpec at(NodeSpec node, NodePlacement target) {
    return node.toBuilder().placement(target).build();
  }

  /**
   * Refuses a node whose service could not be made one of another folder.
   *
   * @param moved the node as it is to be
   */
  protected abstract void requireMovable(NodeSpec node, NodeSpec moved)
      throws OperationFailedException, CommandFailedException, IOException;

  /** Makes the service of a stopped node one of another folder, which is there; safe to repeat. The last step is what {@link #isAlready} sees. */
  protected abstract void become(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException, IOException;

  /** Whether a node's service is of this folder. */
  protected abstract boolean isAlready(NodeSpec moved) throws OperationFailedException, CommandFailedException, IOException;

  @FunctionalInterface
  private interface FileWork {
    void run() throws CommandFailedException, IOException;
  }

  private static Optional<String> failure(FileWork work) {
    try {
      work.run();
      return Optional.empty();
    } catch (CommandFailedException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      return Optional.of(Sentences.of(e));
    }
  }

  @FunctionalInterface
  private interface Step {
    void run(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException;
  }

  private OperationResult step(NodeSpec node, Step step) {
    return Attempt.on(node, () -> {
      step.run(node);
      return OperationResult.done(homes.facts(node));
    });
  }
}
