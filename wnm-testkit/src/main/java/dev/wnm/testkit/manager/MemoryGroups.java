package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.model.Container;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Container groups of a {@linkplain InMemoryMachine#groups machine in memory}, for traits with blocks of ids; a test breaks
 * them. Safe to use from many threads.
 */
public final class MemoryGroups {
  private static final String IMAGE = "image";

  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, String> images = new HashMap<>();
  private final Map<String, Integer> lives = new HashMap<>();
  private final Map<String, String> failing = new HashMap<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final Map<String, GroupHealth> health = new HashMap<>();
  private final List<String> rebuilt = new ArrayList<>();
  private String newImage = IMAGE;
  private boolean boots = true;
  private int made;

  MemoryGroups() {}

  /** The groups whose containers run. */
  public synchronized Set<String> running() {
    return new TreeSet<>(running.keySet());
  }

  /** The groups whose containers were made anew on purpose, in order. */
  public synchronized List<String> rebuilt() {
    return List.copyOf(rebuilt);
  }

  /** What the container of a group was made from. */
  public synchronized String image(String name) {
    return images.getOrDefault(name, "");
  }

  /** Containers that are made anew are made from this from now on. @param works whether it boots */
  public synchronized void release(String image, boolean works) {
    newImage = image;
    boots = works;
  }

  /** A container ends and is started again. */
  public synchronized void restart(String name) {
    lives.merge(name, 1, Integer::sum);
  }

  /** A container is doing like this from now on. */
  public synchronized void health(String name, GroupHealth now) {
    health.put(name, now);
  }

  /** A container is gone; the next one of its group has another id. */
  public synchronized void lose(String name) {
    running.remove(name);
    images.remove(name);
  }

  /** Nothing can be done with this group, for this reason, until {@link #heal}. */
  public synchronized void fail(String name, String reason) {
    running.remove(name);
    failing.put(name, reason);
  }

  public synchronized void heal(String name) {
    failing.remove(name);
  }

  /** A group's nodes are reached at this address from now on. */
  public synchronized void move(String name, String host) {
    hosts.put(name, host);
  }

  synchronized Map<String, GroupResult> open(List<GroupSpec> groups) {
    Map<String, GroupResult> results = new LinkedHashMap<>();
    for (GroupSpec group : groups) {
      results.put(group.name(), open(group));
    }
    return results;
  }

  private GroupResult open(GroupSpec group) {
    if (failing.containsKey(group.name())) {
      return GroupResult.failed(failing.get(group.name()));
    }
    boolean isNew = !running.containsKey(group.name());
    int number = running.computeIfAbsent(group.name(), name -> ++made);
    String image = images.computeIfAbsent(group.name(), name -> group.image().orElse(newImage));
    Container container =
        new Container(Optional.empty(), group.name(), "container-" + number, image, true, Instant.EPOCH);
    GroupResult.Up up = GroupResult.up(container, hosts.getOrDefault(group.name(), "127.0.0.1"), image,
        number + " " + lives.getOrDefault(group.name(), 0)).withHealth(health.getOrDefault(group.name(), GroupHealth.UNCHECKED));
    return isNew ? up.asChanged() : up;
  }

  synchronized GroupResult rebuild(GroupSpec group) {
    running.remove(group.name());
    String image = group.image().orElse(newImage);
    if (image.equals(newImage) && !boots) {
      return GroupResult.failed("the image does not boot");
    }
    images.put(group.name(), image);
    GroupResult result = open(group);
    if (result instanceof GroupResult.Up) {
      rebuilt.add(group.name());
    }
    return result;
  }

  synchronized Map<String, GroupResult> close(List<GroupSpec> groups) {
    Map<String, GroupResult> results = new LinkedHashMap<>();
    for (GroupSpec group : groups) {
      if (failing.containsKey(group.name())) {
        results.put(group.name(), GroupResult.failed(failing.get(group.name())));
      } else {
        running.remove(group.name());
        results.put(group.name(), GroupResult.gone());
      }
    }
    return results;
  }
}
