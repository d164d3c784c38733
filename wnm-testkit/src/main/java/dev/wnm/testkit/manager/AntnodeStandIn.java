package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stand-in for antnode. */
final class AntnodeStandIn implements StandIn {
  private final NodePages pages = new NodePages();

  @Override
  public NodeProgram program() {
    return NodePrograms.named(StandInAntnode.FILE_NAME).orElseThrow();
  }

  @Override
  public Version older() {
    return ContractMachine.OLD;
  }

  @Override
  public Version newer() {
    return ContractMachine.NEW;
  }

  @Override
  public Path install(Path folder, Version version) throws IOException {
    return StandInAntnode.installInto(folder, version);
  }

  @Override
  public String variable(String name) {
    return StandInAntnode.variable(name);
  }

  @Override
  public NodePorts ports() {
    return NodePorts.of(FreePorts.next(), FreePorts.next()).withRpc(FreePorts.next());
  }

  @Override
  public Optional<Version> version(NodeSpec node) {
    return pages.version(node.host(), node.ports().metrics().orElseThrow());
  }

  @Override
  public Optional<String> peerId(NodeSpec node) {
    return pages.peerId(node.host(), node.ports().metrics().orElseThrow());
  }

  @Override
  public String dataFolder() {
    return "record_store";
  }

  @Override
  public List<String> arguments() {
    return List.of("--network-id", "7");
  }

  @Override
  public Map<String, String> variables() {
    return Map.of(variable("metric_records_stored"), "4711", variable("metric_relevant_records"), "two words and $HOME");
  }

  @Override
  public boolean heard(NodeSpec node) {
    String metrics = page(node, "/metrics");
    return metrics.contains("ant_networking_records_stored 4711\n")
        && metrics.contains("ant_networking_relevant_records two words and $HOME\n")
        && page(node, "/metadata").contains("identify_protocol_str=\"ant/1.0/7\"");
  }

  private String page(NodeSpec node, String path) {
    return pages.get(node.host(), node.ports().metrics().orElseThrow(), path).orElse("");
  }

  /** What it leaves after INT, and not after TERM. */
  @Override
  public boolean wasAskedToEnd(NodeSpec node) throws IOException {
    return Files.readString(node.logDir().resolve("critical_failure.log")).contains("Ctrl-C received!");
  }
}
