package dev.wnm.managers.antdaemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AntdaemonProviderTest {
  @TempDir
  Path folder;

  private Availability availability(ManagerContext context) {
    return new OnThisMachine(AntdaemonBench.LIMITS, new Loopback()).availability("antdaemon+user", context);
  }

  @Test
  void itIsFoundByEveryoneWhoLooksForProcessManagersAndNeverChosenByItself() {
    List<ManagerType> types = ServiceLoader.load(ProcessManagerProvider.class).stream()
        .flatMap(found -> found.get().types().stream()).filter(type -> type.backEnd().equals("antdaemon")).toList();

    assertThat(types).singleElement().satisfies(type -> {
      assertThat(type.name()).isEqualTo("antdaemon+user");
      for (OperatingSystem system : OperatingSystem.values()) {
        assertThat(type.rankOn(system)).isEmpty();
      }
    });
  }

  @Test
  void itSaysWhichAntItFoundAndWhetherTheDaemonRuns() throws IOException {
    try (AntdaemonBench bench = new AntdaemonBench(folder)) {
      assertThat(availability(bench.context())).isEqualTo(new Availability.Available("ant 0.14.0, whose daemon does not run yet"));
      bench.ant("node", "daemon", "start");
      assertThat(availability(bench.context())).isInstanceOfSatisfying(Availability.Available.class,
          available -> assertThat(available.detail()).startsWith("the ant daemon at port "));
    }
  }

  @Test
  void aMissingAntIsSaidWithItsOption() throws IOException {
    AntdaemonBench bench = new AntdaemonBench(folder);
    Path nowhere = folder.resolve("nowhere/ant");
    assertThat(availability(bench.context().with(OptionValues.NONE.with(AntdaemonOptions.PATH, nowhere))))
        .isInstanceOfSatisfying(Availability.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains(nowhere.toString(), "--ant_path", "ant node daemon start"));
  }

  @Test
  void aProgramThatIsNotAntIsSaid() throws IOException {
    AntdaemonBench bench = new AntdaemonBench(folder);
    Path ants = Executables.write(folder.resolve("apache-ant"), "#!/bin/sh\necho 'Apache Ant(TM) version 1.10'\n");
    assertThat(availability(bench.context().with(OptionValues.NONE.with(AntdaemonOptions.PATH, ants))))
        .isInstanceOfSatisfying(Availability.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains(ants + " is not the ant of the present network", "Apache Ant"));
  }
}
