package dev.wnm.fleet.nats;

import dev.wnm.spi.internal.Reason;
import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Options;
import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** How to connect, and what the server complained of last: what is forbidden looks like silence otherwise. */
class Lines implements ErrorListener {
  static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration PING = Duration.ofSeconds(10);
  private static final int MOST_CAUSES = 20;
  /** A server whose disk takes no more does not say so: it just answers nothing that has to do with what it keeps. A cut line looks the same at first. */
  private static final String SILENT = "it does not answer: the way there is cut, or its disk is full, which takes room and then a new start";
  private volatile Optional<String> complaint = Optional.empty();
  private volatile Optional<String> outage = Optional.empty();

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

  /** Why there is no connection now, as far as that is known. */
  Optional<String> outage() {
    return outage;
  }

  /** Why something was not done: what the server said of it, else what can be known without a word of it. */
  String why(Optional<Connection> connection, Exception e) {
    boolean isUp = connection.filter(now -> now.getStatus() == Connection.Status.CONNECTED).isPresent();
    return complaint().orElseGet(() -> !isUp ? outage().orElse("there is no connection to it") : e instanceof IOException ? SILENT : Reason.of(e));
  }

  /** There is a connection. */
  void isUp() {
    outage = Optional.empty();
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    complaint = Optional.of(error);
    if (error.toLowerCase(Locale.ROOT).contains("authorization violation")) {
      outage = Optional.of("it does not let in whom this certificate is of: that one was revoked, or the server has not read its users anew since it was invited");
    }
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    // A lost connection is mended; what keeps it from that has to be known where it lasts.
    outage = Optional.of(why(exception));
  }

  private static String why(Exception exception) {
    List<Throwable> causes = Stream.iterate((Throwable) exception, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES).toList();
    if (causes.stream().anyMatch(cause -> cause instanceof CertificateNotYetValidException || cause instanceof CertificateExpiredException)) {
      // The day alone: what is the same trouble is to read the same, so that it is told once.
      return "its certificate is not valid at the time that this machine's clock shows, " + LocalDate.now(ZoneOffset.UTC) + "; set the clock";
    }
    return Reason.of(causes.get(causes.size() - 1));
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
