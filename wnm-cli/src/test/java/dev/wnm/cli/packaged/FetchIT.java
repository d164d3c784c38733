package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fetch.PackagedFetch;
import dev.wnm.testkit.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --fetch_node} of the packaged program, whose jar has only a part of the libraries that it takes. */
class FetchIT {
  /** A release that ant-keygen has signed, with a key that it made for tests. */
  private static final Path SIGNED = Path.of("../wnm-fetch/src/test/resources/dev/wnm/fetch/ant-keygen").toAbsolutePath().normalize();

  private TestHost host;

  @BeforeEach
  void aMachineIsThere() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private Path archive() throws IOException {
    Files.copy(SIGNED.resolve("archive.tar.gz.sig"), host.home().resolve("release.tar.gz.sig"));
    return Files.copy(SIGNED.resolve("archive.tar.gz"), host.home().resolve("release.tar.gz"));
  }

  private Stream<String> bin() throws IOException {
    try (Stream<Path> files = Files.list(host.home().resolve(".local/bin"))) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void theJarHasAllThatASignatureAndAnArchiveTake() throws IOException, InterruptedException {
    Path place = host.home().resolve("nodes/ant-node");
    // The jar before the libraries that the tests have whole.
    String classes = Path.of(PackagedFetch.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    Process fetch = host.wnm().process(List.of("-cp", PackagedJar.path() + File.pathSeparator + classes, PackagedFetch.class.getName(),
        SIGNED.resolve("key.pub").toString(), archive().toString(), place.toString())).redirectErrorStream(true).start();
    String printed = new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(fetch.waitFor()).as(printed).isZero();
    assertThat(printed).isEqualTo("ant-node 0.23.1 is at " + place + ", its signature checked, with bootstrap_peers.toml beside it\n");
    assertThat(place).isExecutable();
    assertThat(place.resolveSibling("bootstrap_peers.toml")).exists();
  }

  @Test
  void whatThePublisherHasNotSignedIsNotTaken() throws IOException {
    WnmRun run = host.run("--fetch_node", archive().toString());
    assertThat(run.exit()).as(run.toString()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("wnm: ant-node is not fetched: " + host.home().resolve("release.tar.gz")
        + ": its signature does not match: it is not what the publisher has signed, or not whole; nothing was changed\n");
    assertThat(bin()).containsExactly("antnode");
  }

  @Test
  void withoutANetworkOneSentenceSaysHowElse() throws IOException {
    String nobody = "127.0.0.1:" + FreePorts.next();
    WnmRun run = host.wnm().with("https_proxy", nobody).run("--fetch_node", "latest");
    assertThat(run.exit()).as(run.toString()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("wnm: ant-node is not fetched: https://api.github.com/repos/WithAutonomi/ant-node/releases?per_page=100"
        + " (by the proxy " + nobody + " of https_proxy) cannot be read: no connection")
        .endsWith(".tar.gz\n").contains("; nothing was changed; by hand: get ant-node-cli-").hasLineCount(1);
    assertThat(bin()).containsExactly("antnode");
  }
}
