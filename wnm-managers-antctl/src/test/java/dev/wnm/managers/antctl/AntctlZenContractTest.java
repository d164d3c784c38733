package dev.wnm.managers.antctl;

import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** antctl chooses all paths, and fetches antnode from a folder that stands for its download site. */
class AntctlZenContractTest extends AntctlContract {
  @TempDir
  Path releases;

  @Override
  protected String type() {
    return "antctl+zen";
  }

  /** It is not asked to. */
  @Override
  protected boolean takesBlanksInPaths() {
    return true;
  }

  @Override
  protected void offer(Path antnode) throws IOException {
    if (!Files.exists(antnode)) {
      try (var versions = Files.list(releases)) {
        for (Path version : versions.toList()) {
          Files.delete(version.resolve(StandInAntnode.FILE_NAME));
          Files.delete(version);
        }
      }
      return;
    }
    Path release = Files.createDirectories(releases.resolve(StandInAntnode.versionOf(antnode).orElseThrow().text()));
    Files.copy(antnode, release.resolve(StandInAntnode.FILE_NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  protected Map<String, String> behaviour(Path home) throws IOException {
    Map<String, String> conf = super.behaviour(home);
    Path storage = home.resolveSibling("storage");
    conf.put("releases", releases.toString());
    conf.put("data_prefix", storage.toString());
    conf.put("log_prefix", home.resolve("logs").toString());
    return conf;
  }
}
