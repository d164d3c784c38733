package dev.wnm.fleet.rollout;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.view.HostRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the hosts of a roll-out are on their way: wave by wave, for a picture of it. */
public final class Lane {
  private Lane() {}

  /** How far a host is. */
  public enum Phase {
    /** Its wave has not begun. */
    PLANNED,
    /** It is to get the version, and not all of its nodes have it. */
    UPGRADING,
    /** It has it, and the gate has to hold for a while. */
    SOAKING,
    /** It has it, and its wave is through. */
    OK,
    /** It refused it, or nodes died. */
    FAILED,
    /** It has said nothing for too long. */
    UNKNOWN
  }

  /** One host, and how many of its nodes have the version, of those that run. */
  public record Place(HostName host, Phase phase, int updated, int running) {}

  /** The waves, each with its hosts. */
  public static List<List<Place>> of(RollOut rollOut, List<HostRow> rows) {
    Map<HostName, HostRow> byName = rows.stream().collect(Collectors.toMap(HostRow::name, Function.identity()));
    List<List<Place>> waves = new ArrayList<>();
    for (int i = 0; i < rollOut.waves().size(); i++) {
      int wave = i;
      waves.add(rollOut.waves().get(i).stream().map(host -> place(rollOut, wave, host, Optional.ofNullable(byName.get(host)).flatMap(HostRow::fresh))).toList());
    }
    return waves;
  }

  private static Place place(RollOut rollOut, int wave, HostName host, Optional<HostState> state) {
    int updated = state.map(said -> said.nodes().ofVersion(rollOut.order().program().version())).orElse(0);
    int running = state.map(said -> said.nodes().in("RUNNING")).orElse(0);
    return new Place(host, phase(rollOut, wave, state, updated, running), updated, running);
  }

  private static Phase phase(RollOut rollOut, int wave, Optional<HostState> state, int updated, int running) {
    if (wave > rollOut.at()) {
      return Phase.PLANNED;
    }
    if (state.isEmpty()) {
      return Phase.UNKNOWN;
    }
    if (state.get().answer().outcome() == WishAnswer.Outcome.REFUSED || state.get().nodes().in("DEAD") > 0) {
      return Phase.FAILED;
    }
    if (updated < running || state.get().nodes().in("UPGRADING") > 0) {
      return Phase.UPGRADING;
    }
    return wave == rollOut.at() ? Phase.SOAKING : Phase.OK;
  }
}
