package dev.wnm.core.cycle;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.command.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges binaries by what becomes of the nodes that have them on trial. */
final class UpgradeTrials {
  private final CycleContext context;
  private final UpgradeWaves waves;
  private final FleetRecorder recorder;
  private final FleetOperations operations;

  UpgradeTrials(CycleContext context, UpgradeWaves waves, FleetRecorder recorder, FleetOperations operations) {
    this.context = context;
    this.waves = waves;
    this.recorder = recorder;
    this.operations = operations;
  }

  /**
   * Looks at what nodes on trial have shown of their binaries, and gives those that died their old ones back.
   *
   * @return an outcome for each binary that is held back from now on, and each node that was worked on
   */
  List<NodeOutcome> judgeUpgrades() {
    if (context.isDryRun()) {
      return List.of();
    }
    UpgradeWaves.Verdict verdict = waves.judge(context.fleet());
    recorder.update(verdict.corrected());
    Map<Integer, String> said = new TreeMap<>(verdict.said());
    List<NodeOutcome> outcomes = new ArrayList<>();
    for (UpgradeWaves.Casualty casualty : verdict.casualties()) {
      NodeOutcome back = operations.putBack(casualty);
      String before = casualty.trial().before().map(version -> "version " + version).orElse("the binary before");
      String sequel = back.succeeded() ? before + " was put back and started" : before + " is not back: " + back.detail();
      outcomes.add(said.containsKey(back.nodeId()) ? heldBack(back.nodeId(), back.service(), said.remove(back.nodeId()), sequel)
          : back);
    }
    said.forEach((id, words) -> outcomes.add(heldBack(id, "node " + id, words, "it had no older binary any more")));
    if (!outcomes.isEmpty()) {
      context.reload();
    }
    return operations.logged(outcomes, "its old binary was put back");
  }

  private NodeOutcome heldBack(int id, String unknown, String words, String sequel) {
    String service = context.fleet().nodes().stream().filter(node -> node.id() == id).map(Node::service).findFirst().orElse(unknown);
    return new NodeOutcome(OperationKind.UPGRADE, id, service, false, words + "; " + sequel
        + "; put a newer binary in place, or try again with --force_action upgrade --service_name "
        + Shell.word(service));
  }
}
