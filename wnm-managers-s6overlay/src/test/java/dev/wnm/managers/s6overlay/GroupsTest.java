package dev.wnm.managers.s6overlay;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.image.OfflineImage;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What becomes of groups: made, kept, mended, rolled, ended. */
@Order(3)
class GroupsTest extends GroupBench {
  @Test
  void aContainerHasItsBlockOfPortsAndNoMoreRightsThanItNeeds() {
    ProcessManager manager = manager();

    up(Offered.by(manager, HostsGroups.class).openGroups(List.of(group(2))).get("a2"));

    String name = containerName(2);
    assertThat(inspect(name, "{{json .HostConfig.PortBindings}}"))
        .contains("\"" + (ports.node() * 1_000 + SIZE + 1) + "/udp\"", "\"" + (ports.node() * 1_000 + 2 * SIZE) + "/udp\"")
        .doesNotContain("tcp", "\"" + (ports.node() * 1_000 + SIZE) + "/udp\"");
    assertThat(inspect(name, "{{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.RestartPolicy.Name}}"))
        .isEqualTo("[ALL] [no-new-privileges] unless-stopped");
    assertThat(inspect(name, "{{json .HostConfig.CapAdd}}").replace("CAP_", "").replaceAll("[\\[\\]\"]", "").split(","))
        .containsExactlyInAnyOrder("SETUID", "SETGID", "CHOWN", "KILL", "DAC_OVERRIDE");
    assertThat(inspect(name, "{{.HostConfig.PidsLimit}}")).isEqualTo(Integer.toString(512 + 256 * SIZE));
    assertThat(inspect(name, "{{json .HostConfig.LogConfig.Config}}")).contains("max-size", "max-file");
    assertThat(progress).singleElement().asString().contains("docker publishes 4 ports for each group", "userland-proxy");
  }

  @Test
  void keepingGroupsThatRunIsOneQuestionToDocker() {
    Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1), group(2)));
    ProcessManager later = manager();
    commands.clear();

    Map<String, GroupResult> kept = Offered.by(later, HostsGroups.class).openGroups(List.of(group(1), group(2)));

    assertThat(kept.values()).allSatisfy(result -> assertThat(up(result).changed()).isFalse());
    assertThat(commands.stream().filter(line -> !line.contains("docker info")).toList())
        .singleElement().asString().startsWith("docker inspect");
  }

  @Test
  void nodesComeBackWithAContainerThatWasKilledOrRemovedButNotThoseThatWereStopped() {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1, 2, 3);
    manager.stop(nodes.get(2));

    for (List<String> mishap : List.of(List.of("kill"), List.of("stop", "-t", "30"), List.of("rm", "--force"))) {
      List<String> words = new ArrayList<>(mishap);
      words.add(containerName(1));
      Colonies.docker(words.toArray(String[]::new));
      ProcessManager later = manager();
      assertThat(later.status(nodes).get(1)).isInstanceOf(ProcessState.Stopped.class);

      assertThat(up(Offered.by(later, HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isTrue();

      eventually("nodes 1 and 2 run after docker " + mishap, () -> later.status(nodes).get(1) instanceof ProcessState.Running
          && later.status(nodes).get(2) instanceof ProcessState.Running);
      assertThat(later.status(nodes).get(3)).isInstanceOf(ProcessState.Stopped.class);
    }
  }

  @Test
  void twoColoniesOfOneHostDoNotMeet() throws IOException {
    ProcessManager one = manager();
    up(Offered.by(one, HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    String first = containerName(1);
    storage = Files.createDirectory(home.resolve("other"));
    takePorts();
    settings.putAll(Colonies.settings("published"));
    ProcessManager other = manager();

    up(Offered.by(other, HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    assertThat(containerName(1)).isNotEqualTo(first);
    Offered.by(other, HostsGroups.class).closeGroups(List.of(group(1)));

    assertThat(hasContainers()).isFalse();
    assertThat(inspect(first, "{{.State.Running}}")).isEqualTo("true");
  }

  @Test
  void changedLimitsReachARunningContainer() {
    Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1)));
    String started = inspect(containerName(1), "{{.State.StartedAt}}");
    settings.putAll(Map.of("container_memory", "300m", "container_cpus", "1.5", "container_pids", "777"));

    assertThat(up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isTrue();

    assertThat(inspect(containerName(1), "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"))
        .isEqualTo((300L << 20) + " 1500000000 777");
    assertThat(inspect(containerName(1), "{{.State.StartedAt}}")).as("when it was started").isEqualTo(started);
    assertThat(up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isFalse();
  }

  @Test
  void whatDockerCannotChangeInARunningContainerMakesItAnew() {
    Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1)));
    settings.putAll(Map.of("container_nofile", "4096", "container_io_weight", "300"));

    assertThat(up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isTrue();

    assertThat(inspect(containerName(1), "{{range .HostConfig.Ulimits}}{{.Name}} {{.Soft}} {{.Hard}}{{end}}")).isEqualTo("nofile 4096 4096");
    // The weight of a kernel without such shares is dropped by Docker.
    assertThat(inspect(containerName(1), "{{.HostConfig.BlkioWeight}}")).isIn("300", "0");
    assertThat(up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isFalse();
  }

  @Test
  void anImageThatDoesNotBootIsSaidAndTheOldOneCanBePutBackByItsName() throws IOException {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1);
    Path context = Files.createDirectory(home.resolve("broken"));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + OfflineImage.id() + "\nRUN rm /usr/local/lib/wnm/antnodes-up\n");
    settings.put("docker_image",
        Colonies.docker("build", "--quiet", context.toString()).stdout().strip());

    GroupResult.Failed failure = failed(Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1)));

    assertThat(failure.reason()).isNotBlank();
    up(Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1).withImage(OfflineImage.id())));
    assertThat(inspect(containerName(1), "{{.Image}}")).isEqualTo(OfflineImage.id());
    eventually("node 1 runs again", () -> manager().status(nodes).get(1) instanceof ProcessState.Running);
  }

  @Test
  void closingGroupsLeavesNothing() throws IOException {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1, 5);
    Offered.by(manager, Batches.class).removeAll(nodes).values().forEach(result -> assertThat(result).isInstanceOf(OperationResult.Done.class));

    assertThat(Offered.by(manager, HostsGroups.class).closeGroups(List.of(group(1), group(2))).values()).containsOnly(GroupResult.gone());

    assertThat(hasContainers()).isFalse();
    assertThat(StorageMarker.look(colony(), storage)).isEqualTo(new StorageState.Ours(Set.of()));
  }

  @Test
  void rulesOfARoutedGroupAreMendedAndGoWithIt() {
    settings.put("container_network", "routed");
    ProcessManager manager = manager();
    up(Offered.by(manager, HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    List<String> rules = rules();
    assertThat(rules).hasSize(2).allSatisfy(rule -> assertThat(rule).contains(
        (ports.node() * 1_000 + 1) + ":" + (ports.node() * 1_000 + SIZE)));
    Colonies.deleteRule("nat", rules.get(0));
    assertThat(rules()).hasSize(1);

    Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1)));

    assertThat(rules()).isEqualTo(rules);
    Offered.by(manager(), HostsGroups.class).closeGroups(List.of(group(1)));
    assertThat(rules()).isEmpty();
  }

  /** The group with ports for browsers, for which tests have none but those of metrics, of TCP. */
  private GroupSpec withBrowserPorts(GroupSpec group) {
    return group.withBrowserPorts(Optional.of(group.metricsPorts()));
  }

  @Test
  void rulesOfARoutedGroupCarryItsPortsForBrowsersToo() {
    settings.put("container_network", "routed");

    up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(withBrowserPorts(group(1)))).get("a1"));

    assertThat(rules()).hasSize(4);
    for (int start : List.of(ports.node(), ports.metrics())) {
      assertThat(rules()).filteredOn(rule -> rule.contains(" " + (start * 1_000 + 1) + ":" + (start * 1_000 + SIZE) + " ")).hasSize(2);
    }
    List<String> rules = rules();
    up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(withBrowserPorts(group(1)))).get("a1"));
    assertThat(rules()).isEqualTo(rules);
  }

  @Test
  void aGroupHasThePortsForBrowsersThatItWasMadeWith() throws Exception {
    String browsers = "\"" + (ports.metrics() * 1_000 + 1) + "/udp\"";
    up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    assertThat(inspect(containerName(1), "{{json .HostConfig.PortBindings}}")).doesNotContain(browsers);
    assertThat(Offered.by(manager(), HostsGroups.class).containers()).singleElement()
        .satisfies(container -> assertThat(container.browserPorts()).isEmpty());

    up(Offered.by(manager(), HostsGroups.class).rebuildGroup(withBrowserPorts(group(1))));

    assertThat(inspect(containerName(1), "{{json .HostConfig.PortBindings}}")).contains(browsers, "\"" + (ports.node() * 1_000 + 1) + "/udp\"");
    assertThat(Offered.by(manager(), HostsGroups.class).containers()).singleElement()
        .satisfies(container -> assertThat(container.browserPorts()).contains(group(1).metricsPorts()));
    String made = inspect(containerName(1), "{{.Id}}");
    assertThat(up(Offered.by(manager(), HostsGroups.class).openGroups(List.of(withBrowserPorts(group(1)))).get("a1")).changed()).isFalse();
    running(manager(), 1);
    assertThat(inspect(containerName(1), "{{.Id}}")).as("one of which core said nothing stays as it was made").isEqualTo(made);
  }

  @Test
  void manyNodesAreMadeByAHandfulOfCommandsAndStoppedAndRemovedByOneCallIntoTheContainer() {
    size = 40;
    ProcessManager manager = manager();
    Batches batches = Offered.by(manager, Batches.class);
    List<NodeSpec> asked = IntStream.rangeClosed(1, 40)
        .mapToObj(id -> node(id, Map.of()).toBuilder().group(Optional.of("a1")).build()).toList();
    commands.clear();
    Map<Integer, OperationResult> made = batches.createAll(asked);
    assertThat(commands).as("one asks what the program knows, one copies it").hasSizeLessThanOrEqualTo(2);
    List<NodeSpec> nodes = asked.stream().map(node -> node.withFacts(((OperationResult.Done) made.get(node.id())).facts())).toList();
    up(Offered.by(manager, HostsGroups.class).openGroups(List.of(group(1))).get("a1"));
    commands.clear();

    assertThat(Offered.by(manager, Batches.class).startAll(nodes).values()).hasSize(40)
        .allSatisfy(result -> assertThat(result).isInstanceOf(OperationResult.Done.class));

    assertThat(commands.stream().filter(line -> line.contains("docker exec")).toList()).hasSize(1);
    commands.clear();
    assertThat(manager.status(nodes).values()).allSatisfy(state -> assertThat(state).isInstanceOf(ProcessState.Running.class));
    assertThat(commands).as("one inspect, one look inside").hasSize(2);
    commands.clear();
    assertThat(batches.stopAll(nodes.subList(0, 20)).values()).allSatisfy(result -> assertThat(result).isInstanceOf(OperationResult.Done.class));
    assertThat(batches.removeAll(nodes).values()).hasSize(40)
        .allSatisfy(result -> assertThat(result).isInstanceOf(OperationResult.Done.class));
    assertThat(commands.stream().filter(line -> line.contains("docker exec")).toList()).as("a stop, a removal").hasSize(2);
    assertThat(manager.status(nodes).values()).allSatisfy(state -> assertThat(state).isInstanceOf(ProcessState.Missing.class));
  }

  @Test
  void aNodeThatKeepsDyingIsLeftDownWithItsLastWords() {
    ProcessManager manager = manager();
    NodeSpec node = created(manager, node(1, Map.of(StandInAntnode.variable("exit_at_start"), "3")));
    manager.start(node);

    eventually("s6 gives up on it", () -> manager.status(List.of(node)).get(1) instanceof ProcessState.Stopped stopped
        && stopped.detail().contains("gave up"));
    assertThat(Offered.by(manager, Describes.class).describe(List.of(node)).get(1)).startsWith("s6: dead ").contains("5 restarts");
  }

  private List<String> rules() {
    return Stream.of("nat", "filter").flatMap(table -> Colonies.rules(table).stream())
        .filter(rule -> rule.contains(containerName(1))).toList();
  }
}
