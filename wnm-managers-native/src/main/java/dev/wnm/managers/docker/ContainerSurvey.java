package dev.wnm.managers.docker;

import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Sentences;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.program.NodeArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds nodes with nothing remembered: the containers of the colony, whose description has all there is to know, and folders
 * of nodes whose containers are gone. Nodes in containers of other managers are among them, to be named.
 */
final class ContainerSurvey {
  private final ManagerContext context;
  private final NodeContainers containers;
  private final NodeFiles files;
  private final NodeHome homes;

  ContainerSurvey(ManagerContext context, NodeContainers containers, NodeFiles files, NodeHome homes) {
    this.context = context;
    this.containers = containers;
    this.files = files;
    this.homes = homes;
  }

  List<FoundNode> take() throws ManagerUnavailableException {
    List<FoundNode> nodes = new ArrayList<>();
    Set<Path> found = new HashSet<>();
    try {
      for (DockerContainer container : containers.all()) {
        NodeArguments arguments = new NodeArguments(NodeNetwork.nodeIn(container.program()));
        Optional<Path> rootDir = arguments.rootDir();
        if (rootDir.isPresent() && found.add(rootDir.get())) {
          nodes.add(new Finding(ContainerSpec.serviceOf(container), rootDir.get(), arguments, ownerOf(rootDir.get()),
              ContainerSpec.variablesOf(container), stateOf(container)).toNode(files, homes));
        }
      }
      for (Path folder : homes.folders(found)) {
        nodes.add(Finding.ofFolder(folder, folder.getFileName() + ".service", new ProcessState.Stopped("its container is gone"), files)
            .toNode(files, homes));
      }
      nodes.addAll(containers.ofOthers());
      return nodes;
    } catch (OperationFailedException | CommandFailedException e) {
      throw new ManagerUnavailableException("the nodes in containers cannot be surveyed: " + e.getMessage());
    } catch (IOException e) {
      throw new ManagerUnavailableException("the node storage " + Sentences.list(context.nodeStorages()) + " cannot be surveyed: " + e);
    }
  }

  private ProcessState stateOf(DockerContainer container) {
    return Health.isUp(container, context.clock().instant())
        ? new ProcessState.Running(OptionalLong.of(container.state().pid()))
        : new ProcessState.Stopped(Health.ending(container), Health.deaths(container));
  }

  private String ownerOf(Path folder) throws CommandFailedException {
    return files.ownerOf(folder).orElseGet(() -> System.getProperty("user.name"));
  }
}
