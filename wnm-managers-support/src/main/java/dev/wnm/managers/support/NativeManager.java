package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReadsVersions;
import dev.wnm.spi.model.ColonyId;
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
public abstract class NativeManager implements ProcessManager, InstallsBinaries, KeepsKeys, KeepsStorages, OpensPorts, ReadsLogs,
    ReadsVersions {
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
