package dev.wnm.managers.launchd;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Poll;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Ends jobs: the signal on which their program ends gracefully, then bootout, which ends with TERM and KILL what still runs, such as the
 * process that launchd starts anew in between.
 */
final class JobStopper {
  /** launchd's own patience is in the property list; the Python wnm's have launchd's default of 20 s. */
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final Launchctl launchctl;
  private final Patience patience;

  /** @param patience how long nodes may take to end gracefully */
  JobStopper(Launchctl launchctl, Patience patience) {
    this.launchctl = launchctl;
    this.patience = patience;
  }

  /**
   * Returns once launchd knows the job no more and its process is gone.
   *
   * @return whether launchd knew it
   */
  boolean end(Job job, NodeSpec node) throws CommandFailedException {
    if (job.runs() && launchctl.signal(job.target(), node.program().stopping())) {
      Poll.until(patience.with(node), () -> !lives(job.pid()));
    }
    boolean known = launchctl.bootout(job.target());
    if (!Poll.until(ENDING, () -> isGone(job.target()))) {
      throw new CommandFailedException("launchd still has " + job.target() + " " + ENDING.toSeconds()
          + " s after it was booted out; its process hangs in the system, on a failing disk perhaps");
    }
    return known;
  }

  private boolean isGone(String target) {
    try {
      return launchctl.find(target).isEmpty();
    } catch (CommandFailedException e) {
      return false;
    }
  }

  private static boolean lives(OptionalLong pid) {
    return pid.isPresent() && ProcessHandle.of(pid.getAsLong()).filter(ProcessHandle::isAlive).isPresent();
  }
}
