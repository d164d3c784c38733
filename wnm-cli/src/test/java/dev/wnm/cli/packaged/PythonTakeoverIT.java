package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file that the real Python wnm 0.6.3 left, on a machine where its nodes are: wnm goes on with them as they are. */
class PythonTakeoverIT {
  private static final Path DUMP = Path.of("../wnm-core/src/test/resources/dev/wnm/core/store/python-0.6.3.sql");
  private static final Pattern PEER = Pattern.compile("peer_id=\"(\\w+)\"");

  private AntctlHost antctl;
  private TestHost host;

  @BeforeEach
  void aMachineOfThePythonWnm() throws IOException {
    antctl = AntctlHost.ofAnAccount();
    host = antctl.host();
    for (int id = 1; id <= 2; id++) {
      antctl.addByHand(id, "--metrics-port", port(host.metricsPortStart(), id), "--rpc-port", port(host.rpcPortStart(), id),
          "--data-dir-path", host.storage().resolve("antnode%04d".formatted(id)).toString());
    }
    antctl.antctl("-v", "start", "--interval", "0", "--service-name", "antnode1");
    String peer = Eventually.eventually("the node answers", this::peerOfTheFirst);

    for (String statement : Files.readString(DUMP).replaceAll("(?m)^--.*$", "").replace("/home/operator", host.home().toString())
        .strip().split(";\\s*\n")) {
      host.colony().change(statement);
    }
    host.colony().change("UPDATE machine SET port_start = " + host.portStart() + ", metrics_port_start = "
        + host.metricsPortStart() + ", rpc_port_start = " + host.rpcPortStart());
    host.colony().change("UPDATE node SET port = " + host.portStart() + "000 + id, metrics_port = " + host.metricsPortStart()
        + "000 + id, rpc_port = " + host.rpcPortStart() + "000 + id, version = '" + TestHost.VERSION + "'");
    host.colony().change("UPDATE node SET peer_id = '" + peer + "' WHERE id = 1");
    Files.setOwner(host.database(), host.home().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  @AfterEach
  void close() throws IOException {
    antctl.close();
  }

  private static String port(int start, int number) {
    return Integer.toString(AntctlHost.port(start, number));
  }

  private Optional<String> peerOfTheFirst() {
    try (var in = URI.create("http://127.0.0.1:" + port(host.metricsPortStart(), 1) + "/metadata").toURL().openStream()) {
      Matcher peer = PEER.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return peer.find() ? Optional.of(peer.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private WnmRun cycle(String... words) {
    List<String> all = new ArrayList<>(TestHost.WIDE_LIMITS);
    all.addAll(TestHost.NO_DELAYS);
    all.addAll(List.of("--node_cap", "2"));
    all.addAll(List.of(words));
    return antctl.done(all.toArray(String[]::new));
  }

  private Map<String, String> row(int id) {
    return host.colony().rows("SELECT * FROM node WHERE id = " + id).get(0);
  }

  private List<Long> pids() {
    return antctl.processes().stream().map(ProcessHandle::pid).sorted().collect(Collectors.toList());
  }

  @Test
  void itsNodesGoOnAndTheDisabledOneIsLeftAlone() {
    List<Long> before = pids();

    WnmRun run = cycle();

    assertThat(run.err()).contains("--no_enable_upgrade");
    assertThat(row(1)).containsEntry("status", "RUNNING").containsEntry("service", "antnode1")
        .containsEntry("manager_type", "antctl+user")
        .containsEntry("root_dir", host.storage().resolve("antnode0001/antnode1").toString());
    assertThat(row(2)).containsEntry("status", "DISABLED").containsEntry("service", "antnode2");
    assertThat(pids()).as("none was restarted").isEqualTo(before);
    assertThat(cycle().err()).as("it is said once").doesNotContain("--no_enable_upgrade");
    assertThat(host.colony().rows("SELECT * FROM alembic_version")).containsExactly(Map.of("version_num", "e2f4a512d24c"));
  }

  @Test
  void itsSwitchForUpgradesIsTakenFromCronLinesAndVariables() throws IOException {
    cycle("--no-enable-upgrade");
    antctl.release(new Version("0.4.99"));
    antctl.newCalls();
    cycle();
    cycle();
    assertThat(antctl.newCalls()).noneMatch(words -> words.contains("upgrade"));
    assertThat(row(1)).containsEntry("version", TestHost.VERSION.text());

    WnmRun on = antctl.wnm().with("ENABLE_UPGRADE", "1").run();

    assertThat(on.exit()).as(on.toString()).isZero();
    assertThat(antctl.newCalls()).anyMatch(words -> words.contains("upgrade"));
    assertThat(host.colony().rows("SELECT value FROM setting WHERE name = 'enable_upgrade'"))
        .containsExactly(Map.of("value", "1"));
  }
}
