package dev.wnm.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fleet.model.HostName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportCommandTest {
  @Test
  void sshsConfigurationNamesHostsAndItsPatternsAreNone() {
    assertThat(ImportCommand.hosts(List.of("# mine", "Host vps1 vps2", "  HostName 203.0.113.7", "Host *", "  User root", "host Box_1.lan # at home")))
        .isEqualTo(Map.of(host("vps1"), "", host("vps2"), "", host("box-1-lan"), "Box_1.lan"));
  }

  @Test
  void anInventoryOfAnsibleNamesHostsWithTheirAddresses() {
    assertThat(ImportCommand.hosts(List.of("[nodes]", "vps1 ansible_host=203.0.113.7 ansible_user=ops", "vps2", "[nodes:vars]", "ansible_port=22")))
        .isEqualTo(Map.of(host("vps1"), "203.0.113.7", host("vps2"), ""));
  }

  @Test
  void aNameInEachLineIsAHost() {
    assertThat(ImportCommand.hosts(List.of("vps1", "", "ops@vps2.example.org", "; no", "-oProxyCommand=id")))
        .containsEntry(host("vps1"), "").containsEntry(host("vps2-example-org"), "ops@vps2.example.org").hasSize(3);
  }

  private static HostName host(String name) {
    return new HostName(name);
  }
}
