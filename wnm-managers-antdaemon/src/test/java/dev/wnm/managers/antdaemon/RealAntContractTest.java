package dev.wnm.managers.antdaemon;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With the real ant that {@code WNM_ANT} names, in a home of its own. The nodes are stand-ins all the same. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and a daemon of its own")
@EnabledIfEnvironmentVariable(named = "WNM_ANT", matches = "/.*",
    disabledReason = "SKIPPED: WNM_ANT names no real ant; docs/antdaemon.md says how to get one")
class RealAntContractTest extends AntdaemonContract {
  @Override
  protected Path ant(Path home) {
    return Path.of(System.getenv("WNM_ANT"));
  }
}
