package dev.wnm.spi.manager;

/** Reads what nodes logged and printed, with its own rights. */
public interface ReadsLogs extends Capability {
  /**
   * The ends of what a node has logged and printed, each after a line that names it, within bounds (some 100 KiB in all); empty
   * where there is nothing that can be read. Core asks before it deletes a node that did not start, and keeps the text.
   */
  String logs(NodeSpec node);
}
