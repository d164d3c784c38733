package dev.wnm.core.probe;

/** Tells where a response's body ends: after a length, with a last chunk, or with the connection (RFC 9112 §6). */
abstract sealed class BodyFraming permits BodyFraming.Counted, BodyFraming.UntilClosed, ChunkedFraming {
  /** Takes the body without its framing. */
  interface Content {
    void accept(byte[] bytes, int from, int to) throws GarbageException;
  }

  private boolean complete;

  static BodyFraming of(ResponseHead head, String url) {
    if (head.chunked()) {
      return new ChunkedFraming(url);
    }
    return head.contentLength().isPresent() ? new Counted(head.contentLength().getAsLong()) : new UntilClosed();
  }

  final boolean isComplete() {
    return complete;
  }

  final void end() {
    complete = true;
  }

  boolean endsWithConnection() {
    return false;
  }

  abstract void accept(byte[] bytes, int from, int to, Content content) throws GarbageException;

  static final class Counted extends BodyFraming {
    private long rest;

    Counted(long length) {
      rest = length;
      if (length == 0) {
        end();
      }
    }

    @Override
    void accept(byte[] bytes, int from, int to, Content content) throws GarbageException {
      int count = (int) Math.min(rest, to - from);
      content.accept(bytes, from, from + count);
      rest -= count;
      if (rest == 0) {
        end();
      }
    }
  }

  static final class UntilClosed extends BodyFraming {
    @Override
    boolean endsWithConnection() {
      return true;
    }

    @Override
    void accept(byte[] bytes, int from, int to, Content content) throws GarbageException {
      content.accept(bytes, from, to);
    }
  }
}
