package dev.wnm.core.work;

import org.apiguardian.api.API;

/**
 * Is told how work on nodes and groups goes on, of one piece of work after another. Called by the threads that do the work, several
 * at a time but never two at once; what takes long here holds them up. What is thrown here is lost.
 */
@API(status = API.Status.STABLE)
public interface WorkListener {
  /** Tells nobody. */
  WorkListener SILENT = new WorkListener() {};

  /** Work begins, and nothing of it is over. */
  default void begins(Work work) {}

  /** Some of it was begun or is over. */
  default void advances(Work work) {}

  /** It is over; what is still waiting or under way is left as it is. */
  default void ends(Work work) {}

  /** Both of them. */
  default WorkListener and(WorkListener other) {
    WorkListener one = this;
    return new WorkListener() {
      @Override
      public void begins(Work work) {
        one.begins(work);
        other.begins(work);
      }

      @Override
      public void advances(Work work) {
        one.advances(work);
        other.advances(work);
      }

      @Override
      public void ends(Work work) {
        one.ends(work);
        other.ends(work);
      }
    };
  }
}
