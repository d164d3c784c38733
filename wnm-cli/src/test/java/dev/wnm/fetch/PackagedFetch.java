package dev.wnm.fetch;

import dev.wnm.core.model.WantedRelease;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.ReleaseKey;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Fetches from a file by a key of the tests, with the classes of the jar that it is run with. */
public final class PackagedFetch {
  private PackagedFetch() {}

  /** @param words the key, the archive, and where the program is to be */
  public static void main(String[] words) throws IOException {
    ReleaseKey key = new ReleaseKey(Files.readAllBytes(Path.of(words[0])), "ant-node-release-v1");
    ReleaseSource source = new ReleaseSource("Weavers/ant-node", "ant-node-cli-%s.tar.gz", Set.of("linux-x64"), key);
    NodeFetch fetch = new NodeFetch(NodePrograms.named("ant-node").orElseThrow(), source, "linux-x64", new ProcessCommandRunner(),
        GithubReleases.API,
        () -> new Downloads(HttpClient.newBuilder(), Proxies.of(Map.of()), Downloads.Limits.USUAL, Clock.systemUTC()));
    System.out.println(fetch.fetch(new FetchOrder(new WantedRelease.InFile(Path.of(words[1])), Path.of(words[2]), false, false)).sentence());
  }
}
