package dev.wnm.cli.top;

/** What is shown. */
enum View {
  NOW("Now"),
  TIME("Time line"),
  NODES("Nodes"),
  DECISIONS("Decisions"),
  /** All of one node. */
  NODE("Node"),
  /** The chosen nodes as a command line. */
  COMMAND("Command line"),
  KEYS("Keys");

  private final String title;

  View(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether it stands in the head; the others are left by Esc. */
  boolean isMain() {
    return this == NOW || this == TIME || this == NODES || this == DECISIONS;
  }
}
