package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes parts of a {@link NodeSpec}; the spec it starts from stays as it is. */
public final class NodeSpecBuilder {
  private final int id;
  private final String network;
  private final boolean upnp;
  private final Path bootstrapCache;
  private final String wallet;
  private String user;
  private String service;
  private Path rootDir;
  private Path logDir;
  private Path binary;
  private Path source;
  private NodePorts ports;
  private String host;
  private Map<String, String> environment;
  private List<String> startArgs;
  private Optional<String> group;
  private OptionalLong pid;

  private NodeSpecBuilder(NodeSpec spec) {
    id = spec.id();
    network = spec.network();
    upnp = spec.upnp();
    bootstrapCache = spec.bootstrapCache();
    user = spec.user();
    wallet = spec.wallet();
    service = spec.service();
    rootDir = spec.rootDir();
    logDir = spec.logDir();
    binary = spec.binary();
    source = spec.source();
    ports = spec.ports();
    host = spec.host();
    environment = spec.environment();
    startArgs = spec.startArgs();
    group = spec.group();
    pid = spec.pid();
  }

  public static NodeSpecBuilder from(NodeSpec spec) {
    return new NodeSpecBuilder(spec);
  }

  /** What the back end reported, as core records it and hands it in with the next call. */
  public static NodeSpec recorded(NodeSpec spec, NodeFacts facts) {
    NodeSpecBuilder builder = from(spec).at(facts.rootDir()).pid(facts.pid());
    builder.service = facts.service();
    builder.logDir = facts.logDir();
    builder.binary = facts.binary();
    builder.host = facts.host().orElse(spec.host());
    return builder.build();
  }

  /** Another data folder, with logs and binary inside it. */
  public NodeSpecBuilder at(Path newRootDir) {
    rootDir = newRootDir;
    logDir = newRootDir.resolve("logs");
    binary = newRootDir.resolve("antnode");
    return this;
  }

  public NodeSpecBuilder source(Path newSource) {
    source = newSource;
    return this;
  }

  public NodeSpecBuilder ports(NodePorts newPorts) {
    ports = newPorts;
    return this;
  }

  public NodeSpecBuilder environment(Map<String, String> newEnvironment) {
    environment = newEnvironment;
    return this;
  }

  public NodeSpecBuilder startArgs(String... newStartArgs) {
    startArgs = List.of(newStartArgs);
    return this;
  }

  public NodeSpecBuilder user(String newUser) {
    user = newUser;
    return this;
  }

  public NodeSpecBuilder group(String newGroup) {
    group = Optional.of(newGroup);
    return this;
  }

  public NodeSpecBuilder pid(OptionalLong newPid) {
    pid = newPid;
    return this;
  }

  public NodeSpec build() {
    return new NodeSpec(id, service, rootDir, logDir, binary, source, ports, host, user, wallet, network, upnp, environment,
        startArgs, bootstrapCache, group, pid);
  }
}
