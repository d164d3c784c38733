package dev.wnm.managers.internal;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process manager whose nodes have their folders and their copies of antnode on this machine: what it does to binaries. */
public abstract class NativeManager implements ProcessManager {
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
  public Map<Integer, String> occupied(List<NodeSpec> planned) {
    return new HashMap<>(ProcessManager.super.occupied(planned));
  }

  @FunctionalInterface
  private interface Step {
    void run(NodeSpec node) throws CannotException, CommandFailedException, IOException;
  }

  private OperationResult step(NodeSpec node, Step step) {
    return Attempt.on(node, () -> {
      step.run(node);
      return OperationResult.done(homes.facts(node));
    });
  }
}
