package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.host.Sense;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Check;
import dev.wnm.core.model.Check.Verdict;
import dev.wnm.testkit.manager.InMemoryMachine;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckUpTest {
  @TempDir
  private Path home;
  private ColonyHarness harness;

  @BeforeEach
  void aMachine() throws Exception {
    harness = new ColonyHarness(home.toRealPath());
  }

  @AfterEach
  void end() {
    harness.close();
  }

  private List<Check> checks(String... options) {
    return CheckUp.run(harness.resolver(Arrays.asList(options)), harness.tools());
  }

  private static List<Check> named(List<Check> checks, String name) {
    List<Check> found = checks.stream().filter(check -> check.name().equals(name)).toList();
    assertThat(found).as(name + " in " + checks).isNotEmpty();
    return found;
  }

  private static Check one(List<Check> checks, String name) {
    assertThat(named(checks, name)).hasSize(1);
    return named(checks, name).get(0);
  }

  @Test
  void beforeInitItSaysWhatIsMissingAndNothingIsMade() throws Exception {
    List<Check> checks = checks("--process_manager", InMemoryMachine.TYPE, "--node_storage", home.resolve("nodes").toString());

    assertThat(one(checks, "database")).extracting(Check::verdict, Check::mend)
        .containsExactly(Verdict.WARNING, "wnm --init --rewards_address YOUR_WALLET");
    assertThat(one(checks, "wallet").verdict()).isEqualTo(Verdict.WARNING);
    assertThat(one(checks, "process manager").seen()).isEqualTo(InMemoryMachine.TYPE + " works here");
    assertThat(one(checks, "node program").seen()).isEqualTo("antnode 0.4.16 at " + home.toRealPath().resolve(".local/bin/antnode"));
    assertThat(one(checks, "storage").verdict()).isEqualTo(Verdict.OK);
    assertThat(checks).noneMatch(check -> check.verdict() == Verdict.TROUBLE);
    try (Stream<Path> entries = Files.list(home)) {
      assertThat(entries).extracting(path -> path.getFileName().toString()).containsOnly(".local");
    }
  }

  @Test
  void aColonyThatRunsIsWellAndNothingOfItIsChanged() throws Exception {
    harness.init();
    harness.grow(1);
    FileTime before = Files.getLastModifiedTime(harness.database);

    List<Check> checks = checks();

    assertThat(checks).as(checks.toString()).noneMatch(check -> check.verdict() == Verdict.TROUBLE);
    assertThat(one(checks, "database").seen()).contains(" is sound, with ");
    assertThat(one(checks, "own service").seen()).contains("the last cycle was less than a minute ago");
    assertThat(one(checks, "wallet").seen()).contains(ColonyHarness.WALLET);
    assertThat(named(checks, "storage").get(0).verdict()).isEqualTo(Verdict.OK);
    assertThat(checks).extracting(Check::name).contains("machine", "clock", "measuring", "disk", "open files", "processes", "plug-ins",
        "firewall", "ports", "permissions");
    assertThat(Files.getLastModifiedTime(harness.database)).isEqualTo(before);
  }

  @Test
  void aColonyWithoutCyclesIsInTroubleAfterAnHour() throws Exception {
    harness.init();
    assertThat(one(checks(), "own service")).extracting(Check::verdict, Check::mend)
        .containsExactly(Verdict.WARNING, "wnm --install_service");
    harness.cycle();
    harness.advance(Duration.ofMinutes(30));
    assertThat(one(checks(), "own service").verdict()).isEqualTo(Verdict.WARNING);
    harness.advance(Duration.ofMinutes(31));
    assertThat(one(checks(), "own service")).extracting(Check::verdict, Check::mend)
        .containsExactly(Verdict.TROUBLE, "wnm --install_service");
  }

  @Test
  void theNodeProgramIsAskedForItsVersion() throws Exception {
    harness.init();
    Files.delete(home.resolve(".local/bin/antnode"));
    assertThat(one(checks(), "node program")).satisfies(check -> {
      assertThat(check.verdict()).isEqualTo(Verdict.TROUBLE);
      assertThat(check.seen()).startsWith("the node program is missing");
      assertThat(check.mend()).contains("--antnode_path");
    });
  }

  @Test
  void aPortThatSomethingElseHoldsIsNamed() throws Exception {
    harness.init();
    try (DatagramSocket held = new DatagramSocket(harness.firstPort() + 2)) {
      Check ports = one(checks(), "ports");
      assertThat(ports.verdict()).isEqualTo(Verdict.WARNING);
      assertThat(ports.seen()).startsWith("UDP port " + held.getLocalPort() + " is in use by something else");
    }
    assertThat(one(checks(), "ports").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aDiskThatIsTooFullIsNamedWithTheThreshold() throws Exception {
    harness.init("--hd_less_than", "70", "--hd_remove", "90");
    harness.load(10, 10, 80, 1);
    assertThat(one(checks(), "disk")).satisfies(check -> {
      assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
      assertThat(check.seen()).contains("80 % full", "hd_less_than 70");
    });
    harness.load(10, 10, 95, 1);
    assertThat(one(checks(), "disk").verdict()).isEqualTo(Verdict.TROUBLE);
    harness.doubt(Map.of(Sense.DISK_SPACE, "the file system reports a size of 0 bytes"));
    assertThat(one(checks(), "disk").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(one(checks(), "measuring").seen()).contains("a size of 0 bytes");
  }

  @Test
  void eachPathOfSeveralAndItsDiskIsLookedAt() throws Exception {
    Path a = harness.home.resolve("a/nodes");
    Path b = harness.home.resolve("b/nodes");
    harness.init("--node_storage", a + "," + b, "--hd_less_than", "70", "--hd_remove", "90");
    harness.disk(a, 30);
    harness.disk(b, 95);

    assertThat(named(checks(), "disk")).extracting(Check::verdict).containsExactly(Verdict.OK, Verdict.TROUBLE);
    assertThat(named(checks(), "disk").get(1).seen()).startsWith("the disk of " + b + " is 95 % full");
    assertThat(named(checks(), "storage")).extracting(Check::verdict).containsExactly(Verdict.OK, Verdict.OK);
    Files.move(b, harness.home.resolve("away"));
    assertThat(named(checks(), "storage")).extracting(Check::verdict).containsExactly(Verdict.OK, Verdict.TROUBLE);
  }

  @Test
  void aStorageWhoseDiskIsNotMountedIsTroubleWithBothWaysOut() throws Exception {
    harness.init();
    harness.grow(1);
    Files.move(home.resolve("nodes"), home.resolve("away"));
    Check storage = named(checks(), "storage").get(0);
    assertThat(storage.verdict()).isEqualTo(Verdict.TROUBLE);
    assertThat(storage.mend()).startsWith("mount its disk").contains("--force_action forget --storage");
  }

  @Test
  void aDatabaseThatCannotBeReadIsTroubleAndTheRestIsCheckedAllTheSame() throws Exception {
    Files.writeString(harness.database, "this is no database, though it is long enough to be one".repeat(100));
    List<Check> checks = checks("--process_manager", InMemoryMachine.TYPE);
    assertThat(one(checks, "database").verdict()).isEqualTo(Verdict.TROUBLE);
    assertThat(one(checks, "node program").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aFolderThatEveryoneMayChangeIsTroubleWithTheCommandThatMendsIt() throws Exception {
    harness.init();
    Files.setAttribute(home, "unix:mode", 0777);
    assertThat(one(checks(), "permissions")).satisfies(check -> {
      assertThat(check.verdict()).isEqualTo(Verdict.TROUBLE);
      assertThat(check.mend()).isEqualTo("chmod go-w " + home.toRealPath());
    });
  }

  @Test
  void aProcessManagerThatIsNotThereIsTrouble() throws Exception {
    harness.init();
    List<Check> checks = CheckUp.run(harness.resolver(List.of()), harness.tools(folder -> ManagerRegistry.of(List.of())));
    assertThat(one(checks, "process manager")).satisfies(check -> {
      assertThat(check.verdict()).isEqualTo(Verdict.TROUBLE);
      assertThat(check.seen()).contains("no process manager '" + InMemoryMachine.TYPE + "'");
    });
  }
}
