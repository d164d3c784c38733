package dev.wnm.fleet.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Options;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How to connect, and what the server complained of last: what is forbidden looks like silence otherwise. */
class Lines implements ErrorListener {
  static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration PING = Duration.ofSeconds(10);
  private volatile Optional<String> complaint = Optional.empty();

  /** @param inbox how the subjects begin at which one is answered */
  Options.Builder options(Membership member, SSLContext tls, String inbox) {
    // Nothing is kept for later while there is no connection: what failed must not arrive after all.
    return new Options.Builder().server("tls://" + member.address()).sslContext(tls).connectionName("wnm " + member.name()).inboxPrefix(inbox)
        .connectionTimeout(LIMIT).maxReconnects(-1).reconnectWait(BETWEEN_TRIES).reconnectBufferSize(0).pingInterval(PING).maxPingsOut(2)
        .errorListener(this).reportNoResponders().useTimeoutException();
  }

  /** What it said since this was asked last; empty when that is nothing. */
  Optional<String> complaint() {
    Optional<String> said = complaint;
    complaint = Optional.empty();
    return said;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    complaint = Optional.of(error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    // A lost connection; it is mended, or told by whoever needed it.
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    // States that were missed are read again with the next look.
  }

  @Override
  public void messageDiscarded(Connection connection, Message message) {
    // Nothing is sent without waiting for its answer.
  }
}
