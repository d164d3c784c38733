package dev.wnm.managers.s6overlay.validation;

/** A script that execline does not take. */
final class ExeclineSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ExeclineSyntaxException(String message) {
    super(message);
  }
}
