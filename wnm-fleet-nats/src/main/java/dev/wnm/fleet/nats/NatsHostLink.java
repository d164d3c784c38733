package dev.wnm.fleet.nats;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;
import dev.wnm.fleet.model.WishJson;
import dev.wnm.fleet.transport.Answers;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.spi.internal.Reason;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A host's end: dials out, and goes on dialling for as long as it is open. */
final class NatsHostLink implements HostLink, ConnectionListener {
  private static final System.Logger LOG = System.getLogger(NatsHostLink.class.getName());
  private static final int MOST_WAITING = 16;
  private static final int ASKED_AT_ONCE = 2;
  private static final int WRONG_LAST_SEQUENCE = 10_071;
  private static final String SEQUENCE = "Nats-Sequence";
  private static final String OPERATION = "KV-Operation";
  private static final long NOT_READ = -1;

  private final HostName host;
  private final Membership member;
  private final HostDesk desk;
  private final Lines lines = new Lines();
  private final ExecutorService wishes = workers("wnm-fleet-wishes", 1);
  private final ExecutorService questions = workers("wnm-fleet-questions", ASKED_AT_ONCE);
  private final Options options;
  private volatile Optional<Connection> connection = Optional.empty();
  /** Which version of this host's state is kept. */
  private long revision = NOT_READ;
  private Optional<HostState.Run> said = Optional.empty();
  private final CountDownLatch closed = new CountDownLatch(1);

  NatsHostLink(Membership member, SSLContext tls, HostDesk desk) throws FleetException {
    host = new HostName(member.name());
    this.member = member;
    this.desk = desk;
    options = lines.options(member, tls, Subjects.inbox(host)).connectionListener(this).build();
    dial();
  }

  private void dial() throws FleetException {
    try {
      Nats.connectAsynchronously(options, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new FleetException(member.address() + " cannot be dialled: " + Reason.of(e), e);
    }
  }

  /** The library gives up for good where the server has refused it twice; who is let in later is to be heard then. */
  private void dialAgain() {
    try {
      if (!closed.await(Lines.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        dial();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (FleetException e) {
      LOG.log(System.Logger.Level.WARNING, "{0}", e.getMessage());
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static ExecutorService workers(String name, int count) {
    return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }

  /** An older form, which the library calls no more. */
  @Override
  @Deprecated
  public void connectionEvent(Connection with, Events type) {}

  @Override
  public void connectionEvent(Connection with, Events type, Long time, String uri) {
    if (type == Events.CONNECTED || type == Events.RECONNECTED) {
      boolean isFirst = connection.filter(before -> before == with).isEmpty();
      connection = Optional.of(with);
      lines.isUp();
      synchronized (this) {
        revision = NOT_READ;
        if (isClosed()) {
          close(with);
          return;
        }
      }
      if (isFirst) {
        with.createDispatcher(this::wished).subscribe(Subjects.wish(host));
        with.createDispatcher(this::asked).subscribe(Subjects.ask(host));
      }
      // What was wished meanwhile has not come by itself.
      run(wishes, this::readWish);
    } else if (type == Events.CLOSED) {
      Thread anew = new Thread(this::dialAgain, "wnm-fleet-dial");
      anew.setDaemon(true);
      anew.start();
    }
  }

  private static void run(ExecutorService workers, Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException full) {
      LOG.log(System.Logger.Level.DEBUG, "too much is asked at once");
    }
  }

  private void readWish() {
    try {
      Optional<Message> kept = latest(Subjects.wish(host));
      if (kept.isPresent()) {
        take(text(kept.get()));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "what is wished of this host cannot be read: {0}", Reason.of(e));
    }
  }

  private void wished(Message message) {
    if (!isDeleted(message)) {
      run(wishes, () -> take(text(message)));
    }
  }

  private void take(String text) {
    try {
      desk.take(WishJson.read(text));
      say(desk.state());
    } catch (UnreadableException | FleetException e) {
      LOG.log(System.Logger.Level.WARNING, "a wish of the fleet''s: {0}", e.getMessage());
    }
  }

  private void asked(Message message) {
    try {
      questions.execute(() -> reply(message, Answers.of(desk, text(message))));
    } catch (RejectedExecutionException full) {
      reply(message, Reply.refusal(host + " is asked too much at once"));
    }
  }

  private void reply(Message message, Reply reply) {
    try {
      connection.orElseThrow().publish(message.getReplyTo(), TalkJson.write(reply).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalStateException | IllegalArgumentException gone) {
      LOG.log(System.Logger.Level.DEBUG, "who asked is gone");
    }
  }

  @Override
  public synchronized Said say(HostState state) {
    if (isClosed() || connection.filter(now -> now.getStatus() == Connection.Status.CONNECTED).isEmpty()) {
      return Said.not("there is no connection to the fleet's server at " + member.address() + lines.outage().map(why -> ": " + why).orElse(""));
    }
    if (said.filter(later -> isOfBefore(state.run(), later)).isPresent()) {
      return Said.OUT;
    }
    lines.complaint();
    try {
      return revision == NOT_READ ? sayAfterAnother(state) : send(state);
    } catch (JetStreamApiException e) {
      return e.getApiErrorCode() == WRONG_LAST_SEQUENCE ? sayAnew(state) : notTaken(e);
    } catch (IOException | IllegalStateException e) {
      revision = NOT_READ;
      return notTaken(e);
    }
  }

  /** Who answers a wish and who says each minute how it stands may come in another order than they looked. */
  private static boolean isOfBefore(HostState.Run run, HostState.Run later) {
    return run.hostId().equals(later.hostId()) && run.bootId().equals(later.bootId()) && run.sequence() < later.sequence();
  }

  private Said send(HostState state) throws IOException, JetStreamApiException {
    revision = connection.orElseThrow().jetStream().publish(Subjects.state(host), HostStateJson.write(state).getBytes(StandardCharsets.UTF_8),
        PublishOptions.builder().expectedLastSubjectSequence(revision).streamTimeout(Lines.LIMIT).build()).getSeqno();
    said = Optional.of(state.run());
    return Said.OUT;
  }

  private Said sayAnew(HostState state) {
    try {
      return sayAfterAnother(state);
    } catch (JetStreamApiException | IOException | IllegalStateException e) {
      revision = NOT_READ;
      return notTaken(e);
    }
  }

  private Said notTaken(Exception e) {
    return Said.not("the fleet's server takes no state: " + lines.why(connection, e));
  }

  /** What is kept may be what this host said before, as far as it knows or by a call that seemed to have failed; or somebody else's. */
  private Said sayAfterAnother(HostState state) throws IOException, JetStreamApiException {
    Optional<Message> kept = latest(Subjects.state(host));
    Optional<String> twin = kept.flatMap(message -> twin(state, text(message)));
    revision = kept.map(NatsHostLink::sequence).orElse(0L);
    send(state);
    return new Said(true, "", twin);
  }

  /** A machine that came up anew goes on counting: what another boot said of a number that comes only now, another machine has said. */
  private Optional<String> twin(HostState mine, String kept) {
    try {
      HostState.Run other = HostStateJson.read(kept).run();
      boolean isMe = other.hostId().equals(mine.run().hostId())
          && (other.bootId().equals(mine.run().bootId()) || other.sequence() < mine.run().sequence() && revision == NOT_READ);
      return isMe ? Optional.empty() : Optional.of(other.bootId());
    } catch (UnreadableException odd) {
      return Optional.of("unknown");
    }
  }

  /** What is kept under a subject; empty where that is nothing. */
  private Optional<Message> latest(String subject) throws IOException {
    try {
      Message answer = connection.orElseThrow().request(Subjects.latest(subject), new byte[0], Lines.LIMIT);
      if (answer == null) {
        throw new IOException("the fleet's server does not answer");
      }
      return sequence(answer) == 0 || isDeleted(answer) ? Optional.empty() : Optional.of(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("wnm is to end", e);
    }
  }

  private static long sequence(Message message) {
    Headers headers = message.getHeaders();
    String number = headers == null ? null : headers.getFirst(SEQUENCE);
    return number == null || !number.matches("[0-9]{1,18}") ? 0 : Long.parseLong(number);
  }

  private static boolean isDeleted(Message message) {
    Headers headers = message.getHeaders();
    return headers != null && headers.containsKey(OPERATION);
  }

  private static String text(Message message) {
    return new String(message.getData(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed.countDown();
    }
    wishes.shutdownNow();
    questions.shutdownNow();
    connection.ifPresent(NatsHostLink::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
