package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The conformance suite with a stand-in antctl on this machine. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and an antctl of its own")
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

  @Override
  protected Outage lostList() {
    Path registry = machine.home().resolve("antctl/node_registry.json");
    Path aside = registry.resolveSibling("aside.json");
    return Outage.of("antctl's registry is gone", () -> Files.move(registry, aside),
        () -> Files.move(aside, registry, StandardCopyOption.REPLACE_EXISTING));
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failing("antctl fails", command -> isOf(command, "antctl"), 1, "Error: \n   0: could not read the registry\n"),
        failing("flock fails", command -> isOf(command, "flock"), 66, "flock: cannot open lock file\n"));
  }
}
