package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.Pause;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.StartOrder;
import dev.wnm.core.model.Wording;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.internal.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the parts of one run share: what it works with, and the fleet as it stands. In a dry run only this view of the fleet
 * changes, and nothing is written.
 */
final class CycleContext {
  private final Settings settings;
  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final NodeBinary binary;
  private final CycleState state;
  private final Clock clock;
  private final Pause pause;
  private final boolean dryRun;
  private Fleet fleet;
  private OptionalLong decision = OptionalLong.empty();
  private String asker = "";

  CycleContext(Settings settings, ColonyStore store, Managers managers, NodeSpecs specs, NodeBinary binary, CycleState state,
      Clock clock, Pause pause, boolean dryRun) {
    this.settings = settings;
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.binary = binary;
    this.state = state;
    this.clock = clock;
    this.pause = pause;
    this.dryRun = dryRun;
    fleet = new Fleet(store.nodes());
  }

  Settings settings() {
    return settings;
  }

  ColonyStore store() {
    return store;
  }

  Managers managers() {
    return managers;
  }

  NodeSpecs specs() {
    return specs;
  }

  NodeBinary binary() {
    return binary;
  }

  /** What the last run left, and this one leaves for the next. */
  CycleState state() {
    return state;
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return clock.instant();
  }

  Pause pause() {
    return pause;
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** The words for what is done. */
  Wording wording() {
    return new Wording(dryRun);
  }

  Fleet fleet() {
    return fleet;
  }

  /** Reads the rows again, after something else has changed them. In a dry run they are what they were. */
  void reload() {
    fleet = new Fleet(store.nodes());
  }

  /** Takes the fleet as it is given, whatever the rows say. */
  void assume(List<Node> nodes) {
    fleet = new Fleet(nodes);
  }

  /** Puts these in the places of those with the same ids; the rows stay as they are. */
  void replace(Collection<Node> changed) {
    Map<Integer, Node> byId = changed.stream().collect(Collectors.toMap(Node::id, node -> node));
    fleet = new Fleet(fleet.nodes().stream().map(node -> byId.getOrDefault(node.id(), node)).toList());
  }

  /** What tells the settings and the antnode of today from those of other days. */
  String circumstances() {
    Map<String, String> kept = new TreeMap<>(settings.kept());
    // That goes up with each try.
    kept.remove(Options.HIGHEST_NODE_ID_USED.name());
    return Fingerprint.of(kept + binary.fingerprint(), 8);
  }

  /** Which stopped nodes may be started now. */
  StartOrder startOrder() {
    return new StartOrder(fleet.nodes(), state.cameBackAt(), now());
  }

  /** From here on what is done follows from this decision; from none when it is empty. */
  void follow(OptionalLong newDecision) {
    decision = newDecision;
  }

  /** All that is done is asked for by this account. */
  void askedBy(String account) {
    asker = account;
  }

  /** What is kept of why something is done. */
  Motive motive(String reason) {
    return new Motive(reason, decision, asker);
  }

  void saveState() {
    if (!dryRun) {
      state.save(store);
    }
  }
}
