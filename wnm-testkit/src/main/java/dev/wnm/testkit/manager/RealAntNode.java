package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real ant-node, alone on the loopback interface. It cannot be told to misbehave, and there is one version of it; run such a suite
 * in a network of its own, {@code unshare --net} with loopback up, where no other node is.
 */
final class RealAntNode extends AntNode2StandIn {
  private final Path binary;

  private RealAntNode(Path binary) {
    this.binary = binary;
  }

  static Optional<StandIn> named() {
    return StandIn.realProgram().map(RealAntNode::new);
  }

  @Override
  public Version newer() {
    return older();
  }

  @Override
  public Path install(Path folder, Version version) throws IOException {
    Path file = Files.createDirectories(folder).resolve(program().name());
    return Files.copy(binary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Override
  public List<String> usualArguments() {
    return List.of("--ipv4-only", "--network-mode", "development");
  }

  @Override
  public boolean misbehaves() {
    return false;
  }

  @Override
  public List<String> arguments() {
    return List.of("--ipv4-only", "--network-mode", "development", "--cache-capacity", "4711");
  }

  @Override
  public Map<String, String> variables() {
    return Map.of("ANT_TEST_WORDS", "two words and $HOME");
  }

  @Override
  public boolean heard(NodeSpec node) {
    return hasArgumentsAndVariables(node);
  }
}
