package dev.wnm.fetch;

import dev.wnm.core.model.WantedRelease;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An operator's folder, and orders to fetch something into it. */
final class Site {
  static final Downloads.Limits PATIENT = new Downloads.Limits(Duration.ofMinutes(2), Duration.ofMinutes(2));
  static final WantedRelease NEWEST = new WantedRelease.Newest();
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String MACHINE = "linux-x64";

  final Path bin;
  private final ReleaseSource source;

  Site(Path folder, ReleaseSource source) {
    bin = folder.resolve("home/bin");
    this.source = source;
  }

  Path program() {
    return bin.resolve("ant-node");
  }

  Path peers() {
    return bin.resolve("bootstrap_peers.toml");
  }

  /** Puts a program there by hand. */
  void has(String version, String peers) throws IOException {
    Files.createDirectories(bin);
    Files.writeString(program(), Archives.program(version));
    Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(peers(), peers);
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(bin)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  FetchOrder order(WantedRelease wanted) {
    return new FetchOrder(wanted, bin.resolve("antnode"), false, false);
  }

  static WantedRelease version(String version) {
    return new WantedRelease.Exactly(new Version(version));
  }

  NodeFetch from(Publisher publisher) {
    return from(publisher.address(), publisher.connections(), Map.of(), PATIENT);
  }

  NodeFetch from(URI api, HttpClient.Builder connections, Map<String, String> environment, Downloads.Limits limits) {
    return on(MACHINE, api, () -> new Downloads(connections, Proxies.of(environment), limits, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  /** Of one who has no network, and asks for none. */
  NodeFetch withoutANetwork() {
    return on(MACHINE, URI.create("https://localhost/"), () -> {
      throw new AssertionError("asked for a network");
    });
  }

  NodeFetch on(String machine, URI api, Supplier<Downloads> network) {
    return new NodeFetch(NodePrograms.named("ant-node").orElseThrow(), source, machine, new ProcessCommandRunner(), api, network);
  }
}
