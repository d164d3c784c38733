package dev.wnm.testkit.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One connection to a simulated node; only the simulator's thread touches it. */
final class Connection {
  private static final int LARGEST_REQUEST = 8 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final int port;
  private final Answers answers;
  private final SocketChannel channel;
  private final AtomicLong requests;
  private String asked = "";
  private ByteBuffer answer = NOTHING;
  private boolean last;

  /** @param requests counts the requests that it answers */
  Connection(int port, Answers answers, SocketChannel channel, AtomicLong requests) {
    this.port = port;
    this.answers = answers;
    this.channel = channel;
    this.requests = requests;
  }

  int port() {
    return port;
  }

  /**
   * Reads what there is, writes what can be written and says what it waits for next.
   *
   * @param scratch a buffer for the duration of the call
   */
  void goOn(SelectionKey key, ByteBuffer scratch) throws IOException {
    if (key.isReadable()) {
      scratch.clear();
      int got = channel.read(scratch);
      if (got < 0 || asked.length() > LARGEST_REQUEST) {
        channel.close();
        return;
      }
      asked += StandardCharsets.ISO_8859_1.decode(scratch.flip());
    }
    if (answers.never()) {
      asked = "";
      return;
    }
    while (true) {
      channel.write(answer);
      if (answer.hasRemaining()) {
        key.interestOps(SelectionKey.OP_WRITE);
        return;
      }
      if (last) {
        channel.close();
        return;
      }
      int end = asked.indexOf("\r\n\r\n");
      if (end < 0) {
        key.interestOps(SelectionKey.OP_READ);
        return;
      }
      answer = answerTo(asked.substring(0, end));
      requests.incrementAndGet();
      asked = asked.substring(end + 4);
    }
  }

  private ByteBuffer answerTo(String request) {
    String[] words = request.split("[ \r]", 4);
    last = words.length > 2 && words[2].equals("HTTP/1.0")
        || request.toLowerCase(Locale.ROOT).contains("\nconnection: close");
    return answers.to(words.length > 1 ? words[1] : "");
  }

  void close() throws IOException {
    channel.close();
  }
}
