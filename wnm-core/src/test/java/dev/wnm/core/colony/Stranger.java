package dev.wnm.core.colony;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.NodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Somebody else's node: a process of the stand-in antnode that has taken a metrics port. */
final class Stranger implements AutoCloseable {
  static final Version VERSION = new Version("9.9.9");

  private final Process process;
  private final int metricsPort;

  /** Runs when this returns and answers. @param home a folder of its own */
  Stranger(Path home, int metricsPort) throws IOException {
    this.metricsPort = metricsPort;
    Path root = Files.createDirectories(home);
    Path binary = StandInAntnode.installInto(root, VERSION);
    process = new ProcessBuilder(binary.toString(), "--root-dir", root.toString(), "--port",
        Integer.toString(FreePorts.next()), "--metrics-server-port", Integer.toString(metricsPort), "--log-output-dest",
        root.resolve("logs").toString(), "--rewards-address", ColonyHarness.WALLET, "evm-arbitrum-one")
        .redirectErrorStream(true).redirectOutput(root.resolve("console.log").toFile()).start();
    Eventually.eventually("the stranger answers", () -> pages().version("127.0.0.1", metricsPort).equals(Optional.of(VERSION)));
  }

  String peerId() {
    return pages().peerId("127.0.0.1", metricsPort).orElseThrow();
  }

  private static NodePages pages() {
    return new NodePages();
  }

  /** Its port is free when this returns. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
