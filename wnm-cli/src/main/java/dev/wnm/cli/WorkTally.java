package dev.wnm.cli;

import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkListener;
import java.util.ArrayList;
import java.util.List;

/** What a run has done so far. Safe for use from many threads. */
final class WorkTally implements WorkListener {
  private final List<Work> works = new ArrayList<>();

  @Override
  public synchronized void begins(Work work) {
    works.add(work);
  }

  @Override
  public synchronized void advances(Work work) {
    works.set(works.size() - 1, work);
  }

  @Override
  public synchronized void ends(Work work) {
    works.set(works.size() - 1, work);
  }

  /** Each piece of work, as far as it is known to have come, the first one first. */
  synchronized List<Work> works() {
    return List.copyOf(works);
  }
}
