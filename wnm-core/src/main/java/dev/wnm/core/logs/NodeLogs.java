package dev.wnm.core.logs;

import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ReadsLogs;
import java.util.Optional;
import org.apiguardian.api.API;

/** The logs of nodes, each as its process manager reads it. */
@API(status = API.Status.STABLE)
public final class NodeLogs {
  private final Managers managers;
  private final NodeSpecs specs;

  public NodeLogs(Managers managers, NodeSpecs specs) {
    this.managers = managers;
    this.specs = specs;
  }

  /** That of a node, by its name without what some service managers add. */
  public NamedLog of(Node node) {
    return new NamedLog(node.service().replaceFirst("\\.service$", ""), false, request -> part(node, request));
  }

  private LogPart part(Node node, LogRequest request) throws ManagerUnavailableException {
    Optional<String> problem = specs.problem(node);
    if (problem.isPresent()) {
      throw new ManagerUnavailableException(problem.get());
    }
    return managers.of(node.managerType()).capability(ReadsLogs.class).orElseThrow(() -> new ManagerUnavailableException(
        "process manager " + node.managerType() + " does not read the logs of its nodes")).log(specs.of(node), request);
  }
}
