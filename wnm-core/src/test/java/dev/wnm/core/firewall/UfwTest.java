package dev.wnm.core.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.model.ColonyId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UfwTest {
  private static final String REFUSED = "sudo: a password is required\n";

  private final ScriptedUfw machine = new ScriptedUfw();
  private final Ufw ufw = ufw(true);

  private Ufw ufw(boolean root) {
    return new Ufw(machine, ScriptedUfw.PLACE, root, "operator", new ColonyId("wnm-0123abcd"));
  }

  @Test
  void aPortIsOpenedByARuleWithTheColonysTagAndTheNodesName() throws Exception {
    ufw.open(55001, "antnode0001.service");

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added",
        "/usr/sbin/ufw|allow|55001/udp|comment|wnm-0123abcd antnode0001");
  }

  @Test
  void aPortIsClosedByDeletingItsRule() throws Exception {
    machine.added("ufw allow 55001/udp comment 'wnm-0123abcd antnode0001'");

    ufw.close(55001);

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added", "/usr/sbin/ufw|delete|allow|55001/udp");
  }

  @Test
  void withoutBeingRootEachCallGoesThroughSudoWhichNeverAsks() throws Exception {
    Ufw bySudo = ufw(false);

    bySudo.open(55001, "antnode0001");
    bySudo.close(55001);
    bySudo.sweep(Map.of(), Set.of());

    assertThat(machine.lines()).containsExactly("sudo|-n|--|/usr/sbin/ufw|show|added",
        "sudo|-n|--|/usr/sbin/ufw|allow|55001/udp|comment|wnm-0123abcd antnode0001",
        "sudo|-n|--|/usr/sbin/ufw|delete|allow|55001/udp", "sudo|-n|--|/usr/sbin/ufw|status");
  }

  @Test
  void everyCallHasATimeLimit() throws Exception {
    ufw.open(55001, "antnode0001");
    ufw.close(55001);
    ufw.sweep(Map.of(), Set.of());

    assertThat(machine.commands).hasSize(4)
        .allSatisfy(command -> assertThat(command.limit()).isEqualTo(UfwProgram.LIMIT).hasSeconds(30));
  }

  @Test
  void whatIsSoAlreadyCostsNoCall() throws Exception {
    machine.added("ufw allow 55001/udp comment 'wnm-0123abcd antnode0001'");

    ufw.open(55001, "antnode0001");
    ufw.open(55002, "antnode0002");
    ufw.open(55002, "antnode0002");
    ufw.close(55003);
    ufw.close(55002);
    ufw.close(55002);

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added",
        "/usr/sbin/ufw|allow|55002/udp|comment|wnm-0123abcd antnode0002", "/usr/sbin/ufw|delete|allow|55002/udp");
  }

  @Test
  void rulesOfThePythonWnmAndOfAnotherColonyAreTakenOverWhenANodeStarts() throws Exception {
    machine.added("ufw allow 55001/udp", "ufw allow 55002/udp comment 'antnode0002'",
        "ufw allow 55003/udp comment 'wnm-ffffffff antnode0003'");

    for (int id = 1; id <= 3; id++) {
      ufw.open(55000 + id, "antnode000" + id);
    }

    assertThat(machine.lines()).contains("/usr/sbin/ufw|allow|55001/udp|comment|wnm-0123abcd antnode0001",
        "/usr/sbin/ufw|allow|55002/udp|comment|wnm-0123abcd antnode0002",
        "/usr/sbin/ufw|allow|55003/udp|comment|wnm-0123abcd antnode0003");
  }

  @Test
  void theyAreDeletedWhenANodeStops() throws Exception {
    machine.added("ufw allow 55001/udp", "ufw allow 55002/udp comment 'antnode0002'");

    ufw.close(55001);
    ufw.close(55002);

    assertThat(machine.lines()).contains("/usr/sbin/ufw|delete|allow|55001/udp", "/usr/sbin/ufw|delete|allow|55002/udp");
  }

  @Test
  void anOperatorsOwnRuleForANodesPortStaysAsItIs() throws Exception {
    machine.added("ufw allow 55001/udp comment 'my own'", "ufw allow log 55002/udp");

    ufw.open(55001, "antnode0001");
    ufw.open(55002, "antnode0002");
    ufw.close(55001);
    ufw.close(55002);
    ufw.sweep(Map.of(55002, "antnode0002"), Set.of());

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added", "/usr/sbin/ufw|status");
  }

  /** ufw would put an allow in the place of a deny. */
  @Test
  void anOperatorsRefusalIsNotOverruledAndSaidSo() {
    machine.added("ufw deny 55001/udp");

    assertThatThrownBy(() -> ufw.open(55001, "antnode0001")).isInstanceOf(CommandFailedException.class)
        .hasMessage("ufw has a rule of somebody else's, which is left as it is: deny 55001/udp");
    ufw.sweep(Map.of(55001, "antnode0001"), Set.of());

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added", "/usr/sbin/ufw|status");
  }

  @Test
  void aSweepDeletesStaleRulesOfThisColonyAddsMissingOnesAndTouchesNoOther() {
    machine.added("ufw allow 55001/udp comment 'wnm-0123abcd antnode0001'",
        "ufw allow 55002/udp comment 'wnm-0123abcd antnode0002'",
        "ufw allow 55003/udp comment 'wnm-0123abcd antnode0003'",
        "ufw allow 55005/udp comment 'wnm-ffffffff antnode0005'", "ufw allow 55006/udp", "ufw allow 22/tcp");

    List<String> changes = ufw.sweep(Map.of(55001, "antnode0001", 55004, "antnode0004.service"), Set.of(55003));

    assertThat(machine.lines()).containsExactly("/usr/sbin/ufw|show|added", "/usr/sbin/ufw|delete|allow|55002/udp",
        "/usr/sbin/ufw|allow|55004/udp|comment|wnm-0123abcd antnode0004", "/usr/sbin/ufw|status");
    assertThat(changes).containsExactly(
        "ufw let traffic to 55002/udp through (wnm-0123abcd antnode0002), which no node needs any more; the rule is deleted",
        "ufw had no rule for 55004/udp of antnode0004.service, which runs; it is added");
    assertThat(ufw.notices()).isEmpty();
  }

  @Test
  void inactiveItIsGivenItsRulesAllTheSameAndANoticeSaysSo() throws Exception {
    machine.status("Status: inactive\n");

    ufw.open(55001, "antnode0001");
    ufw.sweep(Map.of(55001, "antnode0001"), Set.of());

    assertThat(machine.lines()).contains("/usr/sbin/ufw|allow|55001/udp|comment|wnm-0123abcd antnode0001");
    assertThat(ufw.notices()).singleElement().asString().contains("not active", "'ufw enable'");
  }

  @Test
  void aRefusalOfSudoIsThrownOnceAndNamesTheLineThatAllowsIt() throws Exception {
    machine.fail("show added", 1, REFUSED);
    Ufw bySudo = ufw(false);

    assertThatThrownBy(() -> bySudo.open(55001, "antnode0001")).isInstanceOf(CommandFailedException.class)
        .hasMessage("sudo does not run /usr/sbin/ufw show added: sudo: a password is required; the line"
            + " 'operator ALL=(root) NOPASSWD: /usr/sbin/ufw' in sudoers (visudo -f /etc/sudoers.d/wnm) allows it,"
            + " --firewall none does without");
    bySudo.open(55002, "antnode0002");
    bySudo.close(55001);
    bySudo.sweep(Map.of(55001, "antnode0001"), Set.of());

    assertThat(machine.commands).hasSize(1);
    assertThat(bySudo.notices()).singleElement().asString().contains("NOPASSWD: /usr/sbin/ufw");
  }

  @Test
  void aNoticeIsTheSameFromRunToRunAsLongAsItsReasonIs() {
    machine.fail("show added", 1, REFUSED);
    Ufw today = ufw(false);
    Ufw tomorrow = ufw(false);

    today.sweep(Map.of(), Set.of());
    tomorrow.sweep(Map.of(), Set.of());

    assertThat(today.notices()).hasSize(1).isEqualTo(tomorrow.notices());
  }

  @Test
  void whatUfwItselfComplainsOfIsNotBlamedOnSudo() {
    machine.fail("show added", 1, "ERROR: problem running iptables\n");
    Ufw bySudo = ufw(false);

    bySudo.sweep(Map.of(), Set.of());

    assertThat(bySudo.notices()).singleElement().asString().contains("problem running iptables").doesNotContain("NOPASSWD");
  }

  @Test
  void aCallThatDoesNotEndIsGivenUpAndNoFurtherIsMade() throws Exception {
    machine.hang("allow");

    assertThatThrownBy(() -> ufw.open(55001, "antnode0001")).isInstanceOf(CommandFailedException.class)
        .hasMessage("/usr/sbin/ufw allow 55001/udp comment 'wnm-0123abcd antnode0001': ended, because it took longer"
            + " than 30 s");
    ufw.open(55002, "antnode0002");
    ufw.sweep(Map.of(55003, "antnode0003"), Set.of());

    assertThat(machine.commands).hasSize(2);
    assertThat(ufw.notices()).singleElement().asString().contains("longer than 30 s");
  }

  @Test
  void oneRuleThatCannotBeMadeDoesNotKeepOthersFromBeingMade() throws Exception {
    machine.fail("55001", 1, "ERROR: Could not load logging rules\n");

    assertThatThrownBy(() -> ufw.open(55001, "antnode0001")).hasMessageContaining("Could not load logging rules");
    ufw.open(55002, "antnode0002");

    assertThat(machine.lines()).contains("/usr/sbin/ufw|allow|55002/udp|comment|wnm-0123abcd antnode0002");
  }

  @Test
  void callsFromManyThreadsComeOneAfterTheOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> jobs = IntStream.rangeClosed(1, 50).<Callable<Void>>mapToObj(id -> () -> {
        ufw.open(55000 + id, "antnode" + id);
        return null;
      }).toList();
      for (var done : threads.invokeAll(jobs)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(machine.mostAtOnce()).isEqualTo(1);
    assertThat(machine.lines()).hasSize(51).doesNotHaveDuplicates();
  }

  @Test
  void itIsFoundWhereCronsPathDoesNotLeadToo() {
    assertThat(Ufw.locate(machine)).contains(ScriptedUfw.PLACE);
    machine.places.add("ufw");
    assertThat(Ufw.locate(machine)).hasValueSatisfying(place -> assertThat(place).hasToString("ufw"));
    machine.places.clear();
    assertThat(Ufw.locate(machine)).isEmpty();
  }
}
