package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.ManagerBench;
import dev.wnm.testkit.manager.Offered;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs in the container of {@link SystemdSurroundingsTest}. */
class WithoutLingering extends ManagerBench {
  @Override
  protected ProcessManagerProvider provider() {
    return Machines.provider();
  }

  @Override
  protected String type() {
    return "systemd+user";
  }

  @Test
  void itIsSaidInTheListingAndAsANotice() {
    assertThat(((Availability.Available) provider().availability(type(), context())).detail())
        .contains("sudo loginctl enable-linger operator");
    assertThat(Offered.by(manager, GivesNotice.class).notices(List.of())).singleElement().asString().contains("lingering is off for operator");
  }
}
