package dev.wnm.managers.antdaemon;

import java.io.IOException;

/** The daemon was asked to change something and gave no answer: it may have done so, or may yet do so. */
final class UnsettledException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsettledException(String message) {
    super(message);
  }
}
