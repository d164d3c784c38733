package dev.wnm.core.managers;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stands for a process manager that some nodes need and that cannot work here: their state is unknown, nothing is done. It may
 * keep the binaries that nodes had before, so that no trial of one ends while that cannot be told.
 */
final class UnusableManager implements ProcessManager, InstallsBinaries {
  private final String reason;

  UnusableManager(String reason) {
    this.reason = reason;
  }

  @Override
  public Traits traits() {
    return Traits.USUAL.with(Traits.Concurrency.SERIAL);
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult stage(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult swap(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult restore(NodeSpec node) {
    return refused();
  }

  @Override
  public OperationResult forgetKept(NodeSpec node) {
    return refused();
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return nodes.stream().map(NodeSpec::id)
        .collect(Collectors.toMap(Function.identity(), id -> new ProcessState.Unknown(reason)));
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    throw new ManagerUnavailableException(reason);
  }

  private OperationResult refused() {
    return OperationResult.refused(reason, true);
  }
}
