package dev.wnm.core.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.ColonyId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UfwRuleTest {
  private static final ColonyId COLONY = new ColonyId("wnm-0123abcd");

  /** As ufw 0.36.2 prints it. */
  private static final String ADDED = """
      Added user rules (see 'ufw status' for running firewall):
      ufw allow 55002/udp comment 'wnm-0123abcd antnode0002'
      ufw allow 55003/udp
      ufw allow 55005/udp comment 'my own'
      ufw allow from 10.0.0.0/8 to any port 55006 proto udp comment 'lan'
      ufw allow 22/tcp
      ufw allow 55100:55200/udp
      ufw deny 55007/udp
      ufw limit 55008/udp
      ufw allow in on eth0 to any port 55009 proto udp
      ufw allow out 55012/udp
      ufw allow 55010
      ufw allow log 55011/udp
      ufw route allow 55013/udp
      """;

  @Test
  void rulesForAllTrafficToOneUdpPortAreReadAndNoOthers() {
    assertThat(UfwRule.parse(ADDED)).containsExactlyInAnyOrderEntriesOf(Map.of(
        55002, new UfwRule(55002, "allow", "wnm-0123abcd antnode0002"),
        55003, new UfwRule(55003, "allow", ""),
        55005, new UfwRule(55005, "allow", "my own"),
        55007, new UfwRule(55007, "deny", ""),
        55008, new UfwRule(55008, "limit", ""),
        55011, new UfwRule(55011, "allow log", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "Added user rules (see 'ufw status' for running firewall):\n(None)\n",
      "Skipping\nufw allow\n", "ufw allow 123456/udp\n"})
  void whereThereAreNoneNoneIsRead(String text) {
    assertThat(UfwRule.parse(text)).isEmpty();
  }

  @Test
  void aRuleForANodeIsReadBackAsItWasMade() {
    UfwRule rule = UfwRule.of(COLONY, 55007, "antnode0007.service");

    assertThat(rule.comment()).isEqualTo("wnm-0123abcd antnode0007");
    assertThat(UfwRule.parse("ufw allow " + rule.target() + " comment '" + rule.comment() + "'")).containsValue(rule);
    assertThat(rule.isOf(COLONY)).isTrue();
    assertThat(rule.isOf(new ColonyId("wnm-0123abce"))).isFalse();
  }

  @Test
  void whatUfwWouldNotTakeInACommentIsLeftOut() {
    assertThat(UfwRule.of(COLONY, 55007, "it's a 'node'").comment()).isEqualTo("wnm-0123abcd it_s_a__node_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "antnode0007", "antnode7.service", "wnm-0123abcd antnode0007", "wnm-ffffffff x"})
  void rulesOfAnyWnmAreToldByTheirComments(String comment) {
    assertThat(new UfwRule(55007, "allow", comment).isOfSomeWnm()).isTrue();
    assertThat(new UfwRule(55007, "deny", comment).isOfSomeWnm()).isFalse();
    assertThat(new UfwRule(55007, "allow log", comment).isOfSomeWnm()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my own", "antnode", "antnode0007 for games", "wnm", "wnm-0123abcd", " "})
  void otherCommentsAreSomebodyElses(String comment) {
    assertThat(new UfwRule(55007, "allow", comment).isOfSomeWnm()).isFalse();
  }
}
