package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @TempDir
  private Path home;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      LINUX | setsid+user  | /h/.local/share/autonomi                | node                 | logs
      LINUX | systemd+sudo | /var/antctl                             | /var/antctl/services | /var/log/antnode
      LINUX | antctl+zen   | /h/.local/share/autonomi                | node                 | logs
      MACOS | launchd+user | /h/Library/Application Support/autonomi | node                 | /h/Library/Logs/autonomi
      MACOS | launchd+sudo | /Library/Application Support/autonomi   | node                 | /Library/Logs/autonomi
      OTHER | setsid+user  | /h/autonomi                             | node                 | logs
      """)
  void everythingHasItsUsualPlace(OperatingSystem os, String manager, Path base, Path nodes, Path logs) {
    Folders folders = Folders.of(new Platform(os, Path.of("/h"), "op", false, 4, Map.of(), Path.of("/")), OptionRegistry.ofClassPath().isForWholeSystem(manager));

    assertThat(folders.base()).isEqualTo(base);
    assertThat(folders.database()).isEqualTo(base.resolve("colony.db"));
    assertThat(folders.nodeStorage()).isEqualTo(base.resolve(nodes));
    assertThat(folders.logs()).isEqualTo(base.resolve(logs));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      LINUX | setsid+user  | /h/.local/share/autonomi/bootstrap-cache
      LINUX | systemd+sudo | /var/antctl/bootstrap-cache
      MACOS | launchd+user | /h/Library/Caches/autonomi/bootstrap-cache
      MACOS | launchd+sudo | /Library/Caches/autonomi/bootstrap-cache
      OTHER | setsid+user  | /h/autonomi/bootstrap-cache
      """)
  void theBootstrapCacheIsShared(OperatingSystem os, String manager, Path cache) {
    Platform platform = new Platform(os, Path.of("/h"), "op", false, 4, Map.of(), Path.of("/"));

    assertThat(Folders.of(platform, OptionRegistry.ofClassPath().isForWholeSystem(manager)).bootstrapCache()).isEqualTo(cache);
  }

  @Test
  void theDatabaseIsWhereItIsSaidToBe() {
    Machine machine = new Machine(home).with("DATA", "/data");

    assertThat(machine.read("--dbpath", "sqlite:////data/colony.db").database()).isEqualTo(Path.of("/data/colony.db"));
    assertThat(machine.read("--dbpath", "sqlite:///colony.db").database()).isEqualTo(home.resolve("current/colony.db"));
    assertThat(machine.read("--dbpath", "/data/x y.db").database()).isEqualTo(Path.of("/data/x y.db"));
    assertThat(machine.read("--dbpath", "~/colony.db").database()).isEqualTo(home.resolve("colony.db"));
    assertThat(machine.read("--dbpath", "sqlite:///${DATA}/colony.db").database()).isEqualTo(Path.of("/data/colony.db"));
    assertThat(machine.with("DBPATH", "$DATA/db").read().database()).isEqualTo(Path.of("/data/db"));
  }

  @Test
  void theDatabaseIsInThePlaceOfTheGivenProcessManager() {
    Path own = home.resolve(".local/share/autonomi/colony.db");
    Path system = Path.of("/var/antctl/colony.db");

    assertThat(new Machine(home).read("--process_manager=systemd+sudo").database()).isEqualTo(system);
    assertThat(new Machine(home).read("--process_manager", "antctl+zen").database()).isEqualTo(own);
    assertThat(new Machine(home).asRoot().with("PROCESS_MANAGER", "setsid+user").read().database()).isEqualTo(own);
  }

  @Test
  void withoutAnyWordTheExistingDatabaseIsTaken() {
    Path own = home.resolve(".local/share/autonomi/colony.db");

    assertThat(new Machine(home).read().database()).isEqualTo(own);
    new Machine(home).file(".local/share/autonomi/colony.db", "");
    assertThat(new Machine(home).asRoot().read().database())
        .as("root finds the database that --init made with setsid+user").isEqualTo(own);
  }

  @Test
  void theProcessManagerThatGoesWithTheAccountIsTheDefault() {
    List<String> preferred = List.of("systemd+user", "setsid+user", "systemd+sudo");

    assertThat(manager(new Machine(home), preferred)).isEqualTo("systemd+user");
    assertThat(manager(new Machine(home).asRoot(), preferred)).isEqualTo("systemd+sudo");
    assertThat(manager(new Machine(home), List.of())).isEqualTo("setsid+user");
    assertThat(manager(new Machine(home).asRoot(), List.of("systemd+user"))).isEqualTo("setsid+sudo");
  }

  @Test
  void thisMachineHasAHomeAndAtLeastOneCpu() {
    Platform here = Platform.here();

    assertThat(here.home()).isAbsolute();
    assertThat(here.currentFolder()).isAbsolute();
    assertThat(here.cpuCount()).isPositive();
  }

  @Test
  void thePlugInsAreBesideTheDatabase() {
    Settings settings = new Machine(home).settings("--dbpath", "/data/colony.db");

    assertThat(settings.get(Options.PLUGIN_PATH)).isEqualTo(Path.of("/data/plugins"));
  }

  private static String manager(Machine machine, List<String> preferred) {
    return machine.read().settle(Map.of(), preferred).get(Options.PROCESS_MANAGER);
  }
}
