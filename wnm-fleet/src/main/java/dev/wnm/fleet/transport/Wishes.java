package dev.wnm.fleet.transport;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishJson;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes what is wished of hosts: each change is one to what is kept at that moment, whoever wrote it. */
public final class Wishes {
  private static final int TRIES = 4;

  private final OperatorLink link;
  private final Clock clock;

  public Wishes(OperatorLink link, Clock clock) {
    this.link = link;
    this.clock = clock;
  }

  /** What is wished of a host; empty where that is nothing. */
  public Optional<Wish> of(HostName host) throws FleetException {
    Optional<Kept> kept = link.wish(host);
    return kept.isEmpty() ? Optional.empty() : Optional.of(read(host, kept.get()));
  }

  /**
   * Changes it.
   *
   * @param change is given what is wished now, and gives what is to be wished instead; its generation and who wrote it do not matter
   * @return what is wished now
   * @throws ConflictException when others change it all the time
   */
  public Wish change(HostName host, UnaryOperator<Wish> change) throws FleetException {
    return change(host, change, 0);
  }

  /** The same; where nothing changes, it is wished once more unless that was done in this generation or later: who has refused it tries again. */
  public Wish change(HostName host, UnaryOperator<Wish> change, long since) throws FleetException {
    for (int tries = 1;; tries++) {
      Optional<Kept> kept = link.wish(host);
      Wish before = kept.isEmpty() ? Wish.nothing(host, link.operator(), clock.instant()) : read(host, kept.get());
      Wish after = change.apply(before);
      if (kept.isPresent() && after.wantsTheSameAs(before) && before.generation() >= since) {
        return before;
      }
      Wish next = kept.isEmpty() ? after : after.next(link.operator(), clock.instant());
      try {
        link.wish(next, kept.map(Kept::revision).orElse(Kept.NONE));
        return next;
      } catch (ConflictException busy) {
        if (tries == TRIES) {
          throw busy;
        }
      }
    }
  }

  /** Wishes nothing of a host any more. */
  public void forget(HostName host) throws FleetException {
    if (link.wish(host).isPresent()) {
      change(host, Wish::withNothing);
    }
  }

  private static Wish read(HostName host, Kept kept) throws FleetException {
    try {
      Wish wish = WishJson.read(kept.text());
      if (!wish.host().equals(host)) {
        throw new FleetException("what is wished of " + host + " is a wish for " + wish.host());
      }
      return wish;
    } catch (UnreadableException wrong) {
      throw new FleetException("what is wished of " + host + " cannot be read: " + wrong.getMessage(), wrong);
    }
  }
}
