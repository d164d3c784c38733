package dev.wnm.core.config;

/**
 * Where a value comes from.
 *
 * @param level how it ranks
 * @param where the same in words for a message, such as {@code the environment variable NODE_CAP}
 */
public record Origin(Level level, String where) {
  static final Origin DEFAULT = new Origin(Level.DEFAULT, "the built-in default");
  /** What {@code --init} proposes for this machine in place of a built-in default. */
  static final Origin PROPOSAL = new Origin(Level.DEFAULT, "the proposal for this machine");
  static final Origin STORED = new Origin(Level.STORED, "the database");
  /** A program that has wnm in it; what it says counts as much as a command line. */
  static final Origin PROGRAM = new Origin(Level.COMMAND_LINE, "the program");
  static final Origin COMMAND_LINE = new Origin(Level.COMMAND_LINE, "the command line");

  /** What the operator said when asked; it counts as much as a command line. */
  static final Origin ANSWER = new Origin(Level.COMMAND_LINE, "the answer");

  /** The kinds of source; a later one wins over an earlier one. */
  public enum Level {
    DEFAULT, STORED, OTHER_PROGRAM, CONFIG_FILE, ENVIRONMENT, COMMAND_LINE
  }

  /** A line of a config file. */
  static Origin line(Object file, int number) {
    return new Origin(Level.CONFIG_FILE, file + " line " + number);
  }

  /** A line that nobody understands, for a message: of an address, which may be a secret, nothing is shown. */
  static String shown(String line) {
    return line.contains("://") ? "…" : line.strip();
  }

  /** An environment variable. */
  static Origin variable(String name) {
    return new Origin(Level.ENVIRONMENT, "the environment variable " + name);
  }

  /** Whether it was said for this very run, rather than written down somewhere. */
  boolean isOfThisRun() {
    return level == Level.COMMAND_LINE;
  }

  /** Whether the operator gave the value for this run, rather than the database or the program. */
  boolean isGiven() {
    return level.compareTo(Level.STORED) > 0;
  }
}
