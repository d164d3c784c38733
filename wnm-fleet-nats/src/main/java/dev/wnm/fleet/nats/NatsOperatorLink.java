package dev.wnm.fleet.nats;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishJson;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.Records;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** An operator's end. */
final class NatsOperatorLink implements OperatorLink, ConnectionListener {
  private static final int MOST_BYTES_OF_A_VALUE = 1 << 20;
  private static final long MOST_BYTES_OF_ALL = 1L << 29;
  private static final int WRONG_LAST_SEQUENCE = 10_071;
  private static final String STATES = Subjects.STATE + ">";
  private static final Duration READING = Duration.ofSeconds(30);

  private final Membership member;
  private final Lines lines;
  private final Set<Watching> watching = ConcurrentHashMap.newKeySet();
  private Connection connection;
  private KeyValue bucket;
  private Duration serverAhead;

  private NatsOperatorLink(Membership member, Lines lines) {
    this.member = member;
    this.lines = lines;
  }

  static NatsOperatorLink open(Membership member, SSLContext tls) throws FleetException {
    Lines lines = new Lines();
    NatsOperatorLink link = new NatsOperatorLink(member, lines);
    try {
      link.connection = Nats.connect(lines.options(member, tls, "_INBOX.operator." + member.name()).connectionListener(link).build());
      link.bucket = bucket(link.connection);
      link.serverAhead = link.serverAhead();
      return link;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      String why = lines.why(Optional.ofNullable(link.connection), e);
      link.close();
      throw new FleetException("the fleet's server at " + member.address() + " cannot be used: " + why, e);
    }
  }

  private static KeyValue bucket(Connection connection) throws IOException, JetStreamApiException {
    JetStreamManagement streams = connection.jetStreamManagement();
    if (!streams.getStreamNames().contains(Subjects.STREAM)) {
      connection.keyValueManagement().create(KeyValueConfiguration.builder(Subjects.BUCKET).description("wnm fleet: states, wishes, what operators share")
          .maxHistoryPerKey(1).maximumValueSize(MOST_BYTES_OF_A_VALUE).maxBucketSize(MOST_BYTES_OF_ALL).build());
    }
    StreamConfiguration stream = streams.getStreamInfo(Subjects.STREAM).getConfiguration();
    if (stream.getAllowRollup()) {
      // The library allows it to every bucket: one host could have the server throw away all that is kept, with a header of its own state.
      streams.updateStream(StreamConfiguration.builder(stream).allowRollup(false).build());
    }
    return connection.keyValue(Subjects.BUCKET);
  }

  /** By how much the server's clock, by which it says when things came, is ahead of this machine's. */
  private Duration serverAhead() throws IOException, JetStreamApiException {
    String key = Subjects.SHARED + "clock." + member.name();
    Instant before = Instant.now();
    bucket.put(key, "");
    Instant after = Instant.now();
    KeyValueEntry entry = bucket.get(key);
    return entry == null ? Duration.ZERO
        : Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), entry.getCreated().toInstant());
  }

  @Override
  public String operator() {
    return member.name();
  }

  @Override
  public States states(Set<HostName> hosts) throws FleetException {
    Map<HostName, Received> latest = new ConcurrentHashMap<>();
    readAll(STATES, "the states of hosts", entry -> received(entry).filter(received -> hosts.contains(received.sender()))
        .ifPresent(received -> latest.put(received.sender(), received)));
    return new States(latest, Map.of());
  }

  /** Reads all that is kept under some keys, in one stream instead of a question for each. */
  private void readAll(String keys, String what, Consumer<KeyValueEntry> told) throws FleetException {
    CountDownLatch read = new CountDownLatch(1);
    try (Watching all = new Watching(keys, told, read::countDown)) {
      all.begin();
      if (!read.await(READING.toSeconds(), TimeUnit.SECONDS)) {
        throw new FleetException("the fleet's server does not answer within " + READING.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw failure(what + " cannot be read", e);
    }
  }

  /** What a host said; empty where the key is no host's. */
  private Optional<Received> received(KeyValueEntry entry) {
    String name = entry.getKey().substring(Subjects.STATE.length());
    return HostName.fits(name) ? Optional.of(new Received(new HostName(name), text(entry), entry.getCreated().toInstant().minus(serverAhead))) : Optional.empty();
  }

  @Override
  public AutoCloseable watch(Set<HostName> hosts, Consumer<Received> told) throws FleetException {
    Watching begun = new Watching(STATES, entry -> received(entry).filter(received -> hosts.contains(received.sender())).ifPresent(told), () -> {});
    try {
      begun.begin();
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw failure("the states of hosts cannot be read", e);
    }
    watching.add(begun);
    return () -> {
      watching.remove(begun);
      begun.close();
    };
  }

  /** A subscription to what is kept under some keys. It does not survive that the server was away: it is begun anew, and tells everything again. */
  private final class Watching implements KeyValueWatcher, AutoCloseable {
    private final String keys;
    private final Consumer<KeyValueEntry> told;
    private final Runnable all;
    private Optional<AutoCloseable> subscription = Optional.empty();
    private boolean isClosed;

    Watching(String keys, Consumer<KeyValueEntry> told, Runnable all) {
      this.keys = keys;
      this.told = told;
      this.all = all;
    }

    synchronized void begin() throws IOException, JetStreamApiException {
      end();
      if (!isClosed) {
        try {
          subscription = Optional.of(bucket.watch(keys, this));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("wnm is to end", e);
        }
      }
    }

    private void end() {
      subscription.ifPresent(before -> {
        try {
          before.close();
        } catch (Exception gone) {
          // With the connection that it was of.
        }
      });
      subscription = Optional.empty();
    }

    @Override
    public void watch(KeyValueEntry entry) {
      if (entry.getOperation() == KeyValueOperation.PUT) {
        told.accept(entry);
      }
    }

    @Override
    public void endOfData() {
      all.run();
    }

    @Override
    public synchronized void close() {
      isClosed = true;
      end();
    }
  }

  /** An older form, which the library calls no more. */
  @Override
  @Deprecated
  public void connectionEvent(Connection with, Events type) {}

  @Override
  public void connectionEvent(Connection with, Events type, Long time, String uri) {
    if (type == Events.RECONNECTED && !watching.isEmpty()) {
      daemon(() -> watching.forEach(each -> {
        try {
          each.begin();
        } catch (IOException | JetStreamApiException | IllegalStateException gone) {
          // With the next connection.
        }
      }), "wnm-fleet-watch");
    }
  }

  @Override
  public Records records() {
    return new Records() {
      @Override
      public Optional<Kept> read(String key) throws FleetException {
        return NatsOperatorLink.this.read(Subjects.SHARED + key, key);
      }

      @Override
      public long write(String key, String text, long expected) throws FleetException {
        return NatsOperatorLink.this.write(Subjects.SHARED + key, key, text, expected);
      }

      @Override
      public void delete(String key, long expected) throws FleetException {
        try {
          bucket.delete(Subjects.SHARED + key, expected);
        } catch (JetStreamApiException e) {
          throw conflict(key, e);
        } catch (IOException | IllegalStateException e) {
          throw failure(key + " cannot be deleted", e);
        }
      }

      @Override
      public SortedMap<String, Kept> all(String beginning) throws FleetException {
        SortedMap<String, Kept> all = new ConcurrentSkipListMap<>();
        readAll(Subjects.SHARED + beginning + ">", "what operators share",
            entry -> all.put(entry.getKey().substring(Subjects.SHARED.length()), new Kept(text(entry), entry.getRevision())));
        return all;
      }
    };
  }

  private Optional<Kept> read(String key, String what) throws FleetException {
    try {
      KeyValueEntry entry = bucket.get(key);
      return entry == null ? Optional.empty() : Optional.of(new Kept(text(entry), entry.getRevision()));
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw failure(what + " cannot be read", e);
    }
  }

  private long write(String key, String what, String text, long expected) throws FleetException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return expected == Kept.NONE ? bucket.create(key, bytes) : bucket.update(key, bytes, expected);
    } catch (JetStreamApiException e) {
      throw conflict(what, e);
    } catch (IOException | IllegalStateException e) {
      throw failure("it is not known whether " + what + " was written", e);
    }
  }

  private FleetException conflict(String what, JetStreamApiException e) {
    return e.getApiErrorCode() == WRONG_LAST_SEQUENCE ? new ConflictException(what) : failure(what + " cannot be changed", e);
  }

  @Override
  public Optional<Kept> wish(HostName host) throws FleetException {
    return read(Subjects.WISH + host, "the wish for " + host);
  }

  @Override
  public long wish(Wish wish, long expected) throws FleetException {
    return write(Subjects.WISH + wish.host(), "the wish for " + wish.host(), WishJson.write(wish), expected);
  }

  @Override
  public Reply ask(HostName host, Question question, Duration most) throws FleetException {
    try {
      Message answer = connection.requestWithTimeout(Subjects.ask(host), TalkJson.write(question).getBytes(StandardCharsets.UTF_8), most)
          .get(most.toMillis() + Lines.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return TalkJson.readReply(new String(answer.getData(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } catch (TimeoutException e) {
      throw silence(host, most, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TimeoutException ? silence(host, most, e)
          : new FleetException(host + " is not connected to the fleet's server now", e);
    } catch (UnreadableException wrong) {
      throw new FleetException(host + ": " + wrong.getMessage(), wrong);
    } catch (IllegalStateException e) {
      throw failure(host + " cannot be asked", e);
    }
  }

  private static FleetException silence(HostName host, Duration most, Exception e) {
    return new FleetException(host + " does not answer within " + most.toSeconds() + " s", e);
  }

  private FleetException failure(String what, Exception e) {
    return new FleetException(what + ": the fleet's server: " + lines.why(Optional.ofNullable(connection), e), e);
  }

  private static String text(KeyValueEntry entry) {
    String text = entry.getValueAsString();
    return text == null ? "" : text;
  }

  /**
   * Nobody waits for it: whatever an operator wrote is known to be kept or was told to have failed, and the library waits up to a second for the end
   * of a thread of its own that reads by TLS.
   */
  @Override
  public void close() {
    watching.forEach(Watching::close);
    if (connection != null) {
      daemon(this::disconnect, "wnm-fleet-close");
    }
  }

  private void disconnect() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
