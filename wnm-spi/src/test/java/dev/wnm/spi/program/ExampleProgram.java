package dev.wnm.spi.program;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.Version;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A program for the tests of this module, which knows none itself. */
public final class ExampleProgram implements NodeProgram {
  @Override
  public String name() {
    return "antnode";
  }

  @Override
  public String title() {
    return "example";
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public Optional<Identified> identify(String printed) {
    return printed.startsWith("example ") ? Optional.of(new Identified(Version.parse(printed.substring(8).strip()))) : Optional.empty();
  }

  @Override
  public List<String> arguments(NodeSpec node) {
    return List.of("--root-dir", node.rootDir().toString());
  }

  @Override
  public Map<String, Boolean> ownFlags() {
    return Map.of("--root-dir", true);
  }

  @Override
  public NodeFlags flags() {
    return NodeFlags.of("--root-dir", "--log-dir", "--port", "--rewards-address").withMetricsPort("--metrics-port").withRpc("--rpc");
  }

  @Override
  public Optional<String> networkIn(List<String> arguments) {
    return Optional.empty();
  }

  @Override
  public List<String> networks() {
    return List.of("evm-arbitrum-one");
  }

  @Override
  public Set<PortUse> ports() {
    return EnumSet.of(PortUse.NETWORK, PortUse.METRICS);
  }

  @Override
  public Set<String> unwantedVariables() {
    return Set.of("RUST_LOG", "ANT_PORT");
  }

  @Override
  public String keyFile() {
    return "secret-key";
  }

  @Override
  public boolean isOwnFile(String name) {
    return name.matches("antnode(\\.pid)?|secret-key|record_store|network_key_version|(antnode|critical_failure).*\\.log.*");
  }

  @Override
  public boolean isLog(String name) {
    return name.endsWith(".log");
  }

  @Override
  public Optional<String> peerId(byte[] key) {
    return Optional.empty();
  }

  @Override
  public Stopping stopping() {
    return new Stopping("INT", Duration.ofSeconds(20));
  }

  @Override
  public long idleMemoryBytes() {
    return 1;
  }
}
