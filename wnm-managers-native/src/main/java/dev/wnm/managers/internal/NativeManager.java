package dev.wnm.managers.internal;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import java.nio.file.Path;

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
  public final OperationResult install(NodeSpec node, Path source) {
    return Attempt.on(node, () -> {
      homes.install(node, source);
      return OperationResult.done(homes.facts(node));
    });
  }

  @Override
  public final OperationResult keep(NodeSpec node) {
    return Attempt.on(node, () -> {
      homes.keep(node);
      return OperationResult.done(homes.facts(node));
    });
  }

  @Override
  public final OperationResult restore(NodeSpec node) {
    return Attempt.on(node, () -> {
      homes.restore(node);
      return OperationResult.done(homes.facts(node));
    });
  }

  @Override
  public final OperationResult forgetKept(NodeSpec node) {
    return Attempt.on(node, () -> {
      homes.forgetKept(node);
      return OperationResult.done(homes.facts(node));
    });
  }
}
