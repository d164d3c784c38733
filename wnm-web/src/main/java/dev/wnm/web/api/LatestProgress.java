package dev.wnm.web.api;

import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkListener;
import java.util.Optional;

/**
 * Keeps how far the work of one order has come, for whoever looks now and then: however fast it goes on and however slow those are who
 * are told, the work is held up by no more than this note.
 */
final class LatestProgress implements WorkListener {
  private volatile Optional<Progress> latest = Optional.empty();

  /** As far as it is known to have come; empty before any began. */
  Optional<Progress> now() {
    return latest;
  }

  @Override
  public void begins(Work work) {
    latest = Optional.of(Progress.after(Optional.empty(), work));
  }

  @Override
  public void advances(Work work) {
    latest = Optional.of(Progress.after(latest, work));
  }

  @Override
  public void ends(Work work) {
    advances(work);
  }
}
