package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.NodePages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The whole life of a fleet, cycle after cycle, with real processes on real ports. */
@Order(3)
class FleetLifeIT {
  private static final int CAP = 6;
  private static final Version NEWER = new Version("0.4.17");
  private static final String LOOPBACK = "127.0.0.1";
  /** More than any step of the story takes. */
  private static final int MOST_CYCLES = 20;
  private static final String[] NO_PRESSURE = {"--desired_load_average", "9000", "--max_load_average_allowed", "10000",
      "--hd_less_than", "100", "--hd_remove", "100"};

  private final NodePages pages = new NodePages();
  private final List<String> story = new ArrayList<>();
  private TestHost host;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.keepingAJvm();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void aFleetGrowsShrinksIsUpgradedSurvivesAndGoesWithoutATrace() throws IOException {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(List.of("--node_cap", Integer.toString(CAP), "--max_concurrent_starts", "2", "--max_concurrent_upgrades",
        "2", "--max_concurrent_removals", "2", "--max_concurrent_operations", "4"));
    host.done(host.initWords(more));
    assertThat(host.nodes()).isEmpty();

    growsToItsCapAndNoFurther();
    stopsNodesUnderLoadAndStartsTheSameOnesAgain();
    removesNodesFromAFullDiskAndFillsTheHoles();
    upgradesEveryNode();
    noticesKilledNodesAndStartsThemAgain();
    comesBackFromAReboot();
    shrinksWhenItsCapFalls();
    goesWithoutATrace();

    assertThat(story).as("cycles").hasSizeGreaterThanOrEqualTo(30);
  }

  private void growsToItsCapAndNoFurther() {
    cyclesUntil("all " + CAP + " nodes run", () -> host.nodes("RUNNING").size() == CAP);
    cycle();
    cycle();
    assertThat(host.nodes()).extracting(NodeRow::id).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(host.processes()).hasSize(CAP).allSatisfy((root, processes) -> assertThat(processes).hasSize(1));
    assertThat(host.nodes()).allSatisfy(node ->
        assertThat(pages.peerId(LOOPBACK, node.metricsPort())).as(node.service()).contains(node.peerId()));
  }

  private void stopsNodesUnderLoadAndStartsTheSameOnesAgain() {
    Map<Integer, String> before = peerIds();
    WnmRun pressed = cycle("--max_load_average_allowed", "0.001", "--desired_load_average", "0.0005");
    assertThat(pressed.err()).contains("STOP: ");
    cyclesUntil("only 2 nodes run", () -> host.nodes("RUNNING").size() <= 2);
    assertThat(host.nodes()).hasSize(CAP);
    assertThat(host.nodes("STOPPED")).extracting(NodeRow::downCause).containsOnly("STOPPED");
    assertThat(host.processes()).hasSameSizeAs(host.nodes("RUNNING"));

    cycle(NO_PRESSURE);
    cyclesUntil("all run again", () -> host.nodes("RUNNING").size() == CAP);
    assertThat(peerIds()).as("a stopped node keeps its key").isEqualTo(before);
  }

  /** One in memory may be as good as empty. @param percent how full it has to be at least */
  private Path ballast(int percent) throws IOException {
    Path file = host.temporary().resolve("ballast");
    FileStore disk = Files.getFileStore(host.storage());
    byte[] block = new byte[1024 * 1024];
    try (OutputStream ballast = Files.newOutputStream(file)) {
      for (long left = disk.getTotalSpace() / 100 * percent - (disk.getTotalSpace() - disk.getUnallocatedSpace()); left > 0; left -= block.length) {
        ballast.write(block);
      }
    }
    return file;
  }

  private void removesNodesFromAFullDiskAndFillsTheHoles() throws IOException {
    Path ballast = ballast(3);
    assertThat(usedDiskPercent()).as("this test takes a disk that is more than 2 % full for a full one").isGreaterThan(2);
    Map<Integer, String> before = peerIds();
    cycle("--hd_less_than", "1", "--hd_remove", "2");
    cyclesUntil("at most 3 nodes are left", () -> host.nodes().size() <= 3);
    assertThat(host.folders()).hasSameSizeAs(host.nodes());

    Files.delete(ballast);
    cycle(NO_PRESSURE);
    cyclesUntil("the cap is reached again", () -> host.nodes("RUNNING").size() == CAP);
    assertThat(host.nodes()).extracting(NodeRow::id).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(peerIds().get(6)).as("a new node has a key of its own").isNotEqualTo(before.get(6));
  }

  private void upgradesEveryNode() throws IOException {
    host.installAntnode(NEWER);
    cyclesUntil("every node says that it is " + NEWER, () -> host.nodes("RUNNING").size() == CAP && host.nodes().stream()
        .allMatch(node -> pages.version(LOOPBACK, node.metricsPort()).filter(NEWER::equals).isPresent()));
  }

  private void noticesKilledNodesAndStartsThemAgain() {
    Path second = host.nodes().get(1).rootDir();
    Path fifth = host.nodes().get(4).rootDir();
    host.killNodes(root -> root.equals(second) || root.equals(fifth));
    host.done("--force_action", "survey");
    assertThat(host.nodes("STOPPED")).extracting(NodeRow::id).containsExactly(2, 5);
    assertThat(host.nodes("STOPPED")).extracting(NodeRow::downCause).containsOnly("DIED");
    cyclesUntil("the two run again", () -> host.nodes("RUNNING").size() == CAP);
    assertThat(host.processes()).hasSize(CAP);
  }

  private void comesBackFromAReboot() {
    host.killNodes(root -> true);
    host.colony().change("UPDATE setting SET value = 'an earlier boot' WHERE name = 'boot_id'");
    WnmRun first = cycle();
    assertThat(first.err()).contains("RESURVEY: system rebooted");
    assertThat(host.nodes("STOPPED")).hasSize(CAP).extracting(NodeRow::downCause).containsOnly("REBOOT");
    cyclesUntil("all run again after the reboot", () -> host.nodes("RUNNING").size() == CAP);
    assertThat(host.processes()).hasSize(CAP).allSatisfy((root, processes) -> assertThat(processes).hasSize(1));
  }

  private void shrinksWhenItsCapFalls() throws IOException {
    cycle("--node_cap", "1");
    cyclesUntil("one node is left", () -> host.nodes().size() == 1);
    assertThat(host.nodes()).as("the youngest went first").extracting(NodeRow::id).doesNotContain(6);
    assertThat(host.folders()).hasSize(1);
    assertThat(host.processes()).hasSize(1);
    cycle("--node_cap", "3");
    cyclesUntil("three nodes run", () -> host.nodes("RUNNING").size() == 3);
  }

  private void goesWithoutATrace() throws IOException {
    List<NodeRow> last = host.nodes();
    host.done("--force_action", "teardown", "--confirm");
    assertThat(host.nodes()).isEmpty();
    assertThat(host.processes()).isEmpty();
    assertThat(host.folders()).isEmpty();
    assertThat(host.everything()).isEmpty();
    assertThat(host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL")).isEmpty();
    for (NodeRow node : last) {
      assertThat(isFree(node)).as("ports of " + node.service()).isTrue();
    }
    try (var files = Files.walk(host.home().resolve(".local/share"))) {
      assertThat(files.filter(file -> file.toString().contains("antnode"))).isEmpty();
    }
    try (var files = Files.walk(host.temporary())) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private WnmRun cycle(String... words) {
    host.seemIdle();
    WnmRun run = host.done(words);
    story.add(run.out().strip());
    assertThat(run.out()).as("one line on standard output").hasLineCount(1);
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

  private Map<Integer, String> peerIds() {
    Map<Integer, String> ids = new HashMap<>();
    host.nodes().forEach(node -> ids.put(node.id(), pages.peerId(LOOPBACK, node.metricsPort()).orElse("no answer")));
    return ids;
  }

  private double usedDiskPercent() throws IOException {
    var disk = Files.getFileStore(host.storage());
    long used = disk.getTotalSpace() - disk.getUnallocatedSpace();
    return 100.0 * used / (used + disk.getUsableSpace());
  }

  private static boolean isFree(NodeRow node) {
    try (DatagramSocket udp = new DatagramSocket(node.port()); ServerSocket tcp = new ServerSocket()) {
      tcp.setReuseAddress(true);
      tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.metricsPort()));
      return udp.isBound() && tcp.isBound();
    } catch (IOException held) {
      return false;
    }
  }
}
