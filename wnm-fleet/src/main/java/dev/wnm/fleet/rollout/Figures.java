package dev.wnm.fleet.rollout;

import dev.wnm.core.query.Field;
import dev.wnm.core.query.FieldType;
import dev.wnm.core.query.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How the hosts of a roll-out do, in the numbers that its gate asks about. Of hosts that are silent, nothing is counted.
 *
 * @param hosts hosts that have the wish already
 * @param silent how many of these have said nothing for too long
 * @param nodes nodes that these hosts had when their wave began, those of silent hosts left out
 * @param running nodes of these that run now
 * @param dead nodes that are dead now
 * @param unknown nodes of which nobody knows how they are, such as while Docker is away
 * @param updated running nodes that have the version
 * @param alone nodes on hosts whose wave has not begun that took the version by themselves
 */
public record Figures(int hosts, int silent, int nodes, int running, int dead, int unknown, int updated, int alone) {
  private static final int HUNDRED = 100;
  /** What a gate can ask about. */
  static final Fields<Figures> FIELDS = new Fields<>(List.of(
      percent("running", List.of(), figures -> of(figures.running, figures.nodes)),
      percent("dead", List.of(), figures -> of(figures.dead, figures.nodes)),
      percent("updated", List.of(), figures -> of(figures.updated, figures.nodes)),
      percent("silent", List.of(), figures -> of(figures.silent, figures.hosts))));

  private static Field<Figures, BigDecimal> percent(String name, List<String> aliases, Function<Figures, Optional<BigDecimal>> value) {
    return new Field<>(name, aliases, FieldType.number(), value);
  }

  /** Nothing of nothing is not known. */
  private static Optional<BigDecimal> of(int part, int whole) {
    return whole == 0 ? Optional.empty()
        : Optional.of(BigDecimal.valueOf((long) part * HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP));
  }

  /** Per cent of the nodes that run; empty where there are none. */
  public Optional<BigDecimal> runningPercent() {
    return of(running, nodes);
  }

  /** Per cent of the nodes that are dead; empty where there are none. */
  public Optional<BigDecimal> deadPercent() {
    return of(dead, nodes);
  }

  /** Per cent of the hosts that are silent; empty where there are none. */
  public OptionalInt silentPercent() {
    return hosts == 0 ? OptionalInt.empty() : OptionalInt.of((silent * HUNDRED + hosts - 1) / hosts);
  }

  /** The best that it can be: all run of which nothing is known. */
  Figures atBest() {
    return new Figures(hosts, silent, nodes, running + unknown, dead, 0, updated, alone);
  }

  /** The worst that it can be: all are dead of which nothing is known. */
  Figures atWorst() {
    return new Figures(hosts, silent, nodes, running, dead + unknown, 0, updated, alone);
  }

  /** In a sentence. */
  public String inWords() {
    return running + " of " + nodes + " nodes run" + runningPercent().map(percent -> " (" + percent.stripTrailingZeros().toPlainString() + " %)").orElse("")
        + ", " + dead + " dead, " + (unknown == 0 ? "" : unknown + " unknown, ") + updated + " have the version" + (silent == 0 ? "" : "; " + silent + " of " + hosts + " hosts are silent")
        + (alone == 0 ? "" : "; " + alone + " elsewhere took it by themselves");
  }
}
