package dev.wnm.spi.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a back end is told of a node and says of it, made part by part. */
class NodeShapesTest {
  private static final NodePlacement PLACEMENT = NodePlacement.of("antnode0001", Path.of("/nodes/antnode0001"));
  private static final NodeSpec SPEC = NodeSpec.builder(1, PLACEMENT, NodePorts.of(55_001, 13_001)).source(Path.of("/antnode"))
      .user("ant").wallet("0x1").environment(Map.of("A", "1")).startArgs(List.of("--quiet")).bootstrapCache(Path.of("/cache"))
      .group(Optional.of("a1")).upnp(true).host("10.0.0.2").network("evm-arbitrum-sepolia-test").build();

  @Test
  void whatIsToldOfANodeStaysWhenOnePartOfItChanges() {
    assertThat(SPEC.toBuilder().build()).isEqualTo(SPEC);
    NodeSpec moved = SPEC.withSource(Path.of("/other")).withStartArgs(List.of());
    assertThat(moved.source()).isEqualTo(Path.of("/other"));
    assertThat(moved.startArgs()).isEmpty();
    assertThat(moved.withSource(SPEC.source()).withStartArgs(SPEC.startArgs())).isEqualTo(SPEC);
  }

  @Test
  void whatABackEndReportedIsWhatItIsToldNextTime() {
    NodePlacement where = NodePlacement.of("antnode1", Path.of("/elsewhere/antnode1"));
    NodeSpec recorded = SPEC.withFacts(NodeFacts.at(where).withPid(7).withHost("10.0.0.3"));
    assertThat(recorded).isEqualTo(SPEC.toBuilder().placement(where).pid(OptionalLong.of(7)).host("10.0.0.3").build());
    assertThat(SPEC.withFacts(NodeFacts.asSuggested(SPEC))).as("nothing new").isEqualTo(SPEC);
  }

  @Test
  void factsArePutTogetherFromWhatIsKnown() {
    Container container = new Container(Optional.empty(), "a1", "id", "image", true, Instant.EPOCH);
    NodeFacts facts = NodeFacts.at(PLACEMENT).withVersion(Version.parse("0.4.17")).withContainer(Optional.of(container));
    assertThat(facts.version()).contains(new Version("0.4.17"));
    assertThat(facts.container()).contains(container);
    assertThat(facts.pid()).isEmpty();
    assertThat(facts.host()).isEmpty();
    assertThat(facts.logDir()).isEqualTo(Path.of("/nodes/antnode0001/logs"));
  }

  @Test
  void whatASurveyDoesNotTellIsUnknown() {
    FoundNode found = FoundNode.builder(NodeFacts.at(PLACEMENT), new ProcessState.Stopped("")).nodePort(OptionalInt.of(55_001)).build();
    assertThat(found.nodePort()).hasValue(55_001);
    assertThat(found.metricsPort()).isEmpty();
    assertThat(found.rpcPort()).isEmpty();
    assertThat(found.id()).isEmpty();
    assertThat(found.wallet()).isEmpty();
    assertThat(found.network()).isEmpty();
    assertThat(found.version()).isEmpty();
    assertThat(found.peerId()).isEmpty();
    assertThat(found.createdAt()).isEmpty();
    assertThat(found.environment()).isEmpty();
  }
}
