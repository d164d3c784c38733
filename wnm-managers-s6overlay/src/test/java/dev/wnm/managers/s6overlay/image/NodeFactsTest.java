package dev.wnm.managers.s6overlay.image;

import static dev.wnm.managers.s6overlay.image.GroupContainer.answers;
import static dev.wnm.managers.s6overlay.image.GroupContainer.definition;
import static dev.wnm.managers.s6overlay.image.GroupContainer.name;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.docker.DockerEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What wnm-nodes tells of the processes of nodes, and how nodes without a page of metrics become ready. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class NodeFactsTest {
  private static final int FACTS = 8;
  private static final String BIND = "use Socket; for my $port (@ARGV) { socket(my $s, AF_INET, SOCK_DGRAM, 0);"
      + " bind($s, pack_sockaddr_in($port, INADDR_ANY)) or die \"cannot bind\\n\"; push @s, $s }";

  @TempDir
  private Path home;

  /** A line for a program of Perl as node of that name, ready by these UDP ports. */
  private static String perl(String name, String udp, String program, String... words) {
    return Stream.concat(Stream.of(name, "--", "WNM_UDP_PORTS=" + udp, "/usr/bin/perl", "-e", program), Arrays.stream(words))
        .collect(Collectors.joining("\t", "", "\n"));
  }

  private static Map<String, String> facts(GroupContainer group, String name) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String word : group.status().get(name).get(FACTS).split(" ")) {
      facts.put(word.replaceFirst("=.*", ""), word.replaceFirst("[^=]*=?", ""));
    }
    return facts;
  }

  private static List<String> udp(GroupContainer group, String name) {
    return Arrays.stream(facts(group, name).get("udp").split(",")).sorted().toList();
  }

  @Test
  void nodesOfBothProgramsAreToldOf() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      Path program = StandInAntNode2.installInto(group.volume());
      String present = String.join("\t", "present", "--", "WNM_UDP_PORTS=10001,10002", "/usr/bin/perl",
          GroupContainer.VOLUME + "/" + program.getFileName(), "--root-dir", GroupContainer.VOLUME + "/present", "--port", "10001",
          "--webrtc-direct-port", "10002", "--rewards-address", "0x" + "a".repeat(40)) + "\n";

      assertThat(answers(group.nodes(present + definition(1), "start", "--ready", "30"))).containsEntry("present", "done\tready")
          .containsEntry(name(1), "done\tready");

      assertThat(udp(group, "present")).containsExactly("10001", "10002");
      assertThat(udp(group, name(1))).containsExactly("55001");
      assertThat(facts(group, "present")).containsOnlyKeys("rss", "cpu_ms", "up", "threads", "fds", "udp");
      assertThat(Long.parseLong(facts(group, "present").get("rss"))).isGreaterThan(1 << 20);
      assertThat(facts(group, "present").get("threads")).isEqualTo("1");
      group.nodes("present\n", "stop");
      assertThat(group.status().get("present").get(FACTS)).isEqualTo("-");
    }
  }

  @Test
  void aPortThatANodeLetsGoIsNoLongerToldOf() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String input = perl("lets-go", "10001,10002", BIND + " $SIG{USR1} = sub { close $s[0] }; sleep 1 while 1", "10001", "10002")
          + perl("holds-none", "10003", "sleep 1 while 1");

      assertThat(answers(group.nodes(input, "start", "--ready", "3"))).containsEntry("lets-go", "done\tready")
          .containsEntry("holds-none", "done\tunready");

      group.exec("kill", "-USR1", group.status().get("lets-go").get(2));
      eventually("the port is missed", () -> udp(group, "lets-go").equals(List.of("10002")));
      assertThat(facts(group, "holds-none")).containsEntry("udp", "");
    }
  }

  @Test
  void aPortThatAnotherHoldsMakesNoNodeReady() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(perl("first", "10001", BIND + " sleep 1 while 1", "10001"), "start", "--ready", "30");

      assertThat(answers(group.nodes(perl("second", "10001", "sleep 1 while 1"), "start", "--ready", "2")))
          .containsEntry("second", "done\tunready");
    }
  }

  @Test
  void whatANodeHasStartedCountsAsItsOwn() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      // What a process calls itself is in the middle of what is read of it.
      String parent = "if (!fork) { $0 = ') R 1 (x'; " + BIND + " sleep 1 while 1 } sleep 1 while 1";

      assertThat(answers(group.nodes(perl("parent", "10001", parent, "10001") + definition(1), "start", "--ready", "30")))
          .containsEntry("parent", "done\tready");

      assertThat(udp(group, "parent")).containsExactly("10001");
      assertThat(facts(group, "parent")).containsEntry("threads", "2");
      assertThat(facts(group, name(1))).containsEntry("threads", "1");
    }
  }

  @Test
  void whatIsNoListOfPortsIsRefused() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      assertThat(answers(group.nodes(perl("odd", "10001,", "1") + perl("odder", "any", "1"), "start"))).hasSize(2)
          .allSatisfy((name, answer) -> assertThat(answer).startsWith("refused\tWNM_UDP_PORTS="));
    }
  }
}
