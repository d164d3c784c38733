package dev.wnm.cli.packaged;

import static dev.wnm.cli.packaged.AntctlHost.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.NodePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An antctl cluster that was made by hand comes under wnm and lives through all that wnm does with nodes. */
@Order(2)
class AntctlFleetIT {
  private static final Version NEWER = new Version("0.4.17");
  private static final int CAP = 4;
  /** More than any step of the story takes. */
  private static final int MOST_CYCLES = 12;
  private static final String[] NO_PRESSURE = {"--desired_load_average", "9000", "--max_load_average_allowed", "10000"};

  private final NodePages pages = new NodePages();
  private final List<String> story = new ArrayList<>();
  private AntctlHost antctl;
  private TestHost host;

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (antctl != null) {
      antctl.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"antctl+user", "antctl+sudo", "antctl+zen"})
  void aClusterMadeByHandIsTakenOverAndLivesThroughEverything(String type) throws IOException {
    antctl = type.endsWith("+sudo") ? AntctlHost.ofRoot() : AntctlHost.ofAnAccount();
    host = antctl.host();

    takesOverWhatItCanAndTouchesNothing(type);
    growsToItsCapAndNoFurther();
    stopsNodesUnderLoadAndStartsThemAgain();
    upgradesEveryNode(type);
    shrinksWhenItsCapFalls();
    namesANodeAddedByHandOnceAndTakesItWhenTold();
    clearsUpAfterANodeRemovedByHand();
    goesWithoutATrace();
  }

  /** antnode1 runs, antnode2 is stopped, antnode3 cannot be watched, and of antnode4 antctl's memory is left. */
  private void takesOverWhatItCanAndTouchesNothing(String type) throws IOException {
    for (int number = 1; number <= 4; number++) {
      String metrics = Integer.toString(port(host.metricsPortStart(), number));
      antctl.addByHand(number, number == 3 ? new String[0] : new String[] {"--metrics-port", metrics});
    }
    antctl.antctl("-v", "start", "--interval", "0", "--service-name", "antnode1", "--service-name", "antnode2",
        "--service-name", "antnode3");
    antctl.antctl("-v", "stop", "--service-name", "antnode2");
    antctl.antctl("-v", "remove", "--service-name", "antnode4");
    assertThat(antctl.processes().services()).containsExactly("antnode1", "antnode3");
    Map<Long, String> before = antctl.processes().starts();
    antctl.newCalls();

    WnmRun init = antctl.done(antctl.initWords(type, "--import", "--node_cap", Integer.toString(CAP),
        "--max_concurrent_starts", "2", "--max_concurrent_upgrades", "2", "--max_concurrent_removals", "2",
        "--max_concurrent_operations", "4"));

    assertThat(init.err()).contains("antnode3 is not taken over: it has no metrics port");
    assertThat(host.nodes()).extracting(NodeRow::id, NodeRow::status).containsExactly(
        tuple(1, "RUNNING"), tuple(2, "STOPPED"));
    assertThat(host.colony().rows("SELECT port_start, metrics_port_start, highest_node_id_used FROM machine"))
        .containsExactly(Map.of("port_start", Integer.toString(host.portStart()),
            "metrics_port_start", Integer.toString(host.metricsPortStart()), "highest_node_id_used", "2"));
    assertThat(antctl.processes().starts()).as("the very same processes").isEqualTo(before);
    assertThat(antctl.newCalls()).as("calls of antctl").isNotEmpty()
        .allMatch(call -> call.equals(List.of("--crate-version")) || call.equals(List.of("status", "--json")));
  }

  private void growsToItsCapAndNoFurther() throws IOException {
    cyclesUntil("all " + CAP + " nodes run", () -> host.nodes("RUNNING").size() == CAP);
    antctl.newCalls();
    cycle();
    assertThat(antctl.newCalls()).as("calls of antctl in a cycle with nothing to do").allMatch(AntctlFleetIT::asksVersion);
    assertThat(host.nodes()).hasSize(CAP).allSatisfy(node ->
        assertThat(pages.peerId("127.0.0.1", node.metricsPort())).as(node.service()).contains(node.peerId()));
    assertThat(antctl.processes().services()).containsExactlyInAnyOrderElementsOf(
        Stream.concat(host.nodes().stream().map(NodeRow::service), Stream.of("antnode3")).toList());
    assertThat(host.nodes()).extracting(NodeRow::port).as("ports that antctl remembers for nodes that are gone, too")
        .doesNotContain(port(host.portStart(), 3), port(host.portStart(), 4));
  }

  private void stopsNodesUnderLoadAndStartsThemAgain() {
    cycle("--max_load_average_allowed", "0.001", "--desired_load_average", "0.0005");
    cyclesUntil("only 2 nodes run", () -> host.nodes("RUNNING").size() <= 2);
    assertThat(host.nodes()).hasSize(CAP);
    assertThat(antctl.processes().services()).hasSize(host.nodes("RUNNING").size() + 1);

    cycle(NO_PRESSURE);
    cyclesUntil("all run again", () -> host.nodes("RUNNING").size() == CAP);
  }

  /** antctl+zen fetches the newest antnode by itself, and is told to upgrade by the version that is wanted. */
  private void upgradesEveryNode(String type) throws IOException {
    antctl.release(NEWER);
    if (type.equals("antctl+zen")) {
      cycle("--antctl_version", NEWER.text());
    }
    cyclesUntil("every node says that it is " + NEWER, () -> host.nodes("RUNNING").size() == CAP && host.nodes().stream()
        .allMatch(node -> pages.version("127.0.0.1", node.metricsPort()).filter(NEWER::equals).isPresent()));
  }

  private void shrinksWhenItsCapFalls() {
    cycle("--node_cap", "2");
    cyclesUntil("2 nodes are left", () -> host.nodes().size() == 2);
    assertThat(host.nodes()).as("the youngest went first").extracting(NodeRow::id).containsExactly(1, 2);
    assertThat(antctl.listed()).extracting(Listed::service).containsExactly("antnode1", "antnode2", "antnode3");
  }

  private void namesANodeAddedByHandOnceAndTakesItWhenTold() {
    antctl.addByHand(11, "--metrics-port", Integer.toString(port(host.metricsPortStart(), 11)));
    String service = antctl.listed().get(3).service();
    String warning = "has unmanaged nodes, which wnm leaves alone: antnode3, " + service;

    assertThat(cycle().err()).contains(warning);
    assertThat(host.nodes()).as("nothing is adopted unasked").extracting(NodeRow::service).doesNotContain(service);
    assertThat(cycle().err()).doesNotContain(service);

    antctl.done("--import", "--node_cap", "3");
    assertThat(host.nodes()).filteredOn(node -> node.service().equals(service)).singleElement()
        .satisfies(node -> assertThat(node.metricsPort()).isEqualTo(port(host.metricsPortStart(), 11)));
    cyclesUntil("what was taken over runs", () -> host.nodes("RUNNING").size() == 3);
  }

  private void clearsUpAfterANodeRemovedByHand() {
    antctl.antctl("-v", "stop", "--service-name", "antnode1");
    antctl.antctl("-v", "remove", "--service-name", "antnode1");
    antctl.done("--force_action", "survey");
    assertThat(host.nodes("DEAD")).extracting(NodeRow::service).containsExactly("antnode1");
    cyclesUntil("its row is gone", () -> host.nodes().stream().noneMatch(node -> node.service().equals("antnode1")));
  }

  private void goesWithoutATrace() throws IOException {
    assertThat(antctl.processes().services()).as("what wnm was not given it never touched").contains("antnode3");
    antctl.antctl("-v", "stop", "--service-name", "antnode3");
    antctl.antctl("-v", "remove", "--service-name", "antnode3");
    List<Path> folders = antctl.listed().stream().map(Listed::dataDir).toList();
    assertThat(folders).isNotEmpty();
    antctl.newCalls();

    antctl.done("--force_action", "teardown", "--confirm");

    assertThat(antctl.newCalls()).contains(List.of("-v", "reset", "--force"));
    assertThat(host.nodes()).isEmpty();
    assertThat(host.colony().rows("SELECT highest_node_id_used FROM machine"))
        .containsExactly(Map.of("highest_node_id_used", "0"));
    assertThat(antctl.processes().services()).isEmpty();
    assertThat(antctl.listed()).isEmpty();
    assertThat(folders).noneMatch(Files::exists);
    try (Stream<Path> units = Files.list(antctl.units())) {
      assertThat(units).noneMatch(unit -> unit.toString().endsWith(".service"));
    }
    try (Stream<Path> files = Files.walk(host.home())) {
      // What the stand-in keeps for systemd, which remembers units that ended with exit code 1 as a node does on SIGINT, is its own.
      assertThat(files.filter(file -> !file.getParent().endsWith(".standin")).map(Path::getFileName)
          .map(Path::toString)).noneMatch(name -> name.matches("antnode\\d+.*"));
    }
  }

  private static boolean asksVersion(List<String> call) {
    return call.equals(List.of("--crate-version"));
  }

  private WnmRun cycle(String... words) {
    WnmRun run = antctl.cycle(words);
    story.add(Arrays.toString(words) + " " + run.out().strip() + "\n" + run.err());
    return run;
  }

  private void cyclesUntil(String what, BooleanSupplier reached) {
    for (int i = 0; i < MOST_CYCLES; i++) {
      if (reached.getAsBoolean()) {
        return;
      }
      cycle();
    }
    throw new AssertionError("after " + MOST_CYCLES + " cycles not yet: " + what + "\n" + String.join("\n", story));
  }
}
