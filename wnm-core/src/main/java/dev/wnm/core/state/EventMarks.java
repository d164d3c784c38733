package dev.wnm.core.state;

/** The names under which it is kept up to where events have been found. */
public final class EventMarks {
  /** The number of the last incident. */
  public static final String INCIDENT = "events_incident";
  /** The number of the last operation that was begun. */
  public static final String OPERATION = "events_operation";
  /** The numbers of operations that were not over, with commas between. */
  public static final String OPEN_OPERATIONS = "events_open_operations";
  /** How the last roll-out of an image ended. */
  public static final String ROLL_OUT = "events_roll_out";

  private EventMarks() {}
}
