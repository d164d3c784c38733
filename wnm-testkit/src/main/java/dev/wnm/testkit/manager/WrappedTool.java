package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a back end that wraps another tool tells core beside its nodes, for the {@linkplain InMemoryMachine#tool machine in
 * memory}; a test sets it. At first there are no containers, no ports are reserved, nothing is noticed, there is no listing
 * to be read, and binaries come from where the machine's traits say. Safe to use from many threads.
 */
public final class WrappedTool {
  private List<Container> containers = List.of();
  private Set<Integer> reservedPorts = Set.of();
  private List<String> notices = List.of();
  private final Map<String, List<FoundNode>> listings = new HashMap<>();
  private Optional<Path> fetched = Optional.empty();
  private Optional<Version> pinned = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  WrappedTool() {}

  /** A container that runs, as {@link #has} takes it. */
  public static Container running(String name) {
    return container(name, "docker-id-of-" + name, true);
  }

  /** A container that is stopped, as {@link #has} takes it. */
  public static Container stopped(String name) {
    return container(name, "docker-id-of-" + name, false);
  }

  /** @param dockerId another one each time the container is made anew */
  public static Container container(String name, String dockerId, boolean running) {
    return new Container(Optional.empty(), name, dockerId, "image", running, Instant.EPOCH);
  }

  /** These are the containers from now on; for machines whose managers run nodes in containers. */
  public synchronized void has(Container... all) {
    containers = List.of(all);
  }

  /** No new node may have these ports, although nothing listens on them. */
  public synchronized void reserves(Set<Integer> ports) {
    reservedPorts = Set.copyOf(ports);
  }

  /** Each look at the fleet ends with these sentences. */
  public synchronized void notices(String... sentences) {
    notices = List.of(sentences);
  }

  /** This text is a listing of these nodes; every other one is refused. Without any listing, none can be read at all. */
  public synchronized void lists(String listing, List<FoundNode> nodes) {
    listings.put(listing, new ArrayList<>(nodes));
  }

  /** New and upgraded nodes get this antnode, whatever core suggests; core is told its version beforehand, or nothing. */
  public synchronized void fetches(Path antnode, Optional<Version> toldVersion) {
    fetched = Optional.of(antnode);
    pinned = toldVersion;
  }

  /** Neither nodes nor containers nor ports can be told, for this reason, until {@link #recovers}. */
  public synchronized void breaksDown(String reason) {
    trouble = Optional.of(reason);
  }

  public synchronized void recovers() {
    trouble = Optional.empty();
  }

  // What the managers of its machine need

  synchronized Traits traits(Traits given) {
    return fetched.isEmpty() ? given : given.with(new Traits.Binaries.Fetched(pinned));
  }

  synchronized Path source(Path suggested) {
    return fetched.orElse(suggested);
  }

  synchronized Optional<Container> container(String name) {
    return containers.stream().filter(container -> container.name().equals(name)).findFirst();
  }

  synchronized List<Container> containers() throws ManagerUnavailableException {
    check();
    return containers;
  }

  synchronized Set<Integer> reservedPorts() throws ManagerUnavailableException {
    check();
    return reservedPorts;
  }

  synchronized List<String> notices() {
    return notices;
  }

  synchronized boolean hasListings() {
    return !listings.isEmpty();
  }

  synchronized List<FoundNode> read(String listing) throws ManagerUnavailableException {
    if (!listings.containsKey(listing)) {
      throw new ManagerUnavailableException("this is no listing of the tool in memory");
    }
    return List.copyOf(listings.get(listing));
  }

  synchronized void check() throws ManagerUnavailableException {
    if (trouble.isPresent()) {
      throw new ManagerUnavailableException(trouble.get());
    }
  }
}
