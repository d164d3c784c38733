package dev.wnm.spi.manager;

import java.util.List;
import java.util.Set;

/**
 * Notices that nodes' processes end without being asked about each: a daemon that reports it, a file that changes. Core itself sees
 * the end of a process whose number it was told ({@link ProcessState.Running#pid()}); this is for those that it cannot see, in
 * containers for instance.
 *
 * <p>What is noticed is a hint. Core then asks {@link ProcessManager#status}, and believes that.
 */
public interface NoticesEnds extends Capability {
  /**
   * Begins to look out. From then on that must cost next to nothing, also for thousands of nodes: no program is run again and again,
   * and nobody is polled. Core keeps one for as long as its settings stay as they are, over many cycles.
   *
   * @throws ManagerUnavailableException when there is nothing here that notices ends; core then goes without
   */
  LookOut lookOut() throws ManagerUnavailableException;

  /** One that looks out. Asked by one thread at a time. */
  interface LookOut extends AutoCloseable {
    /**
     * Which of these nodes seem to have lost their process since the last call. Asked every few seconds about all nodes that run, so
     * it returns at once: within milliseconds, and never by waiting for anything.
     *
     * @return numbers of nodes, each once for each end; those of others are not looked at
     * @throws ManagerUnavailableException when it notices nothing any more; core closes it
     */
    Set<Integer> ended(List<NodeSpec> running) throws ManagerUnavailableException;

    @Override
    void close();
  }
}
