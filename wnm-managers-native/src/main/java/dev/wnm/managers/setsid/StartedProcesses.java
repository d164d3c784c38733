package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows the process that a node was started as, whatever program it has become since. Arguments and executable change when a
 * process becomes another program; its pid and start time do not, and wnm wrote them down where the node's account cannot
 * change them.
 */
final class StartedProcesses {
  private final ProcessTable table;
  private final NodeFiles files;
  private final ColonyId colony;

  StartedProcesses(ProcessTable table, NodeFiles files, ColonyId colony) {
    this.table = table;
    this.files = files;
    this.colony = colony;
  }

  /** The one of a node of this colony; empty when it has ended. */
  Optional<NodeProcess> of(NodeSpec node) throws CommandFailedException {
    return NodeDescription.in(node.rootDir(), files).filter(description -> description.says(node, colony))
        .flatMap(NodeDescription::started).flatMap(this::living);
  }

  /** Writes down as which process the node runs now. */
  void remember(NodeProcess process, NodeDescription description, Path rootDir)
      throws CommandFailedException, IOException {
    description.startedAs(new NodeDescription.Started(process.pid(), process.startedAt())).keepFor(rootDir, files);
  }

  private Optional<NodeProcess> living(NodeDescription.Started started) {
    return table.find(started.pid()).filter(process -> process.startedAt().equals(started.at()));
  }
}
