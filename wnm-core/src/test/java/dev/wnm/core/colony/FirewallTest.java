package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.cycle.ManualResult;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the firewall's rules in the life of a colony. */
class FirewallTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir
  private Path home;
  private final MemoryUfw ufw = new MemoryUfw();
  private Path configuration;
  private ColonyHarness colony;
  private LogLines log;

  /** Stands for the end of the whole program. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void aMachine() throws IOException {
    configuration = Files.writeString(home.resolve("ufw.conf"), "# ufw\nENABLED=no\n");
    colony = new ColonyHarness(home);
    colony.programs(ufw, configuration);
    log = new LogLines();
  }

  @AfterEach
  void close() {
    log.close();
    colony.close();
  }

  private void growToTwo(String... options) throws Exception {
    colony.init(options);
    colony.cycle("--node_cap", "2");
    colony.grow(2);
    ufw.calls.clear();
    log.clear();
  }

  private int port(int id) {
    return colony.firstPort() + id;
  }

  private String comment(String node) {
    return colony.colony() + " " + node;
  }

  private ManualResult force(String action, String... names) throws Exception {
    return colony.force(action, List.of(names), OptionalInt.empty());
  }

  private void anHourLater(String... options) throws Exception {
    colony.advance(HOUR);
    colony.cycle(options);
  }

  @Test
  void aNodesPortIsOpenWhileItRuns() throws Exception {
    growToTwo("--firewall", "ufw");
    assertThat(ufw.rules).isEqualTo(Map.of(port(1), comment("antnode0001"), port(2), comment("antnode0002")));

    force("stop", "antnode0002");
    assertThat(ufw.rules).containsOnlyKeys(port(1));
    force("start", "antnode0002");
    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2));
    force("remove", "antnode0002");
    assertThat(ufw.rules).containsOnlyKeys(port(1));
  }

  @Test
  void aQuietCycleAsksNothing() throws Exception {
    growToTwo("--firewall", "ufw");

    colony.cycles(40);

    assertThat(ufw.calls).isEmpty();
  }

  @Test
  void onceAnHourStaleRulesGoAndMissingOnesComeBack() throws Exception {
    growToTwo("--firewall", "ufw");
    ufw.rules.remove(port(1));
    ufw.rules.putAll(Map.of(port(17), comment("antnode0017"), port(18), "wnm-ffffffff antnode0018", port(19), "my own",
        port(20), ""));

    anHourLater();

    assertThat(ufw.rules).isEqualTo(Map.of(port(1), comment("antnode0001"), port(2), comment("antnode0002"),
        port(18), "wnm-ffffffff antnode0018", port(19), "my own", port(20), ""));
    assertThat(ufw.calls).containsExactly("show added", "delete allow " + port(17) + "/udp",
        "allow " + port(1) + "/udp comment " + comment("antnode0001"), "status");
    assertThat(log.at(Level.INFO)).filteredOn(line -> line.startsWith("ufw ")).hasSize(2)
        .anySatisfy(line -> assertThat(line).contains(port(17) + "/udp", "antnode0017", "deleted"))
        .anySatisfy(line -> assertThat(line).contains(port(1) + "/udp", "antnode0001", "added"));
    ufw.calls.clear();
    colony.cycles(10);
    assertThat(ufw.calls).isEmpty();
  }

  @Test
  void theRuleOfANodeThatDiedIsStaleUntilItRunsAgain() throws Exception {
    growToTwo("--firewall", "ufw");
    colony.load(60, 10, 10, 0.1); // so that it is not started again
    colony.machine.kill(2);
    colony.cycle();
    assertThat(ufw.rules).containsKey(port(2));

    anHourLater();

    assertThat(ufw.rules).containsOnlyKeys(port(1));
    colony.load(10, 10, 10, 0.1);
    colony.cycles(3);
    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2));
  }

  @Test
  void whatACutOffOperationLeftOpenIsClosedAsSoonAsItIsSettled() throws Exception {
    growToTwo("--firewall", "ufw");
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.STOP) {
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> force("stop", "antnode0002")).isInstanceOf(Killed.class);
    colony.machine.intercept((operation, node) -> Optional.empty());
    colony.machine.kill(2);
    colony.load(60, 10, 10, 0.1);
    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2));

    colony.cycle();

    assertThat(ufw.rules).containsOnlyKeys(port(1));
  }

  @Test
  void thePortOfANodeWhoseMakingIsNotSettledStaysAsItIs() throws Exception {
    growToTwo("--firewall", "ufw");
    boolean[] started = new boolean[1];
    colony.machine.intercept((operation, node) -> {
      if (operation == Operation.START && !started[0]) {
        started[0] = true;
        assertThat(colony.startBehindOurBack(node).failure()).isEmpty();
        throw new Killed();
      }
      return Optional.empty();
    });
    assertThatThrownBy(() -> force("add")).isInstanceOf(Killed.class);
    colony.machine.tool().breaksDown("not reachable");
    assertThat(colony.openOperations()).isEqualTo(1);

    anHourLater();

    assertThat(colony.openOperations()).isEqualTo(1);
    assertThat(ufw.calls).contains("status");
    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2), port(3));
  }

  @Test
  void aTeardownLeavesNoRuleOfThisColony() throws Exception {
    growToTwo("--firewall", "ufw");
    ufw.rules.putAll(Map.of(port(17), comment("antnode0017"), port(19), "my own"));

    force("teardown");

    assertThat(ufw.rules).containsOnlyKeys(port(19));
  }

  @Test
  void aDryRunAsksNothingAndChangesNothing() throws Exception {
    growToTwo("--firewall", "ufw");
    ufw.rules.put(port(17), comment("antnode0017"));
    colony.advance(HOUR);
    Map<Integer, String> before = Map.copyOf(ufw.rules);

    colony.cycle("--dry_run");
    colony.cycle("--dry_run", "--node_cap", "3");
    colony.force("stop", List.of("antnode0001"), OptionalInt.empty(), "--dry_run");
    colony.force("teardown", List.of(), OptionalInt.empty(), "--dry_run");

    assertThat(ufw.calls).isEmpty();
    assertThat(ufw.rules).isEqualTo(before);
  }

  @Test
  void withNoneItIsLeftAloneWithoutAWord() throws Exception {
    growToTwo("--firewall", "none");
    anHourLater();
    force("teardown");

    assertThat(ufw.calls).isEmpty();
    assertThat(ufw.rules).isEmpty();
    assertThat(log.at(Level.WARNING)).isEmpty();
  }

  @Test
  void thatItIsInactiveIsSaidOnceAndAgainAfterItHadBeenActive() throws Exception {
    growToTwo("--firewall", "ufw");
    ufw.active = false;
    for (int hour = 0; hour < 3; hour++) {
      anHourLater();
      colony.cycles(6);
    }
    assertThat(log.at(Level.WARNING)).singleElement().asString().contains("ufw is installed but not active");
    ufw.active = true;
    anHourLater();
    ufw.active = false;
    anHourLater();
    assertThat(log.at(Level.WARNING)).hasSize(2);
  }

  @Test
  void thatSudoRefusesIsSaidOnceAndNodesAreRunAllTheSame() throws Exception {
    ufw.refused = true;
    colony.init("--firewall", "ufw");
    colony.grow(3);
    anHourLater();
    anHourLater();

    assertThat(colony.running()).isEqualTo(3);
    assertThat(ufw.rules).isEmpty();
    assertThat(log.at(Level.SEVERE)).isEmpty();
    assertThat(log.at(Level.WARNING)).singleElement().asString()
        .contains("sudo: a password is required", "tester ALL=(root) NOPASSWD: /usr/sbin/ufw");
  }

  @Test
  void onceItMayBeUsedThePortsOfRunningNodesAreOpened() throws Exception {
    ufw.refused = true;
    growToTwo("--firewall", "ufw");
    ufw.refused = false;

    anHourLater();

    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2));
  }

  @Test
  void anActiveFirewallThatWnmDoesNotUseIsSaidOnce() throws Exception {
    Files.writeString(configuration, "LOGLEVEL=low\nENABLED=yes\n");
    colony.init();
    colony.grow(2);
    anHourLater();
    anHourLater();

    assertThat(log.at(Level.WARNING)).singleElement().asString()
        .contains("ufw is active on this machine", "memory+user", "--firewall ufw");
    assertThat(ufw.calls).isEmpty();
  }

  @Test
  void anInactiveOneThatWnmDoesNotUseIsNotWorthAWord() throws Exception {
    colony.init();
    colony.grow(1);
    anHourLater();

    assertThat(log.at(Level.WARNING)).isEmpty();
  }

  @Test
  void anotherModeIsTakenUpAtTheNextLook() throws Exception {
    growToTwo();
    assertThat(ufw.rules).isEmpty();

    colony.cycles(6, "--firewall", "ufw");

    assertThat(ufw.rules).containsOnlyKeys(port(1), port(2));
  }

  @Test
  void askingForAFirewallThatIsNotThereIsRefusedAndChangesNothing() throws Exception {
    ufw.installed = false;
    assertThatThrownBy(() -> colony.init("--firewall", "ufw")).isInstanceOf(ManagerUnavailableException.class)
        .hasMessage("--firewall ufw: there is no program 'ufw'; install it (Debian's package ufw), or choose auto or none");
    assertThat(colony.database).doesNotExist();

    colony.init();
    assertThatThrownBy(() -> colony.cycle("--firewall", "ufw", "--cpu_remove", "77"))
        .isInstanceOf(ManagerUnavailableException.class);
    assertThatThrownBy(() -> colony.cycle("--firewall", "ufw", "--dry_run")).isInstanceOf(ManagerUnavailableException.class);
    assertThat(colony.stored()).doesNotContainKey("firewall").doesNotContainEntry("cpu_remove", "77");
    assertThat(colony.cycle("--firewall", "auto").failed()).isFalse();
  }

  @Test
  void aFirewallThatVanishesIsSaidOnceAndNodesAreRunAllTheSame() throws Exception {
    growToTwo("--firewall", "ufw");
    ufw.installed = false;

    anHourLater("--node_cap", "3");
    colony.grow(3);
    anHourLater();

    assertThat(log.at(Level.WARNING)).singleElement().asString().contains("there is no program 'ufw'");
  }

  @Test
  void thePortOfANodeWhoseProcessManagerCannotWorkNowIsLeftAsItIs() throws Exception {
    growToTwo("--firewall", "ufw");
    sql("UPDATE node SET manager_type = 'docker+user' WHERE id = 1");
    sql("UPDATE node SET manager_type = 'docker+user' WHERE id = 2");
    ufw.rules.remove(port(2));
    ufw.calls.clear();

    anHourLater("--node_cap", "2");

    assertThat(ufw.rules).containsKey(port(1)).doesNotContainKey(port(2));
    assertThat(ufw.calls).noneMatch(call -> call.startsWith("allow") || call.startsWith("delete"));
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + colony.database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void whatTheFirewallHasToSayIsNotSaidWhereNoNodeHasToDoWithIt() throws Exception {
    colony.machine.leaveFirewallAlone();
    colony.init();
    ufw.installed = false;
    colony.cycle();
    colony.grow(1);
    anHourLater();

    assertThat(log.at(Level.WARNING)).noneMatch(line -> line.contains("ufw"));
  }
}
