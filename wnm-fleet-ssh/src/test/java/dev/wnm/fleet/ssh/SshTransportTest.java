package dev.wnm.fleet.ssh;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetRig;
import dev.wnm.fleet.transport.FleetTransportContract;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.ScriptedDesk;
import dev.wnm.fleet.transport.Wishes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshTransportTest extends FleetTransportContract {
  @TempDir
  Path folder;

  @Override
  protected FleetRig rig() throws Exception {
    return SshRig.begin(folder);
  }

  @Test
  void aHostThatCannotBeReachedIsNamedWithItsReasonAndTheOthersAreSeen() throws Exception {
    rig.join(A1);
    rig.join(B2);
    try (FleetRig.HostEnd host = rig.begin(A1, new ScriptedDesk("a1"))) {
      OperatorLink.States states = operator.states(Set.of(A1, B2, new HostName("c3")));

      assertThat(states.latest()).containsOnlyKeys(A1);
      assertThat(states.troubles()).containsOnlyKeys(B2, new HostName("c3"));
      assertThat(states.troubles().get(B2)).isEqualTo("b2 cannot answer: wnm: there is no wnm here");
      assertThat(states.troubles().get(new HostName("c3"))).isEqualTo("c3 is no host of this fleet");
    }
  }

  @Test
  void aWishForAHostThatIsAwayIsBroughtAlongWithTheNextLook() throws Exception {
    rig.join(A1);
    new Wishes(operator, Clock.systemUTC()).change(A1, wish -> wish.withHold(true));
    ScriptedDesk desk = new ScriptedDesk("a1");
    try (FleetRig.HostEnd host = rig.begin(A1, desk)) {
      eventually("it has arrived", () -> {
        try {
          operator.states(Set.of(A1));
        } catch (FleetException e) {
          throw new AssertionError(e);
        }
        return desk.wish().isPresent();
      });
    }
  }

  @Test
  void whatWouldBeAnOptionOfSshIsNoHost() {
    assertThatThrownBy(() -> rig.transport().invite(rig.operator(), A1, Labels.NONE, "-oProxyCommand=id")).isInstanceOf(FleetException.class)
        .hasMessageContaining("USER@HOST");
    assertThatThrownBy(() -> operator.records().write("../../x", "y", 0)).isInstanceOf(FleetException.class).hasMessageContaining("is no key");
  }

  @Test
  void aHostNeedsNoAgent() {
    assertThatThrownBy(() -> rig.transport().serve(folder, new ScriptedDesk("a1"))).isInstanceOf(FleetException.class)
        .hasMessageContaining("needs no agent");
  }
}
