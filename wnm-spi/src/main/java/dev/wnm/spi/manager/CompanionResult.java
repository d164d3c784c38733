package dev.wnm.spi.manager;

/**
 * How an operation on a service beside nodes ended. Made with the methods here, not with the records' constructors, so that a further
 * part breaks no back end. It has no facts of a node, and so is no {@link OperationResult}.
 */
public sealed interface CompanionResult {
  /**
   * It is as was asked.
   *
   * @param words what it is now, or how that was done, in a word or two: {@code up}, {@code HUP}
   * @param changed false when it was so already
   */
  record Done(String words, boolean changed) implements CompanionResult {}

  /**
   * It is not as was asked.
   *
   * @param reason one sentence that an operator can act on, with the service's last words where it died
   */
  record Failed(String reason) implements CompanionResult {}

  /** It is as was asked. @param words see {@link Done#words} */
  static CompanionResult done(String words) {
    return new Done(words, true);
  }

  /** It was so already. @param words see {@link Done#words} */
  static CompanionResult unchanged(String words) {
    return new Done(words, false);
  }

  /** It is not. @param reason see {@link Failed#reason} */
  static CompanionResult failed(String reason) {
    return new Failed(reason);
  }
}
