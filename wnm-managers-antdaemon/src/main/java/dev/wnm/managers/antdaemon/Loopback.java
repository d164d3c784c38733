package dev.wnm.managers.antdaemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP to 127.0.0.1 and nowhere else: no proxy, no redirect, one connection for each call, an answer of a bounded size within a
 * bounded time. Requests are of HTTP/1.0, so that an answer comes in one piece and ends with its connection.
 */
final class Loopback implements Transport {
  /** Room for a listing of some thousand nodes. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final byte[] ADDRESS = {127, 0, 0, 1};
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?(?:\r\n.*)?", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:[ \t]*([0-9]{1,9})[ \t]*\r?$");
  private static final Pattern ENCODING = Pattern.compile("(?im)^transfer-encoding:");
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final String EVENTS = "text/event-stream";
  private static final Pattern STREAM = Pattern.compile("(?im)^content-type:[ \t]*" + EVENTS);
  private static final int MOST_BYTES_OF_A_HEAD = 16 * 1024;
  private static final int OK = 200;
  /** Of a stream; the daemon says something every 15 s. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  @Override
  public Answer send(int port, Request request, Duration connect, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    try (Socket socket = new Socket()) {
      connect(socket, port, connect);
      socket.getOutputStream().write(bytes(port, request, "application/json"));
      return parse(readAll(socket, end, limit));
    }
  }

  /** Each byte of the head by itself: what follows is the stream. */
  @Override
  public InputStream listen(int port, String path, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    Socket socket = new Socket();
    try {
      connect(socket, port, limit);
      socket.getOutputStream().write(bytes(port, new Request("GET", path, ""), EVENTS));
      StringBuilder head = new StringBuilder();
      byte[] one = new byte[1];
      while (head.indexOf(END_OF_HEAD) < 0) {
        if (read(socket, one, end, limit) < 0 || head.length() > MOST_BYTES_OF_A_HEAD) {
          throw new IOException("it answers no stream");
        }
        head.append((char) (one[0] & 0xff));
      }
      if (parse(head.toString()).code() != OK || !STREAM.matcher(head).find()) {
        throw new IOException("it answers no stream");
      }
      socket.setSoTimeout(millis(LONGEST_SILENCE.toNanos()));
      return socket.getInputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void connect(Socket socket, int port, Duration limit) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), millis(limit.toNanos()));
    } catch (SocketTimeoutException e) {
      throw new ConnectException("it takes no connection within " + limit.toSeconds() + " s");
    }
  }

  /** @param accept the kind of document that is wanted */
  private static byte[] bytes(int port, Request request, String accept) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    String head = request.method() + " " + request.path() + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\nAccept: " + accept + "\r\n"
        + (body.length == 0 ? "" : "Content-Type: application/json\r\n") + "Content-Length: " + body.length + END_OF_HEAD;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static String readAll(Socket socket, long end, Duration limit) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int count = read(socket, buffer, end, limit);
      if (count < 0) {
        return all.toString(StandardCharsets.ISO_8859_1);
      }
      if (all.size() + count > MOST_BYTES) {
        throw new IOException("its answer is longer than " + MOST_BYTES + " bytes");
      }
      all.write(buffer, 0, count);
    }
  }

  private static int read(Socket socket, byte[] buffer, long end, Duration limit) throws IOException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw late(limit);
    }
    socket.setSoTimeout(millis(left));
    try {
      return socket.getInputStream().read(buffer);
    } catch (SocketTimeoutException e) {
      throw late(limit);
    }
  }

  private static IOException late(Duration limit) {
    return new IOException("no whole answer came within " + limit.toSeconds() + " s");
  }

  private static int millis(long nanos) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000));
  }

  /** @param text an answer whose characters are its bytes */
  static Answer parse(String text) throws IOException {
    int endOfHead = text.indexOf(END_OF_HEAD);
    Matcher status = STATUS_LINE.matcher(endOfHead < 0 ? "" : text.substring(0, endOfHead));
    if (!status.matches()) {
      throw new IOException(text.isEmpty() ? "it hung up without an answer" : "its answer is not HTTP");
    }
    String head = text.substring(0, endOfHead);
    if (ENCODING.matcher(head).find()) {
      throw new IOException("its answer comes in pieces, which it was not asked for");
    }
    String body = text.substring(endOfHead + END_OF_HEAD.length());
    OptionalInt length = length(head);
    if (length.isPresent() && length.getAsInt() > body.length()) {
      throw new IOException("its answer was cut off after " + body.length() + " of " + length.getAsInt() + " bytes");
    }
    String whole = length.isPresent() ? body.substring(0, length.getAsInt()) : body;
    return new Answer(Integer.parseInt(status.group(1)),
        new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }

  private static OptionalInt length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? OptionalInt.of(Integer.parseInt(length.group(1))) : OptionalInt.empty();
  }
}
