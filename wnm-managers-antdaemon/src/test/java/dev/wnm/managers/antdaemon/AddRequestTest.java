package dev.wnm.managers.antdaemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AddRequestTest {
  private static final Path STORAGE = Path.of("/nodes");

  private static NodeSpec node(Map<String, String> options, String... startArgs) {
    List<ManagerOption<?>> known = List.copyOf(AntdaemonBench.PROGRAM.options());
    return NodeSpec.builder(1, NodePlacement.of("node0001", STORAGE.resolve("node0001")),
            NodePorts.of(12001).withBrowsers(OptionalInt.of(13001)))
        .program(AntdaemonBench.PROGRAM).source(Path.of("/opt/ant-node")).wallet("0x00455d78f850b0358E8cea5be24d415E01E107CF")
        .bootstrapCache(Path.of("/cache")).options(OptionValues.read(known, options)).startArgs(List.of(startArgs)).build();
  }

  @Test
  void whatTheDaemonTakesIsInItsRequestAndAllElseIsAVariable() throws OperationFailedException {
    String json = AddRequest.of(node(Map.of("bootstrap", "192.0.2.7:10000,192.0.2.8:10000", "upgrade_channel", "beta"), "--ipv4-only",
        "--cache-capacity=4711")).json(STORAGE);

    assertThat(json).isEqualTo("{\"count\":1,"
        + "\"rewards_address\":\"0x00455d78f850b0358E8cea5be24d415E01E107CF\",\"node_port\":12001,"
        + "\"data_dir_path\":\"/nodes\",\"log_dir_path\":\"/nodes\","
        + "\"binary_source\":{\"type\":\"local_path\",\"value\":\"/opt/ant-node\"},"
        + "\"bootstrap_peers\":[\"192.0.2.7:10000\",\"192.0.2.8:10000\"],\"env_variables\":[[\"ANT_CACHE_CAPACITY\",\"4711\"],"
        + "[\"ANT_IPV4_ONLY\",\"true\"],[\"ANT_LOG_FORMAT\",\"json\"],[\"ANT_LOG_MAX_FILES\",\"2\"],[\"ANT_WEBRTC_DIRECT_PORT\",\"13001\"],"
        + "[\"NO_COLOR\",\"1\"],[\"RUST_LOG\",\"info\"],[\"XDG_DATA_HOME\",\"/cache\"]],\"upgrade_channel\":\"beta\","
        + "\"evm_network\":\"arbitrum-one\"}");
  }

  @Test
  void anOperatorsLogLevelCounts() throws OperationFailedException {
    assertThat(AddRequest.of(node(Map.of()).toBuilder().environment(Map.of("RUST_LOG", "debug")).build()).variables())
        .containsEntry("RUST_LOG", "debug");
  }

  @Test
  void whatTheDaemonCannotGiveToNodesIsRefused() {
    assertThatThrownBy(() -> AddRequest.of(node(Map.of("self_upgrade", "off")))).hasMessageContaining("--self_upgrade to on");
    assertThatThrownBy(() -> AddRequest.of(node(Map.of(), "--new-flag"))).hasMessageContaining("--new-flag", "--start_args");
  }

  @Test
  void everyVariableThatWnmSetsForAllNodesIsKnownToBeNoOperators() throws OperationFailedException {
    assertThat(AddRequest.ownVariables()).containsAll(AddRequest.of(node(Map.of())).variables().keySet());
  }
}
