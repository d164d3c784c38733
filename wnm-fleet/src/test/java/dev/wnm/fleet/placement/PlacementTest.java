package dev.wnm.fleet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final HostName A1 = new HostName("a1");
  private static final HostName B2 = new HostName("b2");
  private static final Map<HostName, Labels> LABELS = Map.of(A1, Labels.parse("site=Home"), B2, Labels.parse("site=home"));

  @Test
  void whatAHostHasYetToFillIsNoRoomForMore() {
    Placement placement = of(List.of(row(A1, Belief.WELL, groups("any", new HostState.Group("a1", 1, 150)))), Set.of(A1), List.of(new Claim("home", 1, A1)));

    assertThat(placement.candidates()).singleElement().satisfies(host -> {
      assertThat(host.room()).hasValue(500 - 50);
      assertThat(host.site()).as("whatever letters are large").isEqualTo("home");
      assertThat(host.mayGrow()).isTrue();
    });
  }

  @Test
  void anEmptyGroupThatMayNotBeFilledAnyMoreHasNoBlock() {
    HostState.Groups groups = groups("1", new HostState.Group("a1", 1, 0), new HostState.Group("a2", 2, 0), new HostState.Group("a3", 3, 7));

    assertThat(of(List.of(row(A1, Belief.WELL, groups)), Set.of(A1), List.of()).candidates()).singleElement().extracting(Candidate::there)
        .isEqualTo(new TreeSet<>(Set.of(1, 3)));
  }

  @Test
  void aSilentHostKeepsWhatItSaidLastAndGetsNoMore() {
    Placement placement = of(List.of(row(A1, Belief.SILENT, groups("any", new HostState.Group("a1", 1, 9)))), Set.of(A1), List.of());

    assertThat(placement.candidates()).singleElement().satisfies(host -> {
      assertThat(host.there()).containsExactly(1);
      assertThat(host.mayGrow()).isFalse();
    });
    assertThat(placement.notes()).containsExactly("a1 gets none: how it stands now is not known, it is silent");
  }

  @Test
  void whoIsOfTheSameSiteAndKeepsToNothingIsNamed() {
    Placement placement = of(List.of(row(A1, Belief.WELL, groups("1")), row(B2, Belief.WELL, groups("any"))), Set.of(A1), List.of());

    assertThat(placement.notes()).containsExactly("b2 is of site home, too, and may take any block: choose it as well, so that it keeps to its own");
  }

  @Test
  void whoWasNeverHeardOrHasNoGroupsIsNamed() {
    HostRow never = new HostRow(A1, Belief.NEVER, Optional.empty(), Optional.empty(), Optional.empty(), NOW, List.of());

    assertThat(of(List.of(never, row(B2, Belief.WELL, null)), Set.of(A1, B2), List.of()).notes())
        .containsExactly("a1 was never heard: which blocks it has is not known", "b2 gets none: its nodes do not live in container groups");
  }

  private static Placement of(List<HostRow> rows, Set<HostName> chosen, Collection<Claim> claims) {
    return Placement.of(rows, LABELS, chosen, claims);
  }

  private static HostState.Groups groups(String allowed, HostState.Group... there) {
    return new HostState.Groups(200, 55, BlockList.parse(allowed).orElseThrow(), List.of(there));
  }

  private static HostRow row(HostName host, Belief belief, HostState.@Nullable Groups groups) {
    HostState state = new HostState(host, new HostState.Run("id", "boot", 1, Optional.empty()), NOW, Labels.NONE, "1", Duration.ofMinutes(1),
        new HostState.Nodes(Map.of(), Map.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty()),
        List.of(new HostState.Resource("Memory", "room", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.of(500))),
        new HostState.Outlook("well", "", List.of(), List.of(), List.of(), "", Optional.empty()), Map.of(), Optional.ofNullable(groups), WishAnswer.NONE);
    return new HostRow(host, belief, Optional.of(state), Optional.of(NOW), Optional.of(Duration.ZERO), NOW, List.of());
  }
}
