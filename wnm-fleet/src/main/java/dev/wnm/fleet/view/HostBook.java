package dev.wnm.fleet.view;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.Received;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was heard of the hosts of a fleet, and what is believed because of it. States may come late, twice, in another order, under another's
 * name, from a machine whose clock is wrong, or from two machines that are copies of one. Safe to use by several threads.
 */
public final class HostBook {
  /** A host that is silent for so many of its intervals is not believed to be as it said. */
  private static final int INTERVALS = 3;
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(90);
  /** Clocks that differ by less are right. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private final Map<HostName, Page> pages = new TreeMap<>();

  /** What was heard of one host. */
  private static final class Page {
    private Optional<HostState> state = Optional.empty();
    private Optional<Instant> heard = Optional.empty();
    private final Set<String> boots = new HashSet<>();
    private Optional<String> twin = Optional.empty();
    private Optional<String> odd = Optional.empty();
    private Optional<String> trouble = Optional.empty();
  }

  /** Expects states of these, and of no others. */
  public HostBook(Set<HostName> hosts) {
    hosts.forEach(host -> pages.put(host, new Page()));
  }

  /** Takes down what came. @return whether it is news of a host of this book */
  public boolean hear(Received received) {
    Page page = pages.get(received.sender());
    if (page == null) {
      return false;
    }
    try {
      // Most of what this takes: several threads may do it at once.
      HostState said = HostStateJson.read(received.text());
      synchronized (this) {
        return hear(page, said, received);
      }
    } catch (UnreadableException wrong) {
      synchronized (this) {
        page.odd = Optional.of("what came last under its name cannot be read: " + wrong.getMessage());
        return true;
      }
    }
  }

  private static boolean hear(Page page, HostState said, Received received) {
    if (!said.host().equals(received.sender())) {
      page.odd = Optional.of("it sent a state in the name of " + said.host() + ", which is not believed");
      return true;
    }
    HostState.Run run = said.run();
    Optional<HostState.Run> before = page.state.map(HostState::run);
    boolean isOtherMachine = before.isPresent() && !before.get().hostId().equals(run.hostId());
    boolean isKnownBoot = page.boots.contains(run.bootId());
    page.boots.add(run.bootId());
    if (before.isPresent() && !isOtherMachine && run.sequence() <= before.get().sequence()) {
      // A machine that came up anew goes on counting: with a boot of its own and a number that was there, this is another one.
      if (!isKnownBoot) {
        page.twin = Optional.of(run.bootId());
      }
      return false;
    }
    boolean isBack = before.isPresent() && isKnownBoot && !before.get().bootId().equals(run.bootId());
    if (isOtherMachine || isBack) {
      page.twin = Optional.of(run.bootId());
    }
    page.twin = run.twin().or(() -> page.twin);
    page.odd = Optional.empty();
    page.trouble = Optional.empty();
    page.state = Optional.of(said);
    page.heard = Optional.of(received.at());
    return true;
  }

  /** Takes down why a host could not be asked. */
  public synchronized void miss(HostName host, String why) {
    Page page = pages.get(host);
    if (page != null) {
      page.trouble = Optional.of(why);
    }
  }

  /** The hosts, by name. @param now by the clock by which what came was timed */
  public synchronized List<HostRow> rows(Instant now) {
    Map<String, List<HostName>> byId = pages.entrySet().stream().filter(entry -> entry.getValue().state.isPresent())
        .collect(Collectors.groupingBy(entry -> entry.getValue().state.orElseThrow().run().hostId(), LinkedHashMap::new,
            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    return pages.entrySet().stream().map(entry -> {
      List<HostName> same = entry.getValue().state.map(state -> byId.getOrDefault(state.run().hostId(), List.of())).orElse(List.of()).stream()
          .filter(other -> !other.equals(entry.getKey())).toList();
      return row(entry.getKey(), entry.getValue(), same, now);
    }).toList();
  }

  private static HostRow row(HostName name, Page page, List<HostName> same, Instant now) {
    List<String> remarks = new ArrayList<>();
    page.odd.ifPresent(remarks::add);
    page.trouble.ifPresent(remarks::add);
    page.twin.ifPresent(boot -> remarks.add("two machines speak as " + name + ": one is a copy of the other's disk (boot " + boot
        + "); stop wnm on one, and join it anew under a name of its own"));
    if (!same.isEmpty()) {
      remarks.add("it has the identity of " + same.stream().map(HostName::text).collect(Collectors.joining(", "))
          + ": one disk is a copy of the other; stop wnm on one, and join it anew");
    }
    page.state.map(HostState::answer).ifPresent(answer -> {
      if (answer.outcome() == WishAnswer.Outcome.REFUSED) {
        remarks.add("it refuses what is wished of it: " + answer.reason());
      } else if (answer.outcome() == WishAnswer.Outcome.PENDING) {
        remarks.add("what is wished of it waits: " + answer.reason());
      }
    });
    Optional<Duration> skew = page.state.flatMap(state -> page.heard.map(heard -> Duration.between(heard, state.at())));
    skew.filter(HostBook::isWrong).ifPresent(off -> remarks.add("its clock is " + Human.time(off.abs()) + (off.isNegative() ? " behind" : " ahead")
        + "; ages are told by when its states came"));
    return new HostRow(name, belief(page, same, now), page.state, page.heard, skew, now, remarks);
  }

  /** A state that came long after it was sent looks like a clock that is behind. */
  private static boolean isWrong(Duration skew) {
    return skew.abs().compareTo(TOLERANCE) > 0;
  }

  static boolean isSilent(HostState state, Instant heard, Instant now) {
    Duration usual = state.interval().multipliedBy(INTERVALS);
    Duration patience = usual.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : usual;
    return heard.plus(patience).isBefore(now);
  }

  private static Belief belief(Page page, List<HostName> same, Instant now) {
    if (page.twin.isPresent() || !same.isEmpty()) {
      return Belief.DOUBLE;
    }
    if (page.odd.isPresent()) {
      return Belief.ODD;
    }
    if (page.state.isEmpty() || page.heard.isEmpty()) {
      return Belief.NEVER;
    }
    if (page.trouble.isPresent()) {
      return Belief.SILENT;
    }
    if (isSilent(page.state.get(), page.heard.get(), now)) {
      return Belief.SILENT;
    }
    return switch (page.state.get().outlook().verdict()) {
      case "well" -> Belief.WELL;
      case "trouble" -> Belief.TROUBLE;
      default -> Belief.UNKNOWN;
    };
  }
}
