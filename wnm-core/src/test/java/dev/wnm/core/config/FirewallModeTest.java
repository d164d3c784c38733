package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallModeTest {
  private Machine machine;

  @BeforeEach
  void aMachine(@TempDir Path home) {
    machine = new Machine(home);
  }

  private FirewallMode mode(String... words) {
    return FirewallMode.of(machine.settings(words));
  }

  @Test
  void byDefaultItIsUsedWhereWnmHasRootsRightsForNodesAnyway() {
    assertThat(mode("--process_manager", "setsid+user")).isEqualTo(FirewallMode.NO_RIGHTS);
    assertThat(mode("--process_manager", "antctl+zen")).isEqualTo(FirewallMode.NO_RIGHTS);
    assertThat(mode("--process_manager", "setsid+sudo")).isEqualTo(FirewallMode.UFW_IF_THERE);
    machine.asRoot();
    assertThat(mode("--process_manager", "setsid+user")).isEqualTo(FirewallMode.UFW_IF_THERE);
    assertThat(mode("--process_manager", "setsid+user", "--firewall", "auto")).isEqualTo(FirewallMode.UFW_IF_THERE);
  }

  @Test
  void whatTheOperatorSaysCounts() {
    assertThat(mode("--process_manager", "setsid+user", "--firewall", "ufw")).isEqualTo(FirewallMode.UFW);
    assertThat(mode("--process_manager", "setsid+sudo", "--firewall=none")).isEqualTo(FirewallMode.NONE);
    assertThatThrownBy(() -> mode("--firewall", "firewalld")).isInstanceOf(BadInputException.class)
        .hasMessageContaining("--firewall must be one of auto, ufw, none");
  }

  @Test
  void itHasAVariableOfItsOwnAndIsKept() {
    assertThat(FirewallMode.of(machine.settingsOver(Map.of("firewall", "ufw")))).isEqualTo(FirewallMode.UFW);
    machine.with("FIREWALL", "none"); // somebody else's
    assertThat(FirewallMode.of(machine.settingsOver(Map.of("firewall", "ufw")))).isEqualTo(FirewallMode.UFW);
    machine.with("WNM_FIREWALL", "none");
    assertThat(FirewallMode.of(machine.settingsOver(Map.of("firewall", "ufw")))).isEqualTo(FirewallMode.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "TRUE", "yes", "Yes", " 1 "})
  void thePythonWnmsVariableOverrulesEverythingAndIsNotKept(String yes) {
    machine.asRoot().with("WNM_FIREWALL_DISABLED", yes).with("WNM_FIREWALL", "ufw");

    assertThat(mode("--firewall", "ufw")).isEqualTo(FirewallMode.NONE);
    assertThat(machine.settingsOver(Map.of("firewall", "ufw")).changesAgainst(machine.stored(Map.of("firewall", "ufw"))))
        .doesNotContainKey("firewall");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "false", "no", "off"})
  void otherwiseThatVariableSaysNothing(String no) {
    machine.asRoot().with("WNM_FIREWALL_DISABLED", no);

    assertThat(mode()).isEqualTo(FirewallMode.UFW_IF_THERE);
  }

  @Test
  void thatVariableIsNotTakenForAMisspeltOne() {
    machine.with("WNM_FIREWALL_DISABLED", "1");
    assertThat(machine.settings().warnings()).isEmpty();
    machine.with("WNM_FIREWAL", "1");
    assertThat(machine.settings().warnings()).singleElement().asString().contains("did you mean WNM_FIREWALL?");
  }
}
