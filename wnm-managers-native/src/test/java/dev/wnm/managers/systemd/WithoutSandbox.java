package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ManagerBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs in the container of {@link SystemdSurroundingsTest}. */
class WithoutSandbox extends ManagerBench {
  @Override
  protected ProcessManagerProvider provider() {
    return Machines.provider();
  }

  @Override
  protected String type() {
    return "systemd+user";
  }

  @Test
  void theFirstNodeIsOpenedUpAndTheNextAreMadeSo() throws IOException {
    NodeSpec first = create(ask(1));
    assertThat(Files.readString(unit(first))).contains("ProtectSystem=strict");

    up(first);

    assertThat(Files.readString(unit(first))).doesNotContain("ProtectSystem", "PrivateUsers").contains("NoNewPrivileges=yes");
    assertThat(NodeUnit.isOurs(Files.readString(unit(first)))).isTrue();
    NodeSpec second = create(ask(2));
    assertThat(Files.readString(unit(second))).doesNotContain("ProtectSystem");
    up(second);
  }

  private static Path unit(NodeSpec node) {
    return Path.of(System.getProperty("user.home"), ".config/systemd/user", node.service());
  }
}
