package dev.wnm.managers.launchd;

import dev.wnm.managers.support.NodeLogs;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what nodes' processes do: one command and one look at each storage folder, however many nodes, and one more for each
 * node that ended before or started lately.
 */
final class JobStates {
  private final Domains domains;
  private final JobFiles files;
  private final ColonyId colony;
  private final NodeLogs logs;
  private final Clock clock;

  JobStates(Domains domains, JobFiles files, ColonyId colony, NodeLogs logs, Clock clock) {
    this.clock = clock;
    this.colony = colony;
    this.logs = logs;
    this.domains = domains;
    this.files = files;
  }

  Map<Integer, ProcessState> of(List<NodeSpec> nodes) {
    if (nodes.isEmpty()) {
      return Map.of();
    }
    Map<Integer, ProcessState> states = new LinkedHashMap<>();
    try {
      Jobs jobs = domains.look();
      StorageView storages = new StorageView(colony);
      for (NodeSpec node : nodes) {
        states.put(node.id(), stateOf(node, jobs.of(JobLabel.of(node)), storages));
      }
    } catch (CommandFailedException e) {
      nodes.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
    }
    return states;
  }

  private ProcessState stateOf(NodeSpec node, Optional<Job> listed, StorageView storages) throws CommandFailedException {
    Optional<Job> job = listed.isPresent() && listed.get().mayBeInCrashLoop(clock.instant())
        ? Optional.of(domains.inFull(listed.get())) : listed;
    if (job.filter(Job::runs).isPresent() && !job.get().isInCrashLoop(clock.instant())) {
      return new ProcessState.Running(job.get().pid());
    }
    ProcessState state = storages.ofNodeThatIsDown(node.rootDir(), job.map(Job::deaths).orElse(0), () -> detail(node, job));
    Path plist = files.of(JobLabel.of(node));
    return state instanceof ProcessState.Missing && (job.isPresent() || Files.exists(plist))
        ? new ProcessState.Unknown("its folder " + node.rootDir() + " is gone, but " + plist
            + " would start it again; remove the node")
        : state;
  }

  private String detail(NodeSpec node, Optional<Job> job) {
    Optional<String> ending = job.flatMap(Job::ending).map(words -> "ended " + words);
    return Stream.concat(ending.stream(), Stream.of(logs.lastFailure(node))).filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
