package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Rights;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
  @TempDir Path run;

  @Test
  void itIsFoundAsAService() {
    assertThat(ServiceLoader.load(ProcessManagerProvider.class)).hasAtLeastOneElementOfType(SystemdProvider.class);
    assertThat(new SystemdProvider().types()).extracting(ManagerType::name).containsExactly("systemd+user", "systemd+sudo");
  }

  @Test
  void aMachineWithoutSystemdIsToldApart() {
    assertThat(ServiceManager.obstacle(run, false, Map.of()).orElseThrow()).startsWith("systemd does not run here");
    assertThat(ServiceManager.obstacle(run, true, Map.of()).orElseThrow()).startsWith("systemd does not run here");
  }

  @Test
  void aUserWithoutAManagerIsToldHowToGetOne() throws IOException {
    Files.createDirectories(run.resolve("systemd/system"));

    assertThat(ServiceManager.obstacle(run, false, Map.of())).isEmpty();
    assertThat(ServiceManager.obstacle(run, true, Map.of()).orElseThrow())
        .contains("sudo loginctl enable-linger " + System.getProperty("user.name"));
  }

  @Test
  void theManagerOfAUserIsFoundWithAndWithoutAVariableThatLeadsToIt() throws IOException {
    Files.createDirectories(run.resolve("systemd/system"));
    Path runtime = Files.createDirectories(run.resolve("user/" + Rights.uid()));
    Files.createFile(Files.createDirectory(runtime.resolve("systemd")).resolve("private"));

    assertThat(ServiceManager.obstacle(run, true, Map.of())).isEmpty();
    assertThat(ServiceManager.obstacle(run, true, Map.of("XDG_RUNTIME_DIR", runtime.toString()))).isEmpty();
    assertThat(ServiceManager.obstacle(run, true, Map.of("XDG_RUNTIME_DIR", "/nowhere"))).isPresent();
  }

  @Test
  void whatLeadsToTheUserManagerIsAddedWhereCronLeftItOut() {
    assertThat(ServiceManager.ofUser(run, Map.of("XDG_RUNTIME_DIR", "/run/user/7")).environment()).isEmpty();
    assertThat(ServiceManager.ofUser(run, Map.of()).environment())
        .containsEntry("XDG_RUNTIME_DIR", "/run/user/" + Rights.uid())
        .containsEntry("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/" + Rights.uid() + "/bus");
  }
}
