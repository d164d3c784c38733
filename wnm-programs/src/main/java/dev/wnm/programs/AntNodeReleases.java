package dev.wnm.programs;

import dev.wnm.spi.program.ReleaseKey;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The releases of ant-node, where the program itself looks for them, and by the same key: the one that is built into ant-node 0.23.1
 * ({@code src/upgrade/signature.rs}), which has signed since March 2026. The file {@code sign/release-signing-key.pub} of its
 * repository is an earlier key, which signs no longer.
 */
final class AntNodeReleases {
  private static final String REPOSITORY = "WithAutonomi/ant-node";
  private static final String ARCHIVE = "ant-node-cli-%s.tar.gz";
  private static final Set<String> MACHINES = Set.of("linux-x64", "linux-arm64", "macos-x64", "macos-arm64");
  private static final String KEY = "ant-node-release-key.pub";
  private static final String CONTEXT = "ant-node-release-v1";

  private AntNodeReleases() {}

  static ReleaseSource source() {
    try (InputStream key = AntNodeReleases.class.getResourceAsStream(KEY)) {
      if (key == null) {
        throw new IllegalStateException(KEY + " is not beside " + AntNodeReleases.class.getName() + "; the jar is not whole");
      }
      return new ReleaseSource(REPOSITORY, ARCHIVE, MACHINES, new ReleaseKey(key.readAllBytes(), CONTEXT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
