package dev.wnm.fleet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fleet.model.HostName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final Candidate.Layout USUAL = new Candidate.Layout(55, 200);

  @Test
  void groupsGoToTheHostsWithTheMostRoomAndTakeTheLowestBlockOfTheirSite() {
    Blocks.Plan plan = Blocks.plan(4, List.of(host("a1", "home", 500), host("b2", "home", 900), host("c3", "rented", 450)), List.of());

    assertThat(plan.claims()).containsExactly(claim("home", 1, "b2"), claim("home", 2, "b2"), claim("home", 3, "a1"), claim("home", 4, "b2"));
    assertThat(plan.blocks()).isEqualTo(Map.of(new HostName("a1"), blocks(3), new HostName("b2"), blocks(1, 2, 4), new HostName("c3"), blocks()));
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void hostsOfOneSiteNeverShareABlockAndThoseOfOthersMay() {
    Blocks.Plan plan = Blocks.plan(2, List.of(host("a1", "home", 300), host("b2", "rented", 300)), List.of(claim("home", 1, "old")));

    assertThat(plan.claims()).containsExactlyInAnyOrder(claim("home", 2, "a1"), claim("rented", 1, "b2"));
  }

  @Test
  void groupsThatAreThereKeepTheirBlocksWhereNobodyElseHasThem() {
    Blocks.Plan plan = Blocks.plan(1, List.of(host("a1", "home", 300, 1, 2), host("b2", "home", 900, 1, 5)), List.of());

    assertThat(plan.claims()).containsExactly(claim("home", 1, "a1"), claim("home", 2, "a1"), claim("home", 5, "b2"), claim("home", 3, "b2"));
    assertThat(plan.notes()).containsExactly("b2 has a group in block 1 of site home, which is a1's: it gets no more nodes");
  }

  @Test
  void whatIsClaimedAlreadyIsNotClaimedAgain() {
    Blocks.Plan plan = Blocks.plan(0, List.of(host("a1", "home", 300, 1)), List.of(claim("home", 1, "a1"), claim("home", 4, "a1")));

    assertThat(plan.claims()).isEmpty();
    assertThat(plan.blocks()).isEqualTo(Map.of(new HostName("a1"), blocks(1, 4)));
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void aHostWhoseBlocksHaveOtherPortsThanItsSitesGetsNone() {
    Candidate other = new Candidate(new HostName("b2"), "home", new Candidate.Layout(55, 100), blocks(2), OptionalLong.of(900), true);

    Blocks.Plan plan = Blocks.plan(1, List.of(host("a1", "home", 300), other), List.of());

    assertThat(plan.claims()).containsExactly(claim("home", 1, "a1"));
    assertThat(plan.notes()).containsExactly("b2 has blocks of 100 ports from 55001, and other hosts of site home blocks of 200 ports from 55001: it gets none,"
        + " and its ports may be those of others");
  }

  @Test
  void aHostWhoseRoomIsNotKnownGetsNoneAndThatIsSaid() {
    Blocks.Plan plan = Blocks.plan(1, List.of(new Candidate(new HostName("a1"), "home", USUAL, blocks(), OptionalLong.empty(), true)), List.of());

    assertThat(plan.claims()).isEmpty();
    assertThat(plan.notes()).containsExactly("a1 gets none: how much room it has is not known",
        "0 of 1 groups find room: no further host has room for one more");
  }

  @Test
  void aSiteWhoseBlocksAreAllClaimedGetsNoMore() {
    List<Claim> all = new ArrayList<>();
    for (int block = 1; block <= USUAL.blocks(); block++) {
      all.add(claim("home", block, "old"));
    }

    Blocks.Plan plan = Blocks.plan(1, List.of(host("a1", "home", 9_000)), all);

    assertThat(plan.claims()).isEmpty();
    assertThat(plan.notes()).contains("site home has no block left: all 52 are claimed");
  }

  @Property
  void noBlockIsGivenTwiceAndNoHostMoreThanItHasRoomFor(@ForAll @Size(max = 20) List<@IntRange(max = 3_000) Integer> rooms,
      @ForAll @IntRange(max = 80) int groups, @ForAll @IntRange(min = 1, max = 3) int sites) {
    List<Candidate> hosts = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      hosts.add(host("h" + i, "site" + i % sites, rooms.get(i)));
    }

    Blocks.Plan plan = Blocks.plan(groups, hosts, List.of(claim("site0", 1, "old")));

    Set<String> keys = new HashSet<>(Set.of("claim.site0.1"));
    assertThat(plan.claims()).allMatch(claim -> keys.add(claim.key()));
    plan.blocks().forEach((host, blocks) -> assertThat((long) blocks.size() * USUAL.size())
        .isLessThanOrEqualTo(hosts.stream().filter(each -> each.host().equals(host)).findFirst().orElseThrow().room().orElse(0)));
    assertThat(plan.claims().size() == groups || !plan.notes().isEmpty()).isTrue();
  }

  @Test
  void aClaimIsReadFromWhereItIsKept() {
    Claim claim = claim("home.lab", 12, "a1");

    assertThat(Claim.of(claim.key(), "a1")).isEqualTo(claim);
  }

  private static Candidate host(String name, String site, long room, Integer... there) {
    return new Candidate(new HostName(name), site, USUAL, blocks(there), OptionalLong.of(room), true);
  }

  private static TreeSet<Integer> blocks(Integer... numbers) {
    return new TreeSet<>(List.of(numbers));
  }

  private static Claim claim(String site, int block, String host) {
    return new Claim(site, block, new HostName(host));
  }
}
