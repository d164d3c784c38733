package dev.wnm.fleet.nats;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetRig;
import dev.wnm.fleet.transport.FleetTransportContract;
import dev.wnm.fleet.transport.Founding;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.fleet.transport.ScriptedDesk;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsTransportTest extends FleetTransportContract {
  @TempDir
  Path folder;

  @Override
  protected FleetRig rig() throws Exception {
    return NatsRig.begin(folder);
  }

  private NatsRig nats() {
    return (NatsRig) rig;
  }

  @Test
  void whoHasNoCertificateOfTheFleetIsNotLetIn() throws Exception {
    assertThatThrownBy(() -> Nats.connect(new Options.Builder().server("nats://127.0.0.1:" + nats().port()).noReconnect().build()).close())
        .isInstanceOf(Exception.class);

    NatsTransport other = new NatsTransport();
    Path stranger = folder.resolve("stranger");
    other.init(stranger, new Founding("home", "anna", "127.0.0.1:" + nats().port()));

    assertThatThrownBy(() -> other.operate(stranger)).isInstanceOf(FleetException.class).hasMessageContaining("127.0.0.1:" + nats().port())
        .hasMessageContaining("cannot be used");
  }

  @Test
  void aHostReachesNothingOfOthers() throws Exception {
    rig.join(A1);
    rig.join(B2);
    assertThat(rig.forge(B2, A1, HostStateJson.write(new ScriptedDesk("a1").state())).orElseThrow()).contains("Permissions Violation");
    PrivateFolder stolen = PrivateFolder.at(folder.resolve("host-b2"));
    LinkedBlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    Lines lines = new Lines() {
      @Override
      public void errorOccurred(Connection connection, String error) {
        refusals.add(error);
      }
    };
    try (Connection connection = Nats.connect(lines.options(Membership.in(stolen), Identity.in(stolen).context(), Subjects.inbox(B2)).build())) {
      for (String subject : List.of(Subjects.wish(A1), Subjects.ask(A1), "$KV.fleet.>", "_INBOX.>", ">")) {
        connection.subscribe(subject);
      }
      for (String subject : List.of(Subjects.wish(B2), Subjects.ask(A1), "$KV.fleet.shared.claim.home.1", Subjects.latest(Subjects.wish(A1)),
          "$JS.API.STREAM.DELETE.KV_fleet", "$JS.API.STREAM.PURGE.KV_fleet", "$JS.API.CONSUMER.CREATE.KV_fleet", "_INBOX.operator.anna.x")) {
        connection.publish(subject, "x".getBytes(StandardCharsets.UTF_8));
      }
      eventually("all were refused", () -> refusals.stream().distinct().count() == 13);
    }
  }

  @Test
  void aCopyOfAHostIsNoticedByBoth() throws Exception {
    Path own = rig.join(A1);
    ScriptedDesk first = new ScriptedDesk("a1").boot("boot-1", 10);
    ScriptedDesk second = new ScriptedDesk("a1").boot("boot-2", 10);
    try (HostLink one = rig.transport().serve(own, first); HostLink copy = rig.transport().serve(own, second)) {
      eventually("the first gets through", () -> one.say(first.state()).isOut());
      eventually("the copy gets through", () -> copy.say(second.state()).isOut());
      eventually("the first notices", () -> one.say(first.state()).twin().equals(Optional.of("boot-2")));
      eventually("the copy notices", () -> copy.say(second.state()).twin().equals(Optional.of("boot-1")));
    }
  }

  @Test
  void aHostThatWasKeptOutIsHeardOnceItIsLetIn() throws Exception {
    Path own = rig.join(A1);
    rig.revoke(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (HostLink link = rig.transport().serve(own, desk)) {
      eventually("it is told why", () -> link.say(desk.state()).trouble().contains("it was invited"));
      nats().isRefused(3);
      rig.join(A1);
      eventually("it is heard", () -> link.say(desk.state()).isOut());
    }
  }

  @Test
  void whoWasInvitedAnewIsKnownByTheNewKeyAlone() throws Exception {
    Path stolen = rig.join(A1);
    Path own = nats().joinAnew(A1);
    ScriptedDesk thief = new ScriptedDesk("a1");
    ScriptedDesk owner = new ScriptedDesk("a1");
    try (HostLink theirs = rig.transport().serve(stolen, thief); HostLink mine = rig.transport().serve(own, owner)) {
      eventually("the new key is let in", () -> mine.say(owner.state()).isOut());
      eventually("the old one is not", () -> theirs.say(thief.state()).trouble().contains("does not let in"));
    }
  }

  @Test
  void aMachineThatCameUpAnewIsNoCopy() throws Exception {
    Path own = rig.join(A1);
    ScriptedDesk before = new ScriptedDesk("a1").boot("boot-1", 10);
    try (HostLink link = rig.transport().serve(own, before)) {
      eventually("it gets through", () -> link.say(before.state()).isOut());
    }
    ScriptedDesk after = new ScriptedDesk("a1").boot("boot-2", 500);
    try (HostLink link = rig.transport().serve(own, after)) {
      HostLink.Said said = eventually("it gets through", () -> Optional.of(link.say(after.state())).filter(HostLink.Said::isOut));
      assertThat(said.twin()).isEmpty();
    }
  }

  @Test
  void aStateThatWasLookedAtBeforeIsNotSaidAfterwards() throws Exception {
    ScriptedDesk desk = new ScriptedDesk("a1").running(3);
    try (HostLink link = rig.transport().serve(rig.join(A1), desk); OperatorLink operator = rig.transport().operate(rig.operator())) {
      eventually("it gets through", () -> link.say(desk.state()).isOut());
      HostState before = desk.state();
      HostState after = desk.running(9).state();
      assertThat(link.say(after).isOut()).isTrue();
      assertThat(link.say(before)).isEqualTo(HostLink.Said.OUT);
      assertThat(HostStateJson.read(operator.states(Set.of(A1)).latest().get(A1).text()).nodes().in("RUNNING")).isEqualTo(9);
    }
  }

  @Test
  void whatAHostSaysOfItselfIsNotWhoItIs() throws Exception {
    Path own = rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (HostLink link = rig.transport().serve(own, desk)) {
      eventually("it gets through", () -> link.say(desk.state()).isOut());
      ScriptedDesk other = new ScriptedDesk("b2");

      // The host's own name stands in its certificate; what it says of itself is another matter.
      assertThat(link.say(other.state()).isOut()).isTrue();
    }
  }

  @Test
  void aHostWhoseClockIsBehindTheServersCertificateSaysSo() throws Exception {
    Path own = rig.join(A1);
    nats().beginInAMonth();
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (HostLink link = rig.transport().serve(own, desk)) {
      eventually("it says why it is not heard", () -> link.say(desk.state()).trouble().matches(".*: its certificate is not valid at the time that this machine's"
          + " clock shows, 20[^;]+; set the clock"));
    }
    assertThatThrownBy(() -> rig.transport().operate(rig.operator())).isInstanceOf(FleetException.class).hasMessageContaining("set the clock");
  }

  @Test
  void certificatesAreValidSinceLongBeforeTheyWereMadeSoThatAClockBehindKeepsNobodyOut() throws Exception {
    PrivateFolder own = PrivateFolder.at(rig.join(A1));
    assertThat(Identity.in(own).certificates()).hasSize(2).allSatisfy(certificate ->
        assertThat(((X509Certificate) certificate).getNotBefore()).isBefore(Instant.now().minus(Duration.ofDays(29))));
  }

  @Test
  void anInvitationWithoutAKeyThatCanBeUsedChangesNothing() {
    Path own = folder.resolve("other");
    Invitation broken = new Invitation("home", "nats", A1, Labels.parse(""), Map.of("PRIVATE KEY", "bm8ga2V5", "fleet", "home", "address", "127.0.0.1:4222"));
    assertThatThrownBy(() -> rig.transport().join(own, broken)).isInstanceOf(FleetException.class).hasMessageStartingWith("the key of the invitation cannot be used: ");
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void whoHasStolenAHostCannotHaveTheServerThrowAwayWhatTheFleetKeeps() throws Exception {
    PrivateFolder stolen = PrivateFolder.at(rig.join(B2));
    try (OperatorLink operator = rig.transport().operate(rig.operator())) {
      operator.records().write("member.a1", "site=home", Kept.NONE);
      Lines lines = new Lines();
      try (Connection connection = Nats.connect(lines.options(Membership.in(stolen), Identity.in(stolen).context(), Subjects.inbox(B2)).build())) {
        NatsMessage all = NatsMessage.builder().subject(Subjects.state(B2)).data("{}").headers(new Headers().add("Nats-Rollup", "all")).build();
        assertThatThrownBy(() -> connection.jetStream().publish(all)).isInstanceOf(JetStreamApiException.class);
      }
      assertThat(operator.records().read("member.a1")).map(Kept::text).contains("site=home");
    }
  }

  @Test
  void anOlderCopyOfTheOperatorsFolderLetsNobodyInWhoWasPutOutSince() throws Exception {
    rig.join(A1);
    rig.join(B2);
    assertThat(rig.transport().reconcile(rig.operator(), Set.of(A1, new HostName("c3")))).as("whom it cannot let in").containsExactly(new HostName("c3"));
    assertThat(ServerFolder.of(PrivateFolder.at(rig.operator()), "home").names()).containsOnlyKeys("a1");
    assertThat(rig.operator().resolve("server/users.conf")).content().doesNotContain("b2");
  }

  @Test
  void keysAreNobodyElses() throws Exception {
    rig.join(A1);
    try (Stream<Path> files = Files.walk(folder.resolve("anna"))) {
      List<Path> open = files.filter(file -> !file.toString().contains("/data")).filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("nats.pid")).filter(NatsTransportTest::isOpen).toList();
      assertThat(open).isEmpty();
    }
    Files.setPosixFilePermissions(folder.resolve("anna"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> rig.transport().operate(rig.operator())).hasMessageContaining("may be used by others than its owner");
    Files.setPosixFilePermissions(folder.resolve("anna"), PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFleetIsNotBegunTwiceInOneFolderAndItsAddressIsChecked() {
    assertThatThrownBy(() -> rig.transport().init(rig.operator(), new Founding("home", "anna", "127.0.0.1:4222"))).hasMessageContaining("has a fleet already");
    assertThatThrownBy(() -> rig.transport().init(folder.resolve("new"), new Founding("home", "anna", "example.org")))
        .hasMessageContaining("must be HOST:PORT");
    assertThat(folder.resolve("new")).doesNotExist();
    assertThatThrownBy(() -> new Founding("Home!", "anna", "x:1")).hasMessageContaining("the name of the fleet must be");
  }

  @Test
  void anInvitationOfAHostThatWasRevokedAndInvitedAgainWorks() throws Exception {
    rig.join(A1);
    rig.revoke(A1);
    Path own = rig.join(A1);
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (HostLink link = rig.transport().serve(own, desk)) {
      eventually("it gets through", () -> link.say(desk.state()).isOut());
    }
    assertThatThrownBy(() -> rig.transport().revoke(rig.operator(), new HostName("nobody"))).isInstanceOf(FleetException.class)
        .hasMessageContaining("there is no host nobody");
    assertThat(rig.transport().invite(rig.operator(), A1, Labels.NONE, "").next()).anyMatch(line -> line.startsWith("nats-server --signal reload="));
  }
}
