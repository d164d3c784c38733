package dev.wnm.core.probe;

/** The peer speaks, but not as a node does. The message is one sentence that names the address. */
final class GarbageException extends Exception {
  GarbageException(String message) {
    super(message);
  }
}
