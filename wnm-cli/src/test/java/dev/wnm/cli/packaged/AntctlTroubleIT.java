package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of wnm's runs when antctl is missing, refused or strange, and of antctl's nodes when wnm is killed. */
class AntctlTroubleIT {
  private static final int KILLS = 10;
  private static final int LONGEST_RUN_MILLIS = 2_500;
  private static final long SEED = Long.getLong("wnm.seed", System.nanoTime());

  private AntctlHost antctl;
  private TestHost host;

  @BeforeEach
  void anEmptyMachineWithAntctl() throws IOException {
    antctl = AntctlHost.ofAnAccount();
    host = antctl.host();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    antctl.close();
  }

  @Test
  void aMissingAntctlIsToldWithHowToInstallIt() throws IOException {
    Path away = antctl.antctl().resolveSibling("away");
    Files.move(antctl.antctl(), away);
    WnmRun init = antctl.run(antctl.initWords("antctl+user"));
    assertMissing(init);
    assertThat(host.database()).doesNotExist();

    Files.move(away, antctl.antctl());
    antctl.done(antctl.initWords("antctl+user"));
    Files.move(antctl.antctl(), away);
    assertMissing(antctl.run());
  }

  private void assertMissing(WnmRun run) {
    assertThat(run.exit()).as(run.toString()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).filteredOn(line -> line.startsWith("wnm: ")).singleElement().asString()
        .contains("antctl is missing", "antup antctl", "cargo install ant-node-manager");
  }

  @Test
  void whatSudoRefusesIsToldWithTheLineForSudoers() throws IOException {
    Path sudo = host.temporary().resolve("bin/sudo");
    Files.createDirectory(sudo.getParent());
    Executables.write(sudo, "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
    Wnm wnm = antctl.wnm().with("PATH", sudo.getParent() + ":/usr/bin:/bin");

    WnmRun init = wnm.run(antctl.initWords("antctl+sudo"));

    assertThat(init.exit()).as(init.toString()).isEqualTo(3);
    assertThat(init.err()).contains("sudo: a password is required",
        "nobody ALL=(root) NOPASSWD: " + antctl.antctl() + ", ",
        ", /usr/bin/install -D -m 0644 /dev/null /var/antctl/node_registry.lock");
    assertThat(host.database()).doesNotExist();
  }

  @Test
  void antctlIsListedWithItsVersionButNeverChosenByItself() throws IOException {
    WnmRun list = antctl.done("--list_managers");
    assertThat(list.out()).containsPattern("antctl\\+user.*antctl 0\\.14\\.2").containsPattern("antctl\\+zen.*antctl 0\\.14\\.2");

    String[] words = antctl.initWords("");
    antctl.done(List.of(words).stream().filter(word -> !word.isEmpty() && !word.equals("--process_manager"))
        .toArray(String[]::new));
    assertThat(host.colony().rows("SELECT process_manager FROM machine")).hasSize(1)
        .allSatisfy(row -> assertThat(row.get("process_manager")).doesNotStartWith("antctl"));
  }

  @Test
  void aVersionThatWnmWasNotTriedWithIsNamedOnce() throws IOException {
    antctl.behave("crate_version", "0.99.0");
    antctl.done(antctl.initWords("antctl+user", "--node_cap", "0"));
    String runs = "";
    for (int i = 0; i < 3; i++) {
      runs += antctl.cycle().err();
    }
    assertThat(runs).containsOnlyOnce("antctl is version 0.99.0; wnm was tried with 0.14.0");
  }

  @Test
  void aSavedListingIsTakenOverWholeAlsoFromTheMidstOfALog() throws IOException {
    String listing;
    try (var resource = AntctlTroubleIT.class.getResourceAsStream("antctl-status.json")) {
      listing = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path file = Files.writeString(host.temporary().resolve("status.json"), listing);
    String[] words = antctl.initWords("antctl+user", "--import_file", file.toString());
    WnmRun refused = antctl.run(words);
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains("is taken over whole or not at all", "antnode3: it has no metrics port");
    assertThat(host.database()).doesNotExist();

    String whole = listing.replace("\"metrics_port\": null", "\"metrics_port\": 13003");
    Files.writeString(file, "\uFEFF[2026-02-03T10:00:00Z DEBUG antctl] refresh {}\n" + whole + "[… DEBUG] done\n");
    antctl.done(words);
    assertThat(host.nodes()).extracting(NodeRow::service, NodeRow::port, NodeRow::metricsPort).containsExactlyInAnyOrder(
        tuple("antnode1", 55_001, 13_001), tuple("antnode2", 55_002, 13_002), tuple("antnode3", 41_977, 13_003));
  }

  @Test
  void aNodeThatWasAddedWhenWnmWasKilledIsAdoptedInsteadOfAddedAgain() throws Exception {
    antctl.done(antctl.initWords("antctl+user", "--node_cap", "1"));
    antctl.behaveOnce("hang_after_once.add", "4");
    host.seemIdle();
    WnmRun cycle = antctl.wnm().start();
    Eventually.eventually("antctl has added the node", () -> Files.exists(host.storage().resolve("node_registry.json"))
        && text(host.storage().resolve("node_registry.json")).contains("antnode1"));
    cycle.killed();
    assertThat(host.nodes()).isEmpty();

    antctl.cycle();

    assertThat(host.nodes()).extracting(NodeRow::service).containsExactly("antnode1");
    antctl.cycle();
    assertThat(antctl.listed()).extracting(Listed::service).containsExactly("antnode1");
    assertThat(antctl.newCalls()).filteredOn(call -> call.contains("add")).hasSize(1);
  }

  @Test
  void noNodeIsLostOrphanedOrDoubledByKills() throws Exception {
    antctl.done(antctl.initWords("antctl+user", "--node_cap", "6", "--max_concurrent_starts", "2",
        "--max_concurrent_operations", "4"));
    Random random = new Random(SEED);
    int cutOff = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      host.seemIdle();
      WnmRun run = antctl.wnm().start("--node_cap", List.of("6", "3").get(kill % 2));
      run.process().waitFor(random.nextInt(LONGEST_RUN_MILLIS), TimeUnit.MILLISECONDS);
      run.killed();
      cutOff += host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL").isEmpty() ? 0 : 1;
      WnmRun next = antctl.cycle();
      verify("seed " + SEED + ", kill " + kill + "\n" + next);
    }
    System.out.println("killed " + KILLS + " times (seed " + SEED + "), of these " + cutOff + " times inside operations");
    antctl.done("--force_action", "teardown", "--confirm");
    assertThat(antctl.listed()).isEmpty();
    assertThat(antctl.processes().services()).isEmpty();
  }

  private void verify(String what) {
    assertThat(host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL")).as(what).isEmpty();
    Set<String> rows = host.nodes().stream().map(NodeRow::service).collect(Collectors.toSet());
    assertThat(antctl.listed()).as("each of antctl's nodes has a row and each row a node\n" + what)
        .extracting(Listed::service).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(antctl.listed()).as("no node is there twice\n" + what)
        .extracting(Listed::metricsPort).doesNotHaveDuplicates();
    Map<String, Long> processes = antctl.processes().services().stream()
        .collect(Collectors.groupingBy(service -> service, Collectors.counting()));
    assertThat(processes).as("no node runs twice or unknown\n" + what)
        .allSatisfy((service, count) -> assertThat(count).isEqualTo(1));
    assertThat(rows).as(what).containsAll(processes.keySet());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
