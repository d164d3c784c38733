package dev.wnm.spi.manager;

import dev.wnm.spi.model.ProcessFacts;
import java.util.OptionalLong;

/** What a node's process does, as its process manager sees it. */
public sealed interface ProcessState {
  /**
   * It runs.
   *
   * @param pid its process, where that can be looked at in this machine's process table
   * @param facts what its process manager saw of the process, where core cannot look itself: inside a container, say. A manager
   *     that tells the pid leaves this {@link ProcessFacts#NONE}.
   */
  record Running(OptionalLong pid, ProcessFacts facts) implements ProcessState {
    public Running(OptionalLong pid) {
      this(pid, ProcessFacts.NONE);
    }
  }

  /**
   * It does not run; the node's folder is there.
   *
   * @param detail how it ended where that is known, else empty
   * @param deaths how often it died since somebody last started it, as far as whoever starts it again after a death counts that;
   *     0 where nobody does, or it was told to end. From {@value #LOOP} on it is in a crash loop, even when it happens to have a
   *     process at this moment.
   */
  record Stopped(String detail, int deaths) implements ProcessState {
    private static final int LOOP = 2;

    /** One that nobody starts again. */
    public Stopped(String detail) {
      this(detail, 0);
    }

    /** Whether it dies again and again, be it started again each time or given up by now. */
    public boolean isCrashLoop() {
      return deaths >= LOOP;
    }
  }

  /** The process manager knows nothing of this node and its folder is gone, though the storage folder is there. */
  record Missing() implements ProcessState {}

  /** The process manager cannot tell; nothing may be concluded. */
  record Unknown(String reason) implements ProcessState {}
}
