package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Writes units and starts nodes, and watches them until they are up. */
final class UnitStarter {
  /** How long nodes are watched for their ports to open; those that live on without are core's to probe. */
  private static final Duration LISTENING = Duration.ofSeconds(3);
  /** A busy machine's journal takes its time; a node that ends without a word is rare. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Duration BETWEEN_LOOKS_AT_WORDS = Duration.ofMillis(200);

  private final ManagerContext context;
  private final Systemctl systemctl;
  private final UnitFiles units;
  private final Binaries binaries;
  private final NodeUnit nodeUnit;
  private final Journal journal;
  private final UdpSockets sockets = UdpSockets.ofThisSystem();

  UnitStarter(ManagerContext context, Systemctl systemctl, UnitFiles units, Binaries binaries, NodeUnit nodeUnit,
      Journal journal) {
    this.context = context;
    this.systemctl = systemctl;
    this.units = units;
    this.binaries = binaries;
    this.nodeUnit = nodeUnit;
    this.journal = journal;
  }

  /** Writes a new node's unit. @return true */
  boolean writeUnit(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    units.write(node, text(node, !units.areWithoutSandbox()));
    return true;
  }

  /** Writes the unit again where it is missing, or wnm's own and outdated. What someone else wrote is used as it is. */
  void renewUnit(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    Optional<String> text = units.read(node);
    if (text.isEmpty() && !units.exists(node)) {
      writeUnit(node);
    } else {
      refuseForeign(node, text.orElse(""));
    }
    if (text.filter(NodeUnit::isOurs).isPresent()) {
      String wanted = text(node, NodeUnit.isSandboxed(text.get()));
      if (!wanted.equals(text.get())) {
        units.write(node, wanted);
      }
    }
  }

  /** Refuses a unit that is not as wnm wrote it, and a place that no unit can name. @param moved the node as it is to be */
  void requireOwnUnit(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException {
    Optional<String> text = units.read(node);
    refuseForeign(node, text.orElse(""));
    if (text.filter(unit -> !NodeUnit.isOurs(unit)).isPresent()) {
      throw OperationFailedException.forGood("its unit was not written by wnm, or was changed since, so that wnm does not name another folder in"
          + " it; move the node and mend the unit by hand");
    }
    nodeUnit.of(moved, moved.commandLine(), false);
  }

  /** Refuses a unit of another colony. */
  private void refuseForeign(NodeSpec node, String text) throws OperationFailedException {
    Optional<String> other = NodeUnit.colonyOf(text).filter(owner -> !owner.equals(context.colony().text()));
    if (other.isPresent()) {
      throw OperationFailedException.forGood("its unit belongs to another colony (" + other.get() + ")");
    }
  }

  /** Whether a unit is there already, which is this colony's or nobody's. */
  boolean isThere(NodeSpec node) throws OperationFailedException, CommandFailedException {
    boolean there = units.exists(node);
    if (there) {
      refuseForeign(node, units.read(node).orElse(""));
    }
    return there;
  }

  /**
   * Starts nodes whose units are there.
   *
   * @param before what systemd said of them before their units were renewed
   * @param facts what is known of a node in this state
   */
  Map<Integer, OperationResult> start(List<NodeSpec> nodes, Map<String, UnitState> before,
      BiFunction<NodeSpec, UnitState, NodeFacts> facts) throws CommandFailedException {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    if (nodes.isEmpty()) {
      return results;
    }
    CommandResult started = run(nodes, before);
    Map<String, UnitState> after = systemctl.show(services(nodes));
    List<NodeSpec> refused = openedUp(nodes.stream()
        .filter(node -> after.get(node.service()).failedForItsSandbox(nodeUnit.ofUser())).toList(), results);
    if (!refused.isEmpty()) {
      started = run(refused, after);
      after.putAll(systemctl.show(services(refused)));
    }
    // What a process says last reaches the journal after its end has reached systemd.
    Optional<NodeSpec> ended = nodes.stream().filter(node -> !after.get(node.service()).runs()).findFirst();
    if (ended.isPresent()) {
      Poll.until(LAST_WORDS, BETWEEN_LOOKS_AT_WORDS, () -> !journal.lastWords(ended.get(), after.get(ended.get().service())).isEmpty());
    }
    for (NodeSpec node : nodes) {
      UnitState state = after.get(node.service());
      if (state.runs()) {
        context.openPorts(node);
        results.put(node.id(), OperationResult.done(facts.apply(node, state)));
      } else {
        results.putIfAbsent(node.id(), OperationResult.failed(reason(node, state, started), true));
      }
    }
    return results;
  }

  private CommandResult run(List<NodeSpec> nodes, Map<String, UnitState> before) throws CommandFailedException {
    // Nothing tells whether systemd has already seen a unit file that was just written.
    systemctl.reload();
    systemctl.resetFailed(nodes.stream().map(NodeSpec::service).filter(service -> before.get(service).hasFailed()).toList());
    systemctl.enable(nodes.stream().map(NodeSpec::service).filter(service -> !before.get(service).returnsAtBoot()).toList());
    CommandResult started = systemctl.start(services(nodes));
    List<Integer> ports = nodes.stream().map(node -> node.ports().node()).toList();
    Poll.until(LISTENING, () -> sockets.ports().containsAll(ports));
    return started;
  }

  /** Takes the sandbox from nodes that cannot be given one here. @return those that are to be started again */
  private List<NodeSpec> openedUp(List<NodeSpec> refused, Map<Integer, OperationResult> results) {
    List<NodeSpec> again = new ArrayList<>();
    for (NodeSpec node : refused) {
      OperationResult opened = Attempt.on(node, () -> {
        if (units.read(node).filter(text -> NodeUnit.isOurs(text) && NodeUnit.isSandboxed(text)).isPresent()) {
          units.write(node, text(node, false));
          again.add(node);
        }
        return OperationResult.done(NodeFacts.asSuggested(node));
      });
      opened.failure().ifPresent(failure -> results.put(node.id(), failure));
    }
    if (!again.isEmpty()) {
      context.progress().report("this machine does not let systemd shut nodes off from the rest of it (see systemd.exec(5),"
          + " sandboxing); " + again.size() + " run without that");
    }
    return again;
  }

  private String text(NodeSpec node, boolean sandboxed) throws OperationFailedException, CommandFailedException {
    return nodeUnit.of(node, binaries.withKnownFlags(node).commandLine(), sandboxed);
  }

  private String reason(NodeSpec node, UnitState state, CommandResult started) {
    String ending = state.ending().isEmpty() ? "it does not run" : state.ending();
    String words = journal.lastWords(node, state);
    return node.service() + ": " + (started.succeeded() ? ending : ending + "; " + started.describe())
        + (words.isEmpty() ? "" : "; it said: " + words);
  }

  private static List<String> services(List<NodeSpec> nodes) {
    return nodes.stream().map(NodeSpec::service).toList();
  }
}
