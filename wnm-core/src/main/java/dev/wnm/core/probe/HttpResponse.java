package dev.wnm.core.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.x response (RFC 9112), read as its bytes come in. Its body goes on to a sink piece by piece and is never kept;
 * anything but a status 200 with a body within the limit is garbage.
 */
final class HttpResponse {
  /** Takes the body's pieces. */
  interface Sink {
    void accept(byte[] bytes, int from, int to);

    /** Whether what came says of itself that it is whole: all there is to go by when a body ends with its connection. */
    boolean isWhole();
  }

  private static final int HEAD_LIMIT = 16_384;
  private static final byte[] START = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private final String url;
  private final int limit;
  private final Sink sink;
  private final ByteArrayOutputStream headBytes = new ByteArrayOutputStream(512);
  private boolean lineIsEmpty;
  private @Nullable Begun begun;
  private int bodyBytes;

  /** A response whose head is whole. */
  private record Begun(ResponseHead head, BodyFraming framing) {}

  HttpResponse(String url, int limit, Sink sink) {
    this.url = url;
    this.limit = limit;
    this.sink = sink;
  }

  boolean hasBegun() {
    return begun != null || headBytes.size() > 0;
  }

  boolean isComplete() {
    return begun != null && begun.framing.isComplete();
  }

  /** Whether the connection can carry another request once this response is complete. */
  boolean keepsConnection() {
    return begun != null && begun.head.keepsConnection() && !begun.framing.endsWithConnection();
  }

  void accept(byte[] bytes, int from, int to) throws GarbageException {
    int at = from;
    while (begun == null && at < to) {
      acceptHead(bytes[at++]);
    }
    if (begun != null && at < to) {
      begun.framing.accept(bytes, at, to, this::acceptBody);
    }
  }

  /** The peer has closed the connection. @throws EOFException when something is missing */
  void end() throws EOFException {
    if (begun == null) {
      String when = hasBegun() ? "within the head of" : "before";
      throw new EOFException("the connection was closed " + when + " the response");
    }
    if (!begun.framing.endsWithConnection() || !sink.isWhole()) {
      throw new EOFException("the connection was closed after " + bodyBytes + " bytes of the body");
    }
    begun.framing.end();
  }

  private void acceptHead(byte next) throws GarbageException {
    int index = headBytes.size();
    if (index < START.length && next != START[index]) {
      throw new GarbageException(url + " was not answered in HTTP/1");
    }
    if (index == HEAD_LIMIT) {
      throw new GarbageException(url + " was answered with more than " + HEAD_LIMIT + " bytes of headers");
    }
    headBytes.write(next);
    if (next == '\n') {
      if (lineIsEmpty) {
        start(headBytes.toString(StandardCharsets.ISO_8859_1));
      }
      lineIsEmpty = true;
    } else if (next != '\r') {
      lineIsEmpty = false;
    }
  }

  private void start(String text) throws GarbageException {
    ResponseHead head = ResponseHead.parse(text);
    if (head.status() != 200) {
      throw new GarbageException(url + " was answered with HTTP status " + head.status() + " instead of 200");
    }
    BodyFraming framing = BodyFraming.of(head, url);
    if (head.contentLength().orElse(0) > limit) {
      throw tooLong();
    }
    headBytes.reset();
    begun = new Begun(head, framing);
  }

  private void acceptBody(byte[] bytes, int from, int to) throws GarbageException {
    bodyBytes += to - from;
    if (bodyBytes > limit) {
      throw tooLong();
    }
    sink.accept(bytes, from, to);
  }

  private GarbageException tooLong() {
    return new GarbageException(url + " was answered with more than " + limit + " bytes");
  }
}
