package dev.wnm.testkit.antnode;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stand-in that runs as a process of its own, with its successors; closing it ends them. */
final class RunningStandIn implements AutoCloseable {
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  private final Path root;
  private final int nodePort;
  private final int metricsPort;
  private final Process process;
  private final NodePages pages = new NodePages();

  RunningStandIn(Path root, Map<String, String> settings, String... moreArguments) throws IOException {
    this(root, FreePorts.next(), FreePorts.next(), settings, moreArguments);
  }

  RunningStandIn(Path root, int nodePort, int metricsPort, Map<String, String> settings, String... moreArguments)
      throws IOException {
    this.root = Files.createDirectories(root);
    this.nodePort = nodePort;
    this.metricsPort = metricsPort;
    if (!Files.exists(binary())) {
      StandInAntnode.installInto(root);
    }
    List<String> words = new ArrayList<>(List.of(binary().toString(), "--root-dir", root.toString(),
        "--port", Integer.toString(nodePort), "--metrics-server-port=" + metricsPort,
        "--log-output-dest", root.resolve("logs").toString(), "--rewards-address", WALLET));
    words.addAll(List.of(moreArguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true)
        .redirectOutput(root.resolve("console.log").toFile());
    settings.forEach((name, value) -> builder.environment().put(StandInAntnode.variable(name), value));
    process = builder.start();
  }

  RunningStandIn untilItAnswers() {
    eventually("the stand-in answers", () -> version().isPresent());
    return this;
  }

  Path binary() {
    return root.resolve(StandInAntnode.FILE_NAME);
  }

  Path file(String name) {
    return root.resolve(name);
  }

  String text(String file) throws IOException {
    return Files.exists(file(file)) ? Files.readString(file(file)) : "";
  }

  Process process() {
    return process;
  }

  int nodePort() {
    return nodePort;
  }

  int metricsPort() {
    return metricsPort;
  }

  Optional<String> page(String path) {
    return pages.get("127.0.0.1", metricsPort, path);
  }

  Optional<Version> version() {
    return pages.version("127.0.0.1", metricsPort);
  }

  Optional<String> peerId() {
    return pages.peerId("127.0.0.1", metricsPort);
  }

  /** Sends a signal by name. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end. @return its exit code, 128 + n when signal n ended it */
  int exitCode() {
    eventually("the stand-in ends", () -> !process.isAlive());
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    String pid = text("antnode.pid");
    if (!pid.isEmpty() && Long.parseLong(pid) != process.pid()) {
      ProcessHandle.of(Long.parseLong(pid))
          .filter(successor -> successor.info().commandLine().orElse("").contains(root.toString()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
