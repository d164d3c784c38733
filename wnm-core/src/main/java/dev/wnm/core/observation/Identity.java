package dev.wnm.core.observation;

import dev.wnm.core.host.PortHolders;
import dev.wnm.core.model.Node;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.ProcessState;
import java.util.Optional;

/**
 * Whether what answers at a node's metrics port is the node: the one place that decides it, for every look at nodes.
 *
 * <p>An answer is the node's when it bears the peer id that is stored of the node. Without that, it is the node's only when
 * its process runs and is the one that listens on the port; on first contact, when no peer id is stored yet, it is enough that
 * the process runs and no other is known to listen there. An answer that is not the node's tells nothing of it.
 */
public final class Identity {
  private Identity() {}

  /** What is made of a probe's result. */
  sealed interface Finding {}

  /**
   * The node spoke.
   *
   * @param answer what it said; without a peer id where it did not tell one
   */
  record Own(ProbeResult.Answered answer) implements Finding {}

  /**
   * Somebody else spoke.
   *
   * @param silence why the node is taken not to have answered, for a sentence
   * @param who what the operator is to be told, a sentence that stays the same while the stranger does
   */
  record Strangers(String silence, String who) implements Finding {}

  /** Nothing can be made of it. @param silence why the node is taken not to have answered, for a sentence */
  record Silent(String silence) implements Finding {}

  /** Whether a result speaks for itself, so that nobody has to be asked about the node's process. */
  static boolean isProven(Node node, ProbeResult result) {
    return result instanceof ProbeResult.Answered answer && !node.peerId().isEmpty() && answer.peerId().equals(node.peerId());
  }

  /**
   * @param process what the process manager says of the node's process; not looked at where {@link #isProven}
   * @param holder who listens on the node's metrics port, seen from its process
   */
  static Finding of(Node node, ProbeResult result, ProcessState process, PortHolders.Holder holder) {
    if (result instanceof ProbeResult.Answered answer) {
      return isProven(node, answer) || isBelieved(node, answer, process, holder)
          ? new Own(answer) : stranger(node, answer, process, holder);
    }
    if (result instanceof ProbeResult.Garbage garbage) {
      boolean down = process instanceof ProcessState.Stopped || process instanceof ProcessState.Missing;
      return down || holder == PortHolders.Holder.ANOTHER
          ? new Strangers(garbage.reason(), at(node) + " is answered by something that is no node, and not by " + node.service())
          : new Silent(garbage.reason());
    }
    return new Silent(result instanceof ProbeResult.Refused refused ? refused.reason()
        : ((ProbeResult.NoAnswer) result).reason());
  }

  private static boolean isBelieved(
      Node node, ProbeResult.Answered answer, ProcessState process, PortHolders.Holder holder) {
    if (!(process instanceof ProcessState.Running)) {
      return false;
    }
    boolean firstContact = node.peerId().isEmpty() && !answer.peerId().isEmpty();
    return holder == PortHolders.Holder.PROCESS || firstContact && holder == PortHolders.Holder.UNKNOWN;
  }

  private static Strangers stranger(
      Node node, ProbeResult.Answered answer, ProcessState process, PortHolders.Holder holder) {
    String who = answer.peerId().isEmpty() ? "somebody who tells no peer id" : "the node of peer id " + answer.peerId();
    String silence = node.host() + ":" + node.ports().metrics() + " is answered by " + who;
    return new Strangers(silence, at(node) + " is answered by " + who + ", which is not taken for " + node.service()
        + why(node, answer, process, holder));
  }

  private static String why(Node node, ProbeResult.Answered answer, ProcessState process, PortHolders.Holder holder) {
    if (holder == PortHolders.Holder.ANOTHER) {
      return ": another process than the node's listens there";
    }
    if (node.peerId().isEmpty()) {
      return process instanceof ProcessState.Running ? "" : ": its process is not known to run";
    }
    boolean mayBeReplaced = process instanceof ProcessState.Running && !answer.peerId().isEmpty();
    return ", whose peer id is " + node.peerId() + (mayBeReplaced
        ? "; if its key was replaced on purpose, disable the node and enable it again" : "");
  }

  private static String at(Node node) {
    return "the metrics port " + node.ports().metrics() + " of " + node.service() + " on " + node.host();
  }

  /** Whether an answer that is the node's shows that it has another key than before. */
  static Optional<String> keyChange(Node node, ProbeResult.Answered own) {
    return node.peerId().isEmpty() || own.peerId().isEmpty() || own.peerId().equals(node.peerId()) ? Optional.empty()
        : Optional.of("the key of " + node.service() + " was replaced: its peer id is " + own.peerId() + " now, no longer "
            + node.peerId());
  }
}
