package dev.wnm.core.probe;

import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The talk with one node: connects, asks for its metadata, then on the same connection for its metrics. Where the metadata
 * fails in any way, or the node closes the connection in between, the metrics are asked for on a new connection.
 */
final class NodeConnection {
  private static final String METADATA = "/metadata";
  private static final String METRICS = "/metrics";

  private final ProbeTarget target;
  private final InetSocketAddress address;
  private final ProbeLimits limits;
  private final Selector selector;
  private final long startedAt;
  private final NodeAnswer metadata = new NodeAnswer();
  private final NodeAnswer metrics = new NodeAnswer();
  private long connectingSince;
  private boolean reused;
  private String path = METADATA;
  private HttpResponse response;
  private SocketChannel channel;

  NodeConnection(ProbeTarget target, InetSocketAddress address, ProbeLimits limits, Selector selector, SocketChannel fresh,
      long now) {
    this.target = target;
    this.address = address;
    this.limits = limits;
    this.selector = selector;
    this.channel = fresh;
    this.startedAt = now;
    this.connectingSince = now;
    this.response = newResponse(metadata);
  }

  ProbeTarget target() {
    return target;
  }

  long ageNanos(long now) {
    return now - startedAt;
  }

  /** Starts on its channel, a fresh one. @return the result, when there is one at once */
  Optional<ProbeResult> open() {
    try {
      channel.configureBlocking(false);
      if (channel.connect(address)) {
        channel.register(selector, SelectionKey.OP_READ, this);
        send();
      } else {
        channel.register(selector, SelectionKey.OP_CONNECT, this);
      }
      return Optional.empty();
    } catch (IOException e) {
      return failed(e);
    }
  }

  /** Goes on with what the channel is ready for. @return the result, when this was the last step */
  Optional<ProbeResult> ready(ByteBuffer buffer) {
    try {
      if (!channel.isConnected()) {
        channel.finishConnect();
        channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        send();
        return Optional.empty();
      }
      int count = channel.read(buffer.clear());
      if (count < 0) {
        response.end();
      } else {
        response.accept(buffer.array(), 0, count);
      }
      return response.isComplete() ? next() : Optional.empty();
    } catch (GarbageException e) {
      return path.equals(METADATA) ? askMetricsAnew() : Optional.of(new ProbeResult.Garbage(e.getMessage()));
    } catch (IOException e) {
      return failed(e);
    }
  }

  /** @return the result, when the node's time is over */
  Optional<ProbeResult> expire(long now) {
    if (ageNanos(now) >= limits.totalTimeout().toNanos()) {
      return Optional.of(new ProbeResult.NoAnswer(url() + " did not answer within " + seconds(limits.totalTimeout())));
    }
    if (!channel.isConnected() && now - connectingSince >= limits.connectTimeout().toNanos()) {
      return Optional.of(new ProbeResult.NoAnswer(
          target.address() + " took no connection within " + seconds(limits.connectTimeout())));
    }
    return Optional.empty();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was to be sent any more and the system has its socket back: the result stands.
    }
  }

  private Optional<ProbeResult> next() throws IOException, GarbageException {
    if (path.equals(METRICS)) {
      return Optional.of(result());
    }
    if (!response.keepsConnection()) {
      return askMetricsAnew();
    }
    askForMetrics();
    reused = true;
    send();
    return Optional.empty();
  }

  private void askForMetrics() {
    path = METRICS;
    response = newResponse(metrics);
  }

  private Optional<ProbeResult> askMetricsAnew() {
    close();
    askForMetrics();
    reused = false;
    connectingSince = System.nanoTime();
    try {
      channel = SocketChannel.open();
      return open();
    } catch (IOException e) {
      return failed(e);
    }
  }

  private Optional<ProbeResult> failed(IOException e) {
    if (e instanceof ConnectException) {
      return Optional.of(new ProbeResult.Refused(target.address() + " refuses connections"));
    }
    boolean connected = channel.isConnected();
    if (connected && (path.equals(METADATA) || (reused && !response.hasBegun()))) {
      return askMetricsAnew();
    }
    String what = connected ? url() + " was not answered to the end" : target.address() + " could not be reached";
    return Optional.of(new ProbeResult.NoAnswer(what + ": " + Reason.of(e)));
  }

  private ProbeResult result() throws GarbageException {
    if (!metrics.isFromNode()) {
      throw new GarbageException(url() + " gave what are not a node's metrics, beginning " + metrics.beginning());
    }
    String peerId = metadata.peerId().isEmpty() ? metrics.peerId() : metadata.peerId();
    return new ProbeResult.Answered(metrics.toMetrics(), metadata.version().or(metrics::version), peerId);
  }

  private void send() throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + target.address() + "\r\nUser-Agent: wnm\r\n\r\n";
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the connection took only a part of the request");
    }
  }

  private HttpResponse newResponse(NodeAnswer answer) {
    return new HttpResponse(url(), limits.responseBytes(), new OpenMetricsReader(answer));
  }

  private String url() {
    return "http://" + target.address() + path;
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1_000.0 + " s";
  }
}
