package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextStepTest {
  @TempDir
  private Path home;
  private Site site;

  @BeforeEach
  void aProgramIsInItsPlace() throws IOException {
    site = new Site(home, new Signer().source());
    site.has("0.23.1", Archives.PEERS);
  }

  private String next(boolean hasColony, Map<String, String> settings) {
    Platform platform = new Platform(OperatingSystem.LINUX, home, "op", false, 4, Map.of(), home);
    Map<String, String> all = new HashMap<>(Map.of("antnode_path", site.bin.resolve("antnode").toString()));
    all.putAll(settings);
    return NextStep.of(site.program(), NodePrograms.named("ant-node").orElseThrow(),
        SettingsResolver.ofProgram(OptionRegistry.ofClassPath(), platform, all).settle(Map.of(), List.of()), hasColony,
        new ProcessCommandRunner());
  }

  @Test
  void beforeThereIsAColonyOneIsMade() {
    assertThat(next(false, Map.of())).isEqualTo("next: wnm --init --rewards_address YOUR_WALLET");
  }

  @Test
  void nodesThatThereAreAreUpgradedWhereThatIsOn() {
    assertThat(next(true, Map.of("enable_upgrade", "true")))
        .isEqualTo("new nodes are of it, and the next cycles upgrade nodes of ant-node that are older");
    assertThat(next(true, Map.of("enable_upgrade", "false")))
        .isEqualTo("new nodes are of it; those that there are stay as they are, because --enable_upgrade is off");
  }

  @Test
  void whereTheProgramOfTheOldNetworkIsUsedItSaysHowToChangeThat() throws IOException {
    Path old = Files.writeString(site.bin.resolve("antnode"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(next(true, Map.of())).isEqualTo("new nodes are still of " + old + "; with --antnode_path " + site.program()
        + " they are of this one");
  }
}
