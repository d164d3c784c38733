package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.PortRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Docker publishes the UDP ports of a group on all addresses of the host. Metrics are read at the container's own address,
 * or published on 127.0.0.1 where the host has no way to that.
 */
final class PublishedNetwork implements ContainerNetwork {
  /** Each iptables call of Docker reads all rules, so that each group takes as long again as the first one, and more. */
  private static final double SECONDS_A_PORT = 0.03;
  private static final Duration PATIENCE_A_PORT = Duration.ofMillis(500);
  private static final int RULES_A_PORT = 3;
  private static final double PROXY_MIB = 3.2;

  private final Docker docker;
  private final int groups;
  private Boolean hostReachesContainers;

  /** @param groups how many groups there will be */
  PublishedNetwork(Docker docker, int groups) {
    this.docker = docker;
    this.groups = groups;
  }

  @Override
  public List<String> runWords(GroupSpec group) throws OperationFailedException {
    List<String> words = new ArrayList<>();
    group.udpPorts().forEach(ports -> words.addAll(List.of("--publish", ports + ":" + ports + "/udp")));
    if (!hostReachesContainers()) {
      words.addAll(List.of("--publish", "127.0.0.1:" + group.metricsPorts() + ":" + group.metricsPorts() + "/tcp"));
    }
    return words;
  }

  private static int published(GroupSpec group) {
    return group.udpPorts().stream().mapToInt(PortRange::size).sum();
  }

  /** As it was made: to ask the engine at each run would be a call of docker more. */
  @Override
  public String metricsHost(DockerContainer container) throws OperationFailedException {
    if (container.publishesTcp()) {
      return "127.0.0.1";
    }
    return container.address().orElseThrow(() -> OperationFailedException.forNow("container " + container.name() + " has no address"));
  }

  @Override
  public Duration patience(GroupSpec group) {
    return PATIENCE_A_PORT.multipliedBy((long) published(group) * groups);
  }

  @Override
  public Optional<String> costs(GroupSpec group) {
    int ports = published(group);
    long seconds = Math.round(SECONDS_A_PORT * ports * groups * (groups + 1) / 2);
    return Optional.of("docker publishes " + ports + " ports for each group: some " + ports * groups * RULES_A_PORT
        + " firewall rules and " + seconds + " s for " + (groups == 1 ? "one group" : groups + " groups")
        + ", several times that when they stop, and, unless its daemon.json says \"userland-proxy\": false, a process of "
        + PROXY_MIB + " MiB for each port and address; --container_network routed or host costs none of it");
  }

  /** Docker Desktop and rootless engines have their containers in a network that the host has no way into. */
  private synchronized boolean hostReachesContainers() throws OperationFailedException {
    if (hostReachesContainers == null) {
      String engine = docker.must(docker.command("info", "--format", "{{.OperatingSystem}} {{json .SecurityOptions}}"));
      hostReachesContainers = System.getProperty("os.name").equals("Linux") && !engine.contains("rootless")
          && !engine.contains("Docker Desktop");
    }
    return hostReachesContainers;
  }
}
