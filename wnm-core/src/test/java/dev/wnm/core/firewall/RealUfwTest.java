package dev.wnm.core.firewall;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** ufw and iptables as Debian has them, on a machine with systemd. */
@Order(2)
class RealUfwTest {
  private static final Path UFW = Path.of("/usr/sbin/ufw");
  private static final ColonyId COLONY = ColonyId.of(Path.of("/var/antctl/services"));
  private static final ColonyId OTHER = ColonyId.of(Path.of("/home/operator/.local/share/autonomi/node"));
  private static final int ANSWER_WITHIN_MS = 1_000;
  private static final String ECHO = """
      socket(S, PF_INET, SOCK_DGRAM, 0);
      bind(S, sockaddr_in($ARGV[0], INADDR_ANY)) or die;
      while (my $from = recv(S, my $text, 100, 0)) { send(S, $text, 0, $from) }
      """;

  private static TestContainer machine;

  @BeforeAll
  static void startTheMachine() {
    // ufw changes the rules of the container's own network and no other's.
    machine = TestContainer.start(
        ContainerOptions.systemd(TestImages.systemdHost()).withEngineArguments("--cap-add", "NET_ADMIN"));
    // Where the kernel has no IPv6, ufw would fail for the sake of it.
    must("sh", "-c", "test -e /proc/net/if_inet6 || sed -i 's/^IPV6=yes/IPV6=no/' /etc/default/ufw");
  }

  @AfterAll
  static void endIt() {
    if (machine != null) {
      machine.close();
    }
  }

  @BeforeEach
  void anActiveFirewallThatLetsOnlySshIn() {
    must("ufw", "--force", "reset");
    must("ufw", "allow", "22/tcp");
    must("ufw", "--force", "enable");
  }

  private static CommandResult must(String... words) {
    CommandResult result = machine.exec(words);
    assertThat(result.succeeded()).as(result.describe() + result.stdout()).isTrue();
    return result;
  }

  private static Ufw ufw(ColonyId colony) {
    return new Ufw(new ProgramsInContainer(machine, "root"), UFW, true, "root", colony);
  }

  private static Ufw bySudo() {
    return new Ufw(new ProgramsInContainer(machine, ImageRecipe.OPERATOR), UFW, false, ImageRecipe.OPERATOR, COLONY);
  }

  /** The lines of {@code ufw status} about a port, blanks squeezed; those about IPv6 left out. */
  private static List<String> status(int port) {
    return must("ufw", "status").stdout().lines().filter(line -> line.startsWith(port + "/udp ") && !line.contains("(v6)"))
        .map(line -> line.strip().replaceAll("\\s+", " ")).toList();
  }

  /** The kernel's rules for a port. */
  private static List<String> kernel(int port) {
    return must("iptables-save", "-t", "filter").stdout().lines().filter(line -> line.contains("--dport " + port)).toList();
  }

  private static String accepting(int port) {
    return "-A ufw-user-input -p udp -m udp --dport " + port + " -j ACCEPT";
  }

  @Test
  void aPortIsOpenedWithACommentAndClosedAgain() throws Exception {
    Ufw ufw = ufw(COLONY);

    ufw.open(55001, "antnode0001.service");

    assertThat(status(55001)).containsExactly("55001/udp ALLOW Anywhere # " + COLONY + " antnode0001");
    assertThat(kernel(55001)).containsExactly(accepting(55001));

    ufw.close(55001);

    assertThat(status(55001)).isEmpty();
    assertThat(kernel(55001)).isEmpty();
  }

  @Test
  void trafficToAPortIsLetThroughOnlyWhileItIsOpen() throws Exception {
    for (int port : List.of(55001, 55002)) {
      must("systemd-run", "--unit=echo" + port, "perl", "-MSocket", "-e", ECHO, Integer.toString(port));
    }
    try {
      Ufw ufw = ufw(COLONY);
      ufw.open(55001, "antnode0001");
      eventually("an open port answers", () -> answers(55001));
      eventually("both listen", () -> must("ss", "-lun").stdout().contains(":55002"));
      assertThat(answers(55002)).as("no rule for it yet").isFalse();

      ufw.open(55002, "antnode0002");
      assertThat(answers(55002)).isTrue();

      ufw.close(55002);
      assertThat(answers(55002)).isFalse();
      assertThat(answers(55001)).as("the other one stays open").isTrue();
    } finally {
      machine.exec("systemctl", "stop", "echo55001", "echo55002");
    }
  }

  /** From a new port each time, since ufw lets the traffic of known connections pass. */
  private static boolean answers(int port) {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
      socket.setSoTimeout(ANSWER_WITHIN_MS);
      socket.send(new DatagramPacket(text, text.length, InetAddress.getByName(machine.address()), port));
      socket.receive(new DatagramPacket(new byte[text.length], text.length));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void rulesOutliveAReboot() throws Exception {
    ufw(COLONY).open(55001, "antnode0001");

    machine.restart();

    eventually("ufw has loaded its rules", () -> kernel(55001).contains(accepting(55001)));
    assertThat(ufw(COLONY).sweep(Map.of(55001, "antnode0001"), Set.of())).isEmpty();
  }

  @Test
  void staleRulesOfThisColonyGoAndAllOthersStay() throws Exception {
    Ufw ours = ufw(COLONY);
    for (int id = 1; id <= 3; id++) {
      ours.open(55000 + id, "antnode000" + id);
    }
    ufw(OTHER).open(55101, "antnode0001");
    must("ufw", "allow", "55004/udp");
    must("ufw", "allow", "55005/udp", "comment", "my own");
    must("ufw", "allow", "from", "10.0.0.0/8", "to", "any", "port", "55006", "proto", "udp", "comment", COLONY + " lan");
    must("ufw", "allow", "56000:56100/udp");
    must("ufw", "deny", "55007/udp");
    List<String> before = shown();

    List<String> changes = ufw(COLONY).sweep(Map.of(55001, "antnode0001", 55008, "antnode0008"), Set.of(55003));

    assertThat(changes).hasSize(2).anySatisfy(change -> assertThat(change).contains("55002/udp", "deleted"))
        .anySatisfy(change -> assertThat(change).contains("55008/udp", "added"));
    List<String> after = shown();
    assertThat(after).contains("ufw allow 55008/udp comment '" + COLONY + " antnode0008'");
    assertThat(before.stream().filter(line -> !after.contains(line)))
        .containsExactly("ufw allow 55002/udp comment '" + COLONY + " antnode0002'");
    assertThat(kernel(55002)).isEmpty();
    assertThat(kernel(55007)).containsExactly("-A ufw-user-input -p udp -m udp --dport 55007 -j DROP");
    assertThat(kernel(55008)).containsExactly(accepting(55008));
  }

  private static List<String> shown() {
    return must("ufw", "show", "added").stdout().lines().filter(line -> line.startsWith("ufw ")).toList();
  }

  @Test
  void aRuleOfThePythonWnmIsTakenOverAtAStartAndDeletedAtAStop() throws Exception {
    must("ufw", "allow", "55001/udp");
    must("ufw", "allow", "55002/udp", "comment", "antnode0002");

    ufw(COLONY).open(55001, "antnode0001");
    ufw(COLONY).close(55002);

    assertThat(status(55001)).containsExactly("55001/udp ALLOW Anywhere # " + COLONY + " antnode0001");
    assertThat(kernel(55001)).containsExactly(accepting(55001));
    assertThat(kernel(55002)).isEmpty();
    ufw(COLONY).close(55001);
    assertThat(kernel(55001)).isEmpty();
  }

  @Test
  void anOperatorsRefusalStands() {
    must("ufw", "deny", "55001/udp");

    assertThatThrownBy(() -> ufw(COLONY).open(55001, "antnode0001")).isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("deny 55001/udp");

    assertThat(kernel(55001)).containsExactly("-A ufw-user-input -p udp -m udp --dport 55001 -j DROP");
  }

  @Test
  void inactiveItTakesRulesThatApplyOnceItIsEnabled() throws Exception {
    must("ufw", "disable");
    Ufw ufw = ufw(COLONY);
    ufw.open(55001, "antnode0001");
    ufw.sweep(Map.of(55001, "antnode0001"), Set.of());
    assertThat(ufw.notices()).singleElement().asString().contains("not active");
    assertThat(kernel(55001)).isEmpty();

    must("ufw", "--force", "enable");

    assertThat(kernel(55001)).containsExactly(accepting(55001));
    Ufw later = ufw(COLONY);
    assertThat(later.sweep(Map.of(55001, "antnode0001"), Set.of())).isEmpty();
    assertThat(later.notices()).isEmpty();
  }

  @Test
  void anOperatorMayUseItByOneLineInSudoers() throws Exception {
    assertThatThrownBy(() -> bySudo().open(55001, "antnode0001")).isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("sudo: a password is required")
        .hasMessageContaining("operator ALL=(root) NOPASSWD: /usr/sbin/ufw");
    assertThat(kernel(55001)).isEmpty();

    must("sh", "-c", "echo 'operator ALL=(root) NOPASSWD: /usr/sbin/ufw' > /etc/sudoers.d/wnm");
    try {
      bySudo().open(55001, "antnode0001");
      assertThat(kernel(55001)).containsExactly(accepting(55001));
      Ufw ufw = bySudo();
      assertThat(ufw.sweep(Map.of(), Set.of())).hasSize(1);
      assertThat(ufw.notices()).isEmpty();
      assertThat(kernel(55001)).isEmpty();
    } finally {
      must("rm", "/etc/sudoers.d/wnm");
    }
  }

  @Test
  void withoutSudoUfwItselfSaysThatItNeedsRoot() {
    Ufw unprivileged = new Ufw(new ProgramsInContainer(machine, ImageRecipe.OPERATOR), UFW, true, "operator", COLONY);

    unprivileged.sweep(Map.of(55001, "antnode0001"), Set.of());

    assertThat(unprivileged.notices()).singleElement().asString().contains("You need to be root");
  }

  @Test
  void coloniesAtWorkAtTheSameTimeLoseNoRule() throws Exception {
    ExecutorService colonies = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> jobs = List.of(opening(COLONY, 55001), opening(OTHER, 55101));
      for (var done : colonies.invokeAll(jobs)) {
        done.get();
      }
    } finally {
      colonies.shutdownNow();
    }

    Set<Integer> open = UfwRule.parse(must("ufw", "show", "added").stdout()).keySet();
    assertThat(open).containsExactlyInAnyOrderElementsOf(
        IntStream.range(0, 5).boxed().flatMap(i -> List.of(55001 + i, 55101 + i).stream()).collect(Collectors.toSet()));
  }

  private static Callable<Void> opening(ColonyId colony, int first) {
    return () -> {
      Ufw ufw = ufw(colony);
      for (int port = first; port < first + 5; port++) {
        ufw.open(port, "antnode" + port);
      }
      return null;
    };
  }

  @Test
  void aMachineWithoutItHasNone() {
    ProgramsInContainer programs = new ProgramsInContainer(machine, "root");
    assertThat(Ufw.locate(programs)).contains(UFW);
    must("mv", "/usr/sbin/ufw", "/usr/sbin/ufw.away");
    try {
      assertThat(Ufw.locate(programs)).isEmpty();
    } finally {
      must("mv", "/usr/sbin/ufw.away", "/usr/sbin/ufw");
    }
  }
}
