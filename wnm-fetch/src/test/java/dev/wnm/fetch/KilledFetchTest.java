package dev.wnm.fetch;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.WantedRelease;
import dev.wnm.spi.program.ReleaseKey;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wnm that is killed while it fetches. */
class KilledFetchTest {
  private static final Signer SIGNER = new Signer();

  @TempDir
  private Path folder;

  @Test
  void whatWasThereStaysAndTheNextOneClearsAwayWhatItLeft() throws IOException, InterruptedException {
    Site site = new Site(folder, SIGNER.source());
    site.has("0.22.0", Archives.PEERS);
    Path archive = folder.resolve("release.tar.gz");
    Path began = folder.resolve("began");
    // Its version is what is waited for once all else is done but the renames.
    String hanging = "#!/bin/sh\n[ -e " + began + " ] || { : > " + began + "; exec sleep 600; }\necho ant-node 0.23.1\n";
    byte[] release = new Archives().file("ant-node", hanging).file("bootstrap_peers.toml", "new\n").bytes();
    Files.write(archive, release);
    Files.write(folder.resolve("release.tar.gz.sig"), SIGNER.sign(release));
    Files.write(folder.resolve("key"), SIGNER.key().bytes());
    Process killed = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Fetching.class.getName(),
        folder.toString()).inheritIO().start();
    try {
      eventually("it asks the program for its version", () -> Files.exists(began));
    } finally {
      killed.descendants().forEach(ProcessHandle::destroyForcibly);
      killed.destroyForcibly().waitFor();
    }
    assertThat(site.program()).hasContent(Archives.program("0.22.0"));
    assertThat(site.peers()).hasContent(Archives.PEERS);
    assertThat(site.names()).contains(".wnm-fetch");
    fetch(site, folder);
    assertThat(site.program()).hasContent(hanging);
    assertThat(site.names()).containsExactly("ant-node", "ant-node.before", "bootstrap_peers.toml", "bootstrap_peers.toml.before");
  }

  private static void fetch(Site site, Path folder) throws IOException {
    site.withoutANetwork().fetch(site.order(new WantedRelease.InFile(folder.resolve("release.tar.gz"))));
  }

  /** The one that is killed. */
  static final class Fetching {
    private Fetching() {}

    public static void main(String[] words) throws IOException {
      Path folder = Path.of(words[0]);
      ReleaseKey key = new ReleaseKey(Files.readAllBytes(folder.resolve("key")), Signer.CONTEXT);
      fetch(new Site(folder, new ReleaseSource("Weavers/ant-node", "ant-node-cli-%s.tar.gz", Set.of("linux-x64"), key)), folder);
    }
  }
}
