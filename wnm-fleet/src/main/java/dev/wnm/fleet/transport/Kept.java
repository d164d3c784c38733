package dev.wnm.fleet.transport;

/**
 * A text that is kept, and which of its versions this is.
 *
 * @param text it
 * @param revision to be given back with the text that is to take its place; 0 stands for that there is none yet
 */
public record Kept(String text, long revision) {
  /** What stands for that there is none yet. */
  public static final long NONE = 0;
}
