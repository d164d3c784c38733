package dev.wnm.core.store;

/** The database cannot be used. The message is one sentence for the operator that names the file and what is wrong. */
public final class StoreException extends RuntimeException {
  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
