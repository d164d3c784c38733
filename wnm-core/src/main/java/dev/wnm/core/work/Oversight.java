package dev.wnm.core.work;

import dev.wnm.core.model.OperationKind;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What stands above all work of a run.
 *
 * @param listener is told of it
 * @param mayGoOn whether more of it may be begun; once it says no, it stays with that
 */
public record Oversight(WorkListener listener, BooleanSupplier mayGoOn) {
  /** Why something was not begun. */
  public static final String ENDING = "wnm was asked to end";

  /** Whether more may be begun. */
  public boolean goesOn() {
    return mayGoOn.getAsBoolean();
  }

  /** The same for a run that does nothing, and so has nothing to tell. */
  public Oversight silent() {
    return new Oversight(WorkListener.SILENT, mayGoOn);
  }

  /** Work begins. @param names of the things that it is about; where there are none, nobody is told */
  public WorkUnderWay begin(OperationKind kind, Work.Things things, List<String> names) {
    return new WorkUnderWay(names.isEmpty() ? WorkListener.SILENT : listener, kind, things, names);
  }
}
