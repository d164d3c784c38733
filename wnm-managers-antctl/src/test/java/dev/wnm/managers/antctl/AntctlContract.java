package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The conformance suite with a stand-in antctl on this machine. */
abstract class AntctlContract extends ProcessManagerContract {
  @Override
  protected ProcessManagerProvider provider() {
    return new OnThisMachine();
  }

  @Override
  protected boolean takesBlanksInPaths() {
    return false;
  }

  @Override
  protected Map<String, String> settings(Path home) {
    try {
      Path antctl = home.resolve("bin").resolve(StandInAntctl.FILE_NAME);
      if (!Files.exists(antctl)) {
        StandInAntctl.configure(StandInAntctl.installInto(antctl.getParent()), behaviour(home));
      }
      return Map.of("antctl_path", antctl.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the stand-in behaves. */
  protected Map<String, String> behaviour(Path home) throws IOException {
    Map<String, String> conf = new HashMap<>(Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2"));
    conf.put("registry", home.resolve("antctl/node_registry.json").toString());
    conf.put("unit_dir", home.resolve("units").toString());
    conf.put("run_as_self", "1");
    return conf;
  }
}
