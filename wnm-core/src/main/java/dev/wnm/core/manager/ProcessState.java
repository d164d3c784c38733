package dev.wnm.core.manager;

import java.util.OptionalLong;

/** What a node's process does, as its process manager sees it. */
public sealed interface ProcessState {
  /** It runs. */
  record Running(OptionalLong pid) implements ProcessState {}

  /** It does not run; the node's folder is there. {@code detail} says how it ended where that is known, else is empty. */
  record Stopped(String detail) implements ProcessState {}

  /** The process manager knows nothing of this node and its folder is gone, though the storage folder is there. */
  record Missing() implements ProcessState {}

  /** The process manager cannot tell; nothing may be concluded. */
  record Unknown(String reason) implements ProcessState {}
}
