package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static dev.wnm.core.store.Colonies.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColonyStoreTest {
  @TempDir
  Path folder;
  private Path file;
  private ColonyStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("colony.db");
    store = Colonies.initialised(file);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = ColonyStore.openExisting(file, CLOCK);
  }

  @Test
  void aNewFileHasNoMachineUntilOneIsMade() {
    try (ColonyStore empty = ColonyStore.open(folder.resolve("other.db"), CLOCK)) {
      assertThat(empty.machine()).isEmpty();
      assertThat(empty.nodes()).isEmpty();
      assertThat(empty.openOperations()).isEmpty();
      assertThat(empty.counters()).isEmpty();
    }
  }

  @Test
  void settingsComeBackAsTextWhetherTheyHaveAColumnOrNot() {
    reopen();

    assertThat(store.machine().orElseThrow())
        .containsEntry("node_cap", "7")
        .containsEntry("max_load_average_allowed", "8.0")
        .containsEntry("setting_without_column", "x y")
        .containsEntry("docker_image", "iweave/antnode:latest")
        .doesNotContainKeys("id", "highest_node_id_used", "antctl_version", "process_manager");
  }

  @Test
  void changedSettingsAreStoredAndTheOthersStay() throws Exception {
    store.saveSettings(Map.of("node_cap", "12", "setting_without_column", "z", "new_one", "1", "no_upnp", "true",
        "antctl_debug", "False", "antctl_version", "None"));

    assertThat(store.machine().orElseThrow()).containsAllEntriesOf(Map.of("node_cap", "12", "setting_without_column", "z",
        "new_one", "1", "no_upnp", "1", "antctl_debug", "0", "cpu_remove", "7")).doesNotContainKey("antctl_version");
    assertThat(Colonies.texts(file, "SELECT typeof(node_cap) || typeof(no_upnp) FROM machine"))
        .containsExactly("integerinteger");
  }

  @Test
  void aSecondMachineIsRefused() {
    assertThatThrownBy(() -> store.createMachine(Colonies.machine())).isInstanceOf(StoreException.class);
  }

  @Test
  void aNodeComesBackAsItWasSaved() {
    Map<NodeMetric, Long> metrics = new EnumMap<>(NodeMetric.class);
    for (NodeMetric metric : NodeMetric.values()) {
      metrics.put(metric, 100L + metric.ordinal());
    }
    Node node = Colonies.node(3)
        .withMetrics(new NodeMetrics(metrics, Optional.of(new BigInteger("123456789012345678901234567890"))))
        .withHealth(new NodeHealth(DownCause.DIED, 2, 3, NOW.plusSeconds(60), "no answer", OptionalLong.of(4_000_000_000L)))
        .withPeerId("12D3KooW");

    store.save(List.of(node));
    reopen();

    assertThat(store.node(3)).contains(node);
    assertThat(store.nodes()).containsExactly(node);
    assertThat(store.node(4)).isEmpty();
  }

  @Test
  void whatANodeDidNotTellIsNoMeasurementInTheRowAndZeroWhereThePythonWnmNeedsANumber() throws Exception {
    NodeMetrics told = new NodeMetrics(Map.of(NodeMetric.UPTIME, 0L, NodeMetric.RECORDS, 7L), Optional.empty());
    store.save(List.of(Colonies.node(1).withMetrics(told), Colonies.node(2).withMetrics(NodeMetrics.NONE)));
    reopen();

    assertThat(store.node(1).orElseThrow().metrics()).isEqualTo(told);
    assertThat(store.node(2).orElseThrow().metrics()).isEqualTo(NodeMetrics.NONE);
    assertThat(Colonies.texts(file, "SELECT records || ' ' || connected_peers || ' ' || COALESCE(rewards, 'none') FROM node"
        + " WHERE id = 1")).containsExactly("7 0 none");
  }

  @Test
  void whatThePythonWnmMeasuredMeanwhileIsBelieved() throws Exception {
    store.save(List.of(Colonies.node(1).withMetrics(NodeMetrics.NONE)));
    Colonies.run(file, "UPDATE node SET records = 12, rewards = '34' WHERE id = 1");

    assertThat(store.node(1).orElseThrow().metrics())
        .isEqualTo(new NodeMetrics(Map.of(NodeMetric.RECORDS, 12L), Optional.of(BigInteger.valueOf(34))));
  }

  @Test
  void rewardsOfNothingThatThePythonWnmSawMeanwhileAreAMeasurement() throws Exception {
    store.save(List.of(Colonies.node(1).withMetrics(NodeMetrics.NONE)));
    Colonies.run(file, "UPDATE node SET rewards = '0' WHERE id = 1");

    assertThat(store.node(1).orElseThrow().metrics().rewards()).contains(BigInteger.ZERO);
  }

  @Test
  void rewardsThatAnEarlierWnmWroteAsZeroThoughItSawNoneAreUnknown() throws Exception {
    store.save(List.of(Colonies.node(1)));
    Colonies.run(file, "UPDATE node SET rewards = '0'", "UPDATE node_health SET absent_metrics = 'gets,rewards'");

    assertThat(store.node(1).orElseThrow().metrics().rewards()).isEmpty();
  }

  @Test
  void savingAgainReplacesTheRowAndItsHealth() {
    store.save(Colonies.nodes(3));
    store.save(List.of(Colonies.node(2).withStatus(NodeStatus.STOPPED, NOW.plusSeconds(5))
        .withHealth(NodeHealth.FRESH.down(DownCause.STOPPED))));

    assertThat(store.nodes()).hasSize(3);
    assertThat(store.node(2).orElseThrow().status()).isEqualTo(NodeStatus.STOPPED);
    assertThat(store.node(2).orElseThrow().health().downCause()).isEqualTo(DownCause.STOPPED);
  }

  @Test
  void twoNodesCannotHaveOneServiceAndNothingOfSuchASaveIsKept() {
    Node first = Colonies.node(1);
    Node second = Colonies.node(2).placedAt(first.placement());

    assertThatThrownBy(() -> store.save(List.of(first, second)))
        .isInstanceOf(StoreException.class).hasMessageContaining(file.toString()).hasMessageContaining("service");
    assertThat(store.nodes()).isEmpty();
  }

  @Test
  void theEndOfAnOperationAndItsNodeAreStoredTogether() {
    long add = store.begin(OperationKind.ADD, 1, "antnode0001", "{\"port\":1}", Map.of("highest_node_id_used", "1"));
    reopen();
    assertThat(store.machine().orElseThrow()).containsEntry("highest_node_id_used", "1");
    assertThat(store.openOperations())
        .containsExactly(new OpenOperation(add, OperationKind.ADD, 1, "antnode0001", "{\"port\":1}", NOW));

    store.finish(add, true, "", NodeChange.save(Colonies.node(1)));
    assertThat(store.openOperations()).isEmpty();
    assertThat(store.nodes()).containsExactly(Colonies.node(1));

    store.finish(store.begin(OperationKind.STOP, 1, "antnode0001", "{}", Map.of()), false, "it hung", NodeChange.keep());
    assertThat(store.nodes()).containsExactly(Colonies.node(1));

    store.finish(store.begin(OperationKind.REMOVE, 1, "antnode0001", "{}", Map.of()), true, "", NodeChange.delete(1));
    assertThat(store.nodes()).isEmpty();
  }

  @Test
  void theJournalKeepsTheWordsThatOlderVersionsOfWnmWrote() throws SQLException {
    long open = store.begin(OperationKind.DECOMMISSION, 1, "antnode0001", "{}", Map.of());
    store.close();
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet row = sqlite.createStatement().executeQuery("SELECT kind FROM operation WHERE id = " + open)) {
      assertThat(row.getString(1)).isEqualTo("RETIRE");
    }
    reopen();
    assertThat(store.openOperations()).extracting(OpenOperation::kind).containsExactly(OperationKind.DECOMMISSION);
  }

  @Test
  void anOperationIsFinishedOnceAndAFailedFinishLeavesItOpen() {
    long first = store.begin(OperationKind.ADD, 1, "antnode0001", "{}", Map.of());
    long second = store.begin(OperationKind.ADD, 2, "antnode0002", "{}", Map.of());
    store.finish(first, true, "", NodeChange.save(Colonies.node(1)));

    assertThatThrownBy(() -> store.finish(first, true, "", NodeChange.delete(1))).isInstanceOf(IllegalArgumentException.class);
    assertThat(store.nodes()).hasSize(1);
    Node clash = Colonies.node(2).placedAt(NodePlacement.of("antnode0001", Path.of("r")));
    assertThatThrownBy(() -> store.finish(second, true, "", NodeChange.save(clash))).isInstanceOf(StoreException.class);
    assertThat(store.openOperations()).extracting(OpenOperation::id).containsExactly(second);
  }

  @Test
  void theCountersOfTheLastCycleComeBack() {
    HostCounters counters =
        new HostCounters("boot-1", NOW.plusMillis(123), Map.of("disk_read_bytes", 1L, "net eth=0", Long.MAX_VALUE));

    store.saveCounters(new HostCounters("boot-0", NOW, Map.of()));
    store.saveCounters(counters);

    assertThat(store.counters()).contains(counters);
  }

  @Test
  void whatAnotherProgramWroteIntoANodesRowNeverStopsTheReading() throws Exception {
    store.save(Colonies.nodes(3));
    Colonies.run(file,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE node SET status = 'SLEEPING', version = '0', port = 0, metrics_port = 70000, rpc_port = -1, rewards = 'many',"
            + " timestamp = 99999999999999999, age = -5, records = -8, wallet = NULL, peer_id = NULL, environment = NULL,"
            + " root_dir = 'a' || char(0) || 'b', log_dir = NULL WHERE id = 2",
        "UPDATE node SET status = 'running', rewards = '1.5e3' WHERE id = 3",
        "UPDATE node_health SET down_cause = '?' WHERE node_id = 3",
        "INSERT INTO node SELECT -4, machine_id, container_id, manager_type, node_name, 'odd', user, binary, version, root_dir,"
            + " log_dir, port, metrics_port, rpc_port, network, wallet, peer_id, status, timestamp, records, uptime, shunned,"
            + " connected_peers, gets, puts, mem, cpu, open_connections, total_peers, bad_peers, rel_records, max_records,"
            + " rewards, payment_count, live_time, network_size, age, host, method, layout, environment FROM node WHERE id = 1");

    assertThat(store.nodes()).extracting(Node::id).containsExactly(1, 2, 3);
    Node odd = store.node(2).orElseThrow();
    assertThat(odd.status()).isEqualTo(NodeStatus.UNREADABLE);
    assertThat(odd.version()).isEmpty();
    assertThat(odd.ports()).isEqualTo(NodePorts.of(55_002, 13_002));
    assertThat(odd.metrics().rewards()).isEmpty();
    assertThat(odd.metrics().find(NodeMetric.RECORDS)).isEmpty();
    assertThat(odd.metrics().find(NodeMetric.UPTIME)).hasValue(0);
    assertThat(odd.wallet()).isEmpty();
    assertThat(store.node(3).orElseThrow().status()).isEqualTo(NodeStatus.RUNNING);
    assertThat(store.node(3).orElseThrow().metrics().rewards()).contains(BigInteger.valueOf(1_500));
    assertThat(store.node(3).orElseThrow().health().downCause()).isEqualTo(DownCause.NONE);
  }
}
