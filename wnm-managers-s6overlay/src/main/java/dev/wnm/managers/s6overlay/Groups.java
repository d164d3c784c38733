package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.SideBySide;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Container groups as a whole: container, network, and the nodes that come back with them. */
final class Groups {
  private static final Duration NODES_COME_BACK = Duration.ofMinutes(2);
  /** A container in a crash loop that is older than this is made anew. */
  private static final Duration WORTH_MAKING_ANEW = Duration.ofHours(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Docker docker;
  private final GroupSettings settings;
  private final GroupContainers containers;
  private final ContainerNetwork network;
  private final Progress progress;
  private final Clock clock;
  /** Groups that were seen up in this run: asked again only when something fails. */
  private final Map<String, GroupResult.Up> up = new ConcurrentHashMap<>();
  /** What groups are to be, as core said it last. */
  private final Map<String, GroupSpec> asked = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  Groups(Docker docker, GroupSettings settings, GroupContainers containers, ContainerNetwork network, Progress progress, Clock clock) {
    this.clock = clock;
    this.docker = docker;
    this.settings = settings;
    this.containers = containers;
    this.network = network;
    this.progress = progress;
  }

  /** Makes all of them run, side by side, and puts their network right. One question to docker where nothing is wrong. */
  Map<String, GroupResult> open(List<GroupSpec> groups) {
    groups.forEach(group -> asked.put(group.name(), group));
    Map<String, GroupResult> results = new LinkedHashMap<>();
    try {
      Map<String, DockerContainer> there = containers.byGroup(groups.stream().map(GroupSpec::name).toList());
      if (!groups.isEmpty() && there.isEmpty()) {
        network.costs(groups.get(0)).ifPresent(progress::report);
      }
      results.putAll(SideBySide.of(groups, GroupSpec::name,
          group -> open(group, Optional.ofNullable(there.get(group.name())))));
      mendNetwork(groups, results);
    } catch (OperationFailedException e) {
      groups.forEach(group -> results.putIfAbsent(group.name(), failed(e)));
    }
    results.forEach((name, result) -> {
      if (result instanceof GroupResult.Up running) {
        up.put(name, running);
      } else {
        up.remove(name);
      }
    });
    return results;
  }

  /** The group of a node that is to be worked on; makes it run if it does not. */
  GroupResult.Up require(String name) throws OperationFailedException {
    synchronized (locks.computeIfAbsent(name, key -> new Object())) {
      GroupResult.Up known = up.get(name);
      if (known != null) {
        return known;
      }
      GroupResult result = open(List.of(spec(name))).get(name);
      if (result instanceof GroupResult.Up now) {
        return now;
      }
      throw OperationFailedException.forNow(((GroupResult.Failed) result).reason());
    }
  }

  NodesTool nodes(String group) {
    return new NodesTool(docker, settings.containerName(group));
  }

  private GroupResult open(GroupSpec group, Optional<DockerContainer> there) {
    try {
      if (there.isPresent() && containers.fits(there.get(), group) && isToBeLeftInItsLoop(there.get())) {
        return GroupResult.failed(ContainerHealth.deaths(there.get()) + containers.lastWords(group.name())
            + "; --force_action upgrade_image makes it anew");
      }
      if (there.isPresent() && there.get().isUp() && containers.fits(there.get(), group)) {
        return upWith(group, there.get(), containers.adjust(there.get()));
      }
      return upWith(group, run(group, there), true);
    } catch (OperationFailedException e) {
      return failed(e);
    }
  }

  /** One that was made lately would be no other when it is made anew; an older one may be worn out. */
  private boolean isToBeLeftInItsLoop(DockerContainer container) {
    Instant now = clock.instant();
    return container.isInCrashLoop(now) && Duration.between(container.createdAt(), now).compareTo(WORTH_MAKING_ANEW) < 0;
  }

  private DockerContainer run(GroupSpec group, Optional<DockerContainer> there) throws OperationFailedException {
    if (there.isEmpty()) {
      return containers.make(group, group.image().orElse(settings.image()));
    }
    // One that docker starts again and again does not boot; a start would only be one more.
    if (containers.fits(there.get(), group) && !there.get().isInCrashLoop(clock.instant())) {
      try {
        return containers.start(group);
      } catch (OperationFailedException e) {
        progress.report("the container of " + group.name() + " does not start and is made anew: " + e.getMessage());
      }
    }
    containers.remove(group);
    return containers.make(group, there.get().image());
  }

  /** What is wrong with it comes with what was printed last: companions print into the container's log. */
  private GroupHealth health(GroupSpec group, DockerContainer container) throws OperationFailedException {
    GroupHealth health = ContainerHealth.of(container);
    if (health.troubles().isEmpty()) {
      return health;
    }
    List<String> troubles = new ArrayList<>(health.troubles());
    troubles.set(troubles.size() - 1, troubles.get(troubles.size() - 1) + containers.lastWords(group.name()));
    return new GroupHealth(health.check(), health.readiness(), health.deaths(), troubles);
  }

  private GroupResult.Up upWith(GroupSpec group, DockerContainer container, boolean changed) throws OperationFailedException {
    GroupResult.Up found = GroupResult.up(container.asRecorded(group.name()), network.metricsHost(container), container.imageId(),
        container.life()).withHealth(health(group, container));
    return changed ? found.asChanged() : found;
  }

  private void mendNetwork(List<GroupSpec> groups, Map<String, GroupResult> results) throws OperationFailedException {
    Map<GroupSpec, String> addresses = new LinkedHashMap<>();
    for (GroupSpec group : groups) {
      if (results.get(group.name()) instanceof GroupResult.Up running) {
        addresses.put(group, running.host());
      }
    }
    try {
      network.mend(addresses);
    } catch (OperationFailedException e) {
      addresses.keySet().forEach(group -> results.put(group.name(), failed(e)));
    }
  }

  /**
   * Makes a group's container anew from its image or that of the settings, whatever the old one does.
   *
   * @return once the nodes that had run run again
   */
  GroupResult rebuild(GroupSpec group) {
    up.remove(group.name());
    try {
      Optional<DockerContainer> old = containers.find(group.name());
      String image = group.image().orElse(settings.image());
      // In one that is broken nothing is asked: what ran there, core knows by itself.
      List<String> ran = old.isEmpty() || ContainerHealth.isBroken(old.get(), clock.instant()) ? List.of() : ranIn(group);
      containers.requireImage(image);
      containers.remove(group);
      containers.make(group, image);
      GroupResult result = open(List.of(group)).get(group.name());
      if (result instanceof GroupResult.Up now) {
        awaitNodes(group, ran);
        return now.asChanged();
      }
      return result;
    } catch (OperationFailedException e) {
      return failed(e);
    }
  }

  /** A container that is broken is replaced though it does not say what runs in it. */
  private List<String> ranIn(GroupSpec group) {
    try {
      return running(group);
    } catch (OperationFailedException e) {
      progress.report("the container of " + group.name() + " is replaced though it does not say which nodes run in it: "
          + e.getMessage());
      return List.of();
    }
  }

  private List<String> running(GroupSpec group) throws OperationFailedException {
    return nodes(group.name()).status().values().stream().filter(NodeView::isUp).map(NodeView::service).toList();
  }

  private void awaitNodes(GroupSpec group, List<String> wanted) throws OperationFailedException {
    List<String> missing = wanted.isEmpty() ? wanted
        : Poll.last(NODES_COME_BACK, BETWEEN_LOOKS, () -> missing(group, wanted), List::isEmpty);
    if (!missing.isEmpty()) {
      throw OperationFailedException.forNow(missing.size() + " of " + wanted.size() + " nodes of " + group.name()
          + " did not come back with the new container: " + String.join(", ", missing));
    }
  }

  private List<String> missing(GroupSpec group, List<String> wanted) throws OperationFailedException {
    List<String> now = running(group);
    return wanted.stream().filter(service -> !now.contains(service)).toList();
  }

  /** Removes their containers and what their network took. */
  Map<String, GroupResult> close(List<GroupSpec> groups, Function<String, Optional<String>> leftovers) {
    return SideBySide.of(groups, GroupSpec::name, group -> {
      up.remove(group.name());
      try {
        containers.remove(group);
        network.forget(group);
        return leftovers.apply(group.name()).<GroupResult>map(GroupResult::failed).orElseGet(GroupResult::gone);
      } catch (OperationFailedException e) {
        return failed(e);
      }
    });
  }

  private GroupSpec spec(String name) throws OperationFailedException {
    GroupSpec known = asked.get(name);
    if (known != null) {
      return known;
    }
    GroupSpec group = settings.group(name).orElseThrow(() -> OperationFailedException.forGood(name + " is no group of this colony"));
    return containers.find(name).map(container -> containers.asMade(group, container)).orElse(group);
  }

  private static GroupResult.Failed failed(OperationFailedException e) {
    return GroupResult.failed(e.getMessage());
  }
}
