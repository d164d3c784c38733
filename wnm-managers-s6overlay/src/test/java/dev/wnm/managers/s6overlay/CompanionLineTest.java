package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.CompanionView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of {@code wnm-companions status}. */
class CompanionLineTest {
  @Test
  void allOfALineIsRead() {
    CompanionView view = CompanionLine.parse("caddy\tup\t42\tsince=1795980457\tready=yes\trestarts=2\texit=exit 1\twords=a=b; c"
        + "\thealth=failing 1795980460 2 1 no answer, yet\tlimits=memory 1000 by cgroup; nofile 64 by rlimit"
        + "\tfacts=rss=3055616 cpu_ms=70 up=5 threads=2 fds=6 udp= tcp=3 listens=80,443");

    assertThat(view.state()).isEqualTo(State.UP);
    assertThat(view.since()).contains(Instant.ofEpochSecond(1_795_980_457));
    assertThat(view.pid()).hasValue(42);
    assertThat(view.ready()).contains(true);
    assertThat(view.restarts()).hasValue(2);
    assertThat(view.lastWords()).contains("a=b; c");
    assertThat(view.health()).contains(new CompanionView.Health("failing", Optional.of(Instant.ofEpochSecond(1_795_980_460)),
        "no answer, yet"));
    assertThat(view.limits()).containsExactly("memory 1000 by cgroup", "nofile 64 by rlimit");
    assertThat(view.facts().memoryBytes()).hasValue(3_055_616);
    assertThat(view.facts().cpu()).contains(Duration.ofMillis(70));
    assertThat(view.connections()).hasValue(3);
  }

  @Test
  void whatIsNotSaidIsNotKnown() {
    CompanionView view = CompanionLine.parse("caddy\tbewitched\t-1\tmood=good");

    assertThat(view).isEqualTo(CompanionView.builder("caddy", State.UNKNOWN).build());
  }

  @Test
  void whatIsNoLineIsRefused() {
    assertThatThrownBy(() -> CompanionLine.parse("caddy up")).isInstanceOf(IllegalArgumentException.class);
  }
}
