package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.SideBySide;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperationFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services beside the nodes of container groups. No container is started for their sake. */
final class GroupsCompanions {
  private final Docker docker;
  private final GroupSettings settings;
  private final GroupContainers containers;
  private final Clock clock;

  GroupsCompanions(Docker docker, GroupSettings settings, GroupContainers containers, Clock clock) {
    this.docker = docker;
    this.settings = settings;
    this.containers = containers;
    this.clock = clock;
  }

  /** Those of groups side by side. */
  Map<String, GroupCompanions> all(List<String> groups) {
    try {
      Map<String, DockerContainer> there = containers.byGroup(groups);
      return SideBySide.of(groups, group -> group, group -> of(group, Optional.ofNullable(there.get(group))));
    } catch (OperationFailedException e) {
      return groups.stream().collect(Collectors.toMap(group -> group, group -> GroupCompanions.unknown(e.getMessage())));
    }
  }

  private GroupCompanions of(String group, Optional<DockerContainer> container) {
    try {
      Optional<String> obstacle = obstacle(container);
      return obstacle.isPresent() ? GroupCompanions.unknown(obstacle.get()) : GroupCompanions.known(tool(group).status());
    } catch (OperationFailedException e) {
      return GroupCompanions.unknown(e.getMessage());
    }
  }

  private Optional<String> obstacle(Optional<DockerContainer> container) {
    if (container.isEmpty()) {
      return Optional.of("its container is not there");
    }
    Instant now = clock.instant();
    if (container.get().isInCrashLoop(now)) {
      return Optional.of(ContainerHealth.deaths(container.get()));
    }
    return container.get().isUp() ? Optional.empty() : Optional.of("its container does not run");
  }

  CompanionResult operate(CompanionName companion, CompanionAction action, String by) {
    try {
      return running(companion).operate(companion.service(), action, by);
    } catch (OperationFailedException e) {
      return CompanionResult.failed(e.getMessage());
    }
  }

  LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    return ask(companion, tool -> tool.log(companion.service(), request));
  }

  String explain(CompanionName companion) throws ManagerUnavailableException {
    return ask(companion, tool -> tool.explain(companion.service()));
  }

  String trace(CompanionName companion, Duration time) throws ManagerUnavailableException {
    return ask(companion, tool -> tool.trace(companion.service(), time));
  }

  private interface Question<T> {
    T of(CompanionsTool tool) throws OperationFailedException;
  }

  private <T> T ask(CompanionName companion, Question<T> question) throws ManagerUnavailableException {
    try {
      return question.of(running(companion));
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    }
  }

  private CompanionsTool running(CompanionName companion) throws OperationFailedException {
    String group = companion.group();
    if (settings.group(group).isEmpty()) {
      throw OperationFailedException.forGood(group + " is no group of this colony");
    }
    Optional<String> obstacle = obstacle(containers.find(group));
    if (obstacle.isPresent()) {
      throw OperationFailedException.forNow(obstacle.get());
    }
    return tool(group);
  }

  private CompanionsTool tool(String group) {
    return new CompanionsTool(docker, settings.containerName(group));
  }
}
