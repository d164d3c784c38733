package dev.wnm.spi.manager;

/** A process manager that was named is not there or cannot work on this machine; the message is one sentence. */
public final class ManagerUnavailableException extends Exception {
  public ManagerUnavailableException(String message) {
    super(message);
  }
}
