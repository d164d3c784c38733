package dev.wnm.fleet.site;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.web.browser.Screenshots;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Takes pictures of the page of a fleet ({@code docs/bench.md} says how): forty hosts at four sites, some of them in trouble or silent, while a
 * version is on its way to them.
 *
 * <p>Argument: the folder for the pictures.
 */
public final class FleetScreenshots {
  private static final int HOSTS = 40;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final List<String> SITES = List.of("home", "cellar", "office", "rented");
  private static final String OLD = "antnode 0.4.17";
  private static final String NEW = "antnode 0.4.18";
  /** Where in the list of hosts each wave ends. */
  private static final List<Integer> WAVE_ENDS = List.of(1, 4, 14, HOSTS);
  private static final int WAVE_UNDER_WAY = 2;
  private static final int DEAD_AT = 17;
  private static final int SILENT_AT = 24;
  private static final int NEVER_HEARD_AT = HOSTS - 1;

  private FleetScreenshots() {}

  public static void main(String[] words) throws Exception {
    Path tokens = Files.createTempDirectory("wnm-fleet-pictures-").resolve("tokens");
    try (FleetSite site = FleetSite.open(FleetScreenshots::sight, Clock.systemUTC(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tokens, BETWEEN_LOOKS)) {
      Screenshots.take("http://127.0.0.1:" + site.address().getPort() + "/", Map.of(), List.of(new Screenshots.View("fleet", "", "#hosts tbody tr", "")),
          Path.of(words[0]));
    }
  }

  private static Sight sight() {
    Instant now = Instant.now();
    return new Sight(now, IntStream.range(0, HOSTS).mapToObj(i -> row(i, now)).toList(), Optional.of(rollOut(now)));
  }

  private static HostName name(int i) {
    return new HostName(SITES.get(i % SITES.size()) + "-" + (i / SITES.size() + 1));
  }

  private static HostRow row(int i, Instant now) {
    if (i == NEVER_HEARD_AT) {
      return new HostRow(name(i), Belief.NEVER, Optional.empty(), Optional.empty(), Optional.empty(), now, List.of());
    }
    Instant heard = now.minusSeconds(i == SILENT_AT ? 8_000 : 3 + i * 7 % 50);
    return new HostRow(name(i), i == SILENT_AT ? Belief.SILENT : i == DEAD_AT ? Belief.TROUBLE : Belief.WELL, Optional.of(state(i, heard)), Optional.of(heard),
        Optional.of(Duration.ZERO), now, List.of());
  }

  private static HostState state(int i, Instant at) {
    int nodes = 40 + i * 37 % 160;
    int dead = i == DEAD_AT ? 2 : 0;
    int wave = (int) WAVE_ENDS.stream().filter(end -> end <= i).count();
    int upgraded = wave < WAVE_UNDER_WAY ? nodes : wave == WAVE_UNDER_WAY ? nodes * (i % 5) / 4 : 0;
    int upgrading = upgraded > 0 && upgraded < nodes ? 1 : 0;
    int running = nodes - dead - upgrading;
    Map<String, Integer> statuses = new HashMap<>(Map.of("RUNNING", running, "DEAD", dead, "UPGRADING", upgrading));
    boolean isFull = i % 3 == 0;
    String memory = isFull ? "memory 81 % is not below 75 %" : "";
    return new HostState(name(i), new HostState.Run("host" + i, "boot", 1, Optional.empty()), at, Labels.parse("site=" + SITES.get(i % SITES.size())), "1.0.0",
        Duration.ofMinutes(1), new HostState.Nodes(statuses, Map.of(OLD, Math.max(0, running - upgraded), NEW, Math.min(running, upgraded)),
            OptionalInt.of(nodes + 20), OptionalInt.of(dead), Optional.of(at)),
        List.of(new HostState.Resource("Memory", isFull ? "enough" : "room", OptionalDouble.of(isFull ? 81 : 55), OptionalDouble.of(75), OptionalDouble.of(85),
            OptionalLong.of(isFull ? 0 : 5 + i % 15))),
        new HostState.Outlook(dead > 0 ? "trouble" : "well", running + " of " + nodes + " nodes run", List.of(), List.of(), List.of(memory),
            upgrading > 0 ? "upgraded 1: 0.4.18 is there" : isFull ? "nothing: " + memory : "added 1: there is room for " + (5 + i % 15), Optional.of(at)),
        Map.of(), Optional.empty(), WishAnswer.NONE);
  }

  private static RollOut rollOut(Instant now) {
    List<HostName> hosts = IntStream.range(0, HOSTS).mapToObj(FleetScreenshots::name).toList();
    List<List<HostName>> waves = IntStream.range(0, WAVE_ENDS.size()).mapToObj(i -> hosts.subList(i == 0 ? 0 : WAVE_ENDS.get(i - 1), WAVE_ENDS.get(i))).toList();
    Map<HostName, Integer> before = new HashMap<>();
    IntStream.range(0, WAVE_ENDS.get(WAVE_UNDER_WAY)).forEach(i -> before.put(name(i), state(i, now).nodes().total()));
    return new RollOut("r1", new RollOut.Order(new WantedProgram("0.4.18", "ab".repeat(32)), new Gate("running>=97% and dead<=1%"), Duration.ofMinutes(30),
        Duration.ofDays(1), 10), waves, WAVE_UNDER_WAY, RollOut.Stage.UPGRADING, now.minusSeconds(4_000), RollOut.State.RUNNING, "", "anna/1a2b3c4d", before,
        Map.of());
  }
}
