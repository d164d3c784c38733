package dev.wnm.cli;

/** How the program ends. */
enum ExitCode {
  /** Done, also when there was nothing to do. */
  DONE(0),
  /** Another wnm is at work, or an operation failed. */
  FAILED(1),
  /** Bad input, or refused. */
  REFUSED(2),
  /** The process manager is missing or cannot work here. */
  NO_MANAGER(3),
  /** The database cannot be used. */
  NO_DATABASE(4),
  /** Ended by Ctrl-C, in good order; as shells have it, 128 and the signal's number. */
  INTERRUPTED(130),
  /** Ended by a service manager or a shutdown, in good order. */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The signal that ends the program so. */
  String signal() {
    return switch (this) {
      case INTERRUPTED -> "SIGINT";
      case TERMINATED -> "SIGTERM";
      default -> throw new IllegalStateException(this + " is for no signal");
    };
  }
}
