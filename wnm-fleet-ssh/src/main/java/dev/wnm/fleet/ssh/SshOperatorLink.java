package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostStateJson;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An operator's end: asks all hosts at once, some at a time. */
final class SshOperatorLink implements OperatorLink {
  private static final System.Logger LOG = System.getLogger(SshOperatorLink.class.getName());
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final String WISH = "wish.";

  private final Dialler dialler;
  private final Records records;
  private final LastHeard heard;
  private final String operator;
  private final Clock clock;
  private final ExecutorService calls = Executors.newFixedThreadPool(AT_ONCE, daemon("wnm-fleet-ssh"));
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(daemon("wnm-fleet-looks"));

  SshOperatorLink(Dialler dialler, Records records, LastHeard heard, String operator, Clock clock) {
    this.dialler = dialler;
    this.records = records;
    this.heard = heard;
    this.operator = operator;
    this.clock = clock;
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public String operator() {
    return operator;
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public States states(Set<HostName> hosts) throws FleetException {
    Map<HostName, Future<Received>> asked = hosts.stream().collect(Collectors.toMap(host -> host, host -> calls.submit(() -> state(host))));
    Map<HostName, Received> latest = new ConcurrentHashMap<>();
    Map<HostName, String> troubles = new ConcurrentHashMap<>();
    for (Map.Entry<HostName, Future<Received>> each : asked.entrySet()) {
      try {
        latest.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        troubles.put(each.getKey(), String.valueOf(e.getCause().getMessage()));
        Optional.of(each.getKey()).filter(dialler::knows).flatMap(heard::latest).ifPresent(before -> latest.put(each.getKey(), before));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FleetException("wnm is to end", e);
      }
    }
    return new States(latest, troubles);
  }

  /** A wish that a host has not seen yet is brought along. */
  private Received state(HostName host) throws FleetException {
    Optional<Kept> wish = wish(host);
    String said = dialler.call(host, new Call(Call.Kind.STATE, ""), LIMIT);
    if (wish.isPresent() && isNews(host, wish.get().text(), said)) {
      said = dialler.call(host, new Call(Call.Kind.WISH, wish.get().text()), LIMIT);
    }
    Received received = new Received(host, said, clock.instant());
    heard.keep(received);
    return received;
  }

  private static boolean isNews(HostName host, String wish, String state) {
    try {
      return WishJson.read(wish).generation() > HostStateJson.read(state).answer().generation();
    } catch (UnreadableException wrong) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", host, wrong.getMessage());
      return false;
    }
  }

  @Override
  public AutoCloseable watch(Set<HostName> hosts, Consumer<Received> told) {
    Future<?> looking = looks.scheduleWithFixedDelay(() -> look(hosts, told), 0, BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
    return () -> looking.cancel(true);
  }

  /** Each is told when it has answered, whatever others take; this ends when all have, or cannot be reached. */
  private void look(Set<HostName> hosts, Consumer<Received> told) {
    List<Future<?>> asked = hosts.stream().<Future<?>>map(host -> calls.submit(() -> {
      Received received = state(host);
      synchronized (told) {
        told.accept(received);
      }
      return received;
    })).toList();
    for (Future<?> each : asked) {
      try {
        each.get();
      } catch (ExecutionException away) {
        LOG.log(System.Logger.Level.DEBUG, "a host cannot be looked at: {0}", away.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public Optional<Kept> wish(HostName host) throws FleetException {
    return records.read(WISH + host);
  }

  /** It is kept here first, and brought to the host now where that can be reached, else with the next look. */
  @Override
  public long wish(Wish wish, long expected) throws FleetException {
    String text = WishJson.write(wish);
    long revision;
    try {
      revision = records.write(WISH + wish.host(), text, expected);
    } catch (ConflictException e) {
      throw new ConflictException("the wish for " + wish.host());
    }
    calls.submit(() -> {
      try {
        dialler.call(wish.host(), new Call(Call.Kind.WISH, text), LIMIT);
      } catch (FleetException away) {
        LOG.log(System.Logger.Level.DEBUG, "a wish waits: {0}", away.getMessage());
      }
    });
    return revision;
  }

  @Override
  public Reply ask(HostName host, Question question, Duration most) throws FleetException {
    String answer = dialler.call(host, new Call(Call.Kind.ASK, TalkJson.write(question)), most);
    try {
      return TalkJson.readReply(answer);
    } catch (UnreadableException wrong) {
      throw new FleetException(host + ": " + wrong.getMessage(), wrong);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    calls.shutdownNow();
  }
}
