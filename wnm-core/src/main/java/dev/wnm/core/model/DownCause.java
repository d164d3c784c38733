package dev.wnm.core.model;

/** Why a node's process does not run, as far as is known. */
public enum DownCause {
  /** It runs, or it was never started. */
  NONE,
  /** wnm or its operator stopped it. */
  STOPPED,
  /** It ended by itself. */
  DIED,
  /** It died again and again: its process manager starts it each time, or has given it up. */
  CRASH_LOOP,
  /** It ended by itself after it had replaced its own binary by a newer one: it only waits to be started again. */
  UPGRADED,
  /** The machine was restarted under it. */
  REBOOT,
  /** Whether it runs is not known: it does not answer, and its process manager cannot tell. */
  UNKNOWN
}
