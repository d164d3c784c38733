package dev.wnm.core.work;

import dev.wnm.core.model.OperationKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Counts how work goes on, and tells of it. Safe for use from many threads; over when it is closed. */
public final class WorkUnderWay implements AutoCloseable {
  private final WorkListener listener;
  private final OperationKind kind;
  private final Work.Things things;
  private final int total;
  private final Set<String> waiting;
  private final Set<String> underWay = new LinkedHashSet<>();
  private int done;
  private int failed;

  WorkUnderWay(WorkListener listener, OperationKind kind, Work.Things things, List<String> names) {
    this.listener = listener;
    this.kind = kind;
    this.things = things;
    total = names.size();
    waiting = new LinkedHashSet<>(names);
    tell(listener::begins);
  }

  /** These are begun. */
  public synchronized void begun(Collection<String> names) {
    names.forEach(waiting::remove);
    underWay.addAll(names);
    tell(listener::advances);
  }

  /** These are over. @param succeeded how many of them are known to be as was meant */
  public synchronized void over(Collection<String> names, long succeeded) {
    names.forEach(waiting::remove);
    names.forEach(underWay::remove);
    done += (int) succeeded;
    failed += names.size() - (int) succeeded;
    tell(listener::advances);
  }

  @Override
  public synchronized void close() {
    tell(listener::ends);
  }

  /** A listener that fails must not take the work with it. */
  private void tell(Consumer<Work> how) {
    if (listener == WorkListener.SILENT) {
      return;
    }
    try {
      how.accept(new Work(kind, things, total, done, failed, List.copyOf(underWay), List.copyOf(waiting)));
    } catch (RuntimeException | LinkageError defect) {
      System.getLogger(WorkUnderWay.class.getName()).log(System.Logger.Level.DEBUG, "a listener failed", defect);
    }
  }
}
