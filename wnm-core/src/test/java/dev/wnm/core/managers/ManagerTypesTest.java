package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerTypesTest {
  private static final Map<String, ManagerType> KNOWN = new TreeMap<>(ManagerRegistry.ofClassPath(Set.of()).types());

  static {
    KNOWN.put("plain", ManagerType.of("plain"));
  }

  private static final ManagerTypes TYPES = new ManagerTypes(KNOWN);

  private static Node row(String type, String method) {
    return Node.builder(1, type, NodePlacement.of("antnode1", Path.of("/n")), NodePorts.of(55_001, 13_001)).method(method).build();
  }

  @ParameterizedTest
  @CsvSource({
      "systemd, systemd, systemd+sudo, systemd+sudo",
      "systemd, systemd, systemd+user, systemd+user",
      "systemd, launchd, launchd+user, launchd+user",
      "systemd, launchd, launchd+sudo, launchd+sudo",
      "antctl, antctl, antctl+zen, antctl+zen",
      "antctl, antctl, antctl+sudo, antctl+sudo",
      "antctl, antctl, systemd+sudo, antctl+sudo",
      "systemd, systemd, antctl+zen, systemd+user",
      "systemd, '', setsid+sudo, systemd+sudo",
      "systemd+user, systemd+user, systemd+sudo, systemd+user",
      "systemd, systemd+sudo, systemd+user, systemd+user",
      "plain, plain, setsid+user, plain",
      "'', '', setsid+user, setsid+user"})
  void aTypeWithoutModeGetsThatOfTheMachine(String type, String method, String main, String whole) {
    assertThat(TYPES.whole(row(type, method), main)).isEqualTo(whole);
  }

  @Test
  void aMachineIsWhatMostOfItsRowsAre() {
    List<Node> rows = List.of(row("setsid+user", ""), row("systemd", "systemd"), row("systemd", "launchd"), row("systemd", ""));

    assertThat(TYPES.most(rows, "setsid+sudo")).hasValue("systemd+sudo");
    assertThat(TYPES.most(List.of(), "setsid+user")).isEmpty();
    assertThat(TYPES.most(List.of(row("", "")), "setsid+user")).isEmpty();
  }
}
