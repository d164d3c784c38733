package dev.wnm.testkit.antnode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.model.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in as a program of its own, which only the real antctl needs. */
@EnabledIfEnvironmentVariable(named = "WNM_ANTCTL", matches = ".+")
class NativeAntnodeTest {
  @TempDir
  private Path folder;

  @Test
  void itIsTheScriptWithAnExecutableOfItsOwn() throws Exception {
    Path antnode = StandInAntnode.buildNativeInto(folder, new Version("0.4.18-rc.1"));
    var runner = new ProcessCommandRunner();

    assertThat(runner.run(Command.of(antnode.toString(), "--version")).stdout()).startsWith("Autonomi Node v0.4.18-rc.1\n");
    assertThat(runner.run(Command.of(antnode.toString(), "--bogus")).exitCode()).isEqualTo(2);
    try (RunningStandIn node = new RunningStandIn(folder, Map.of()).untilItAnswers()) {
      assertThat(node.version()).contains(new Version("0.4.18-rc.1"));
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + node.process().pid() + "/exe"))).isEqualTo(antnode.toRealPath());
    }
  }
}
