package dev.wnm.managers.antdaemon;

import dev.wnm.testkit.ant.StandInAnt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With the stand-in for ant. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home and a daemon of its own")
class AntdaemonUserContractTest extends AntdaemonContract {
  @Override
  protected Path ant(Path home) throws IOException {
    Path ant = home.resolve("bin").resolve(StandInAnt.FILE_NAME);
    return Files.exists(ant) ? ant : StandInAnt.installInto(ant.getParent());
  }
}
