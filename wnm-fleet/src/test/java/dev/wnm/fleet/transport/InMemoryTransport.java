package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A transport within one JVM, for tests of what uses one. */
public final class InMemoryTransport implements FleetTransport {
  private final Map<String, Kept> kept = new TreeMap<>();
  private final Map<HostName, Received> states = new TreeMap<>();
  private final Map<HostName, HostDesk> hosts = new TreeMap<>();
  private final Set<HostName> members = new HashSet<>();
  private final List<Consumer<Received>> watching = new ArrayList<>();
  private long revisions;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public TransportTraits traits() {
    return new TransportTraits(true, true, false, true);
  }

  @Override
  public List<String> init(Path folder, Founding founding) {
    return List.of();
  }

  @Override
  public synchronized Invited invite(Path folder, HostName host, Labels labels, String address) {
    members.add(host);
    return new Invited(new Invitation("memory", name(), host, labels, Map.of()), List.of());
  }

  @Override
  public void join(Path folder, Invitation invitation) {}

  @Override
  public synchronized List<String> revoke(Path folder, HostName host) throws FleetException {
    if (!members.remove(host)) {
      throw new FleetException("there is no host " + host);
    }
    return List.of();
  }

  /** What a host says, whoever it says it is. */
  synchronized HostLink.Said hear(HostName sender, String text) {
    if (!members.contains(sender)) {
      return HostLink.Said.not(sender + " is not let in");
    }
    Received received = new Received(sender, text, Instant.now());
    states.put(sender, received);
    watching.forEach(told -> told.accept(received));
    return HostLink.Said.OUT;
  }

  @Override
  public HostLink serve(Path folder, HostDesk desk) throws FleetException {
    HostName host = desk.state().host();
    Optional<Kept> wish;
    synchronized (this) {
      hosts.put(host, desk);
      wish = members.contains(host) ? Optional.ofNullable(kept.get("wish." + host)) : Optional.empty();
    }
    wish.ifPresent(text -> desk.take(read(text)));
    return new HostLink() {
      @Override
      public Said say(HostState state) {
        return hear(host, HostStateJson.write(state));
      }

      @Override
      public void close() {
        synchronized (InMemoryTransport.this) {
          hosts.remove(host);
        }
      }
    };
  }

  private static Wish read(Kept wish) {
    try {
      return WishJson.read(wish.text());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public OperatorLink operate(Path folder) {
    return new Operator();
  }

  private synchronized Optional<Kept> readKept(String key) {
    return Optional.ofNullable(kept.get(key));
  }

  private synchronized long writeKept(String key, String what, String text, long expected) throws ConflictException {
    if (readKept(key).map(Kept::revision).orElse(Kept.NONE) != expected) {
      throw new ConflictException(what);
    }
    kept.put(key, new Kept(text, ++revisions));
    return revisions;
  }

  private final class Operator implements OperatorLink, Records {
    @Override
    public String operator() {
      return "anna";
    }

    @Override
    public Records records() {
      return this;
    }

    @Override
    public Optional<Kept> read(String key) {
      return readKept("shared." + key);
    }

    @Override
    public long write(String key, String text, long expected) throws ConflictException {
      return writeKept("shared." + key, key, text, expected);
    }

    @Override
    public void delete(String key, long expected) throws ConflictException {
      synchronized (InMemoryTransport.this) {
        if (read(key).map(Kept::revision).orElse(Kept.NONE) != expected) {
          throw new ConflictException(key);
        }
        kept.remove("shared." + key);
      }
    }

    @Override
    public SortedMap<String, Kept> all(String beginning) {
      SortedMap<String, Kept> all = new TreeMap<>();
      synchronized (InMemoryTransport.this) {
        kept.keySet().stream().filter(key -> key.startsWith("shared." + beginning)).forEach(key -> all.put(key.substring("shared.".length()), kept.get(key)));
      }
      return all;
    }

    @Override
    public States states(Set<HostName> asked) {
      synchronized (InMemoryTransport.this) {
        Map<HostName, Received> latest = new TreeMap<>(states);
        latest.keySet().retainAll(asked);
        return new States(latest, Map.of());
      }
    }

    @Override
    public AutoCloseable watch(Set<HostName> asked, Consumer<Received> told) {
      synchronized (InMemoryTransport.this) {
        Consumer<Received> mine = received -> {
          if (asked.contains(received.sender())) {
            told.accept(received);
          }
        };
        states.values().forEach(mine);
        watching.add(mine);
        return () -> {
          synchronized (InMemoryTransport.this) {
            watching.remove(mine);
          }
        };
      }
    }

    @Override
    public Optional<Kept> wish(HostName host) {
      return readKept("wish." + host);
    }

    @Override
    public long wish(Wish wish, long expected) throws FleetException {
      long revision = writeKept("wish." + wish.host(), "the wish for " + wish.host(), WishJson.write(wish), expected);
      Optional<HostDesk> desk;
      synchronized (InMemoryTransport.this) {
        desk = members.contains(wish.host()) ? Optional.ofNullable(hosts.get(wish.host())) : Optional.empty();
      }
      if (desk.isPresent()) {
        desk.get().take(wish);
        hear(wish.host(), HostStateJson.write(desk.get().state()));
      }
      return revision;
    }

    @Override
    public Reply ask(HostName host, Question question, Duration most) throws FleetException {
      HostDesk desk;
      synchronized (InMemoryTransport.this) {
        desk = Optional.ofNullable(hosts.get(host)).orElseThrow(() -> new FleetException(host + " is not there"));
      }
      try {
        return CompletableFuture.supplyAsync(() -> desk.answer(question)).get(most.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new FleetException(host + " does not answer within " + most.toSeconds() + " s", e);
      } catch (ExecutionException e) {
        return Reply.refusal("this is a defect of wnm: " + e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FleetException("interrupted", e);
      }
    }

    @Override
    public void close() {}
  }
}
