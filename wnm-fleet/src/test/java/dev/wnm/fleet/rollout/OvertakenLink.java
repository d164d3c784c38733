package dev.wnm.fleet.rollout;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.Records;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An operator who is slow: between a decision and the first wish that follows from it, another one acts. */
record OvertakenLink(OperatorLink link, Act other, AtomicBoolean acted) implements OperatorLink {
  /** What the other one does. */
  @FunctionalInterface
  interface Act {
    void run() throws FleetException;
  }

  OvertakenLink(OperatorLink link, Act other) {
    this(link, other, new AtomicBoolean());
  }

  @Override
  public Optional<Kept> wish(HostName host) throws FleetException {
    if (acted.compareAndSet(false, true)) {
      other.run();
    }
    return link.wish(host);
  }

  @Override
  public long wish(Wish wish, long expected) throws FleetException {
    return link.wish(wish, expected);
  }

  @Override
  public String operator() {
    return link.operator();
  }

  @Override
  public Records records() {
    return link.records();
  }

  @Override
  public States states(Set<HostName> hosts) throws FleetException {
    return link.states(hosts);
  }

  @Override
  public AutoCloseable watch(Set<HostName> hosts, Consumer<Received> told) throws FleetException {
    return link.watch(hosts, told);
  }

  @Override
  public Reply ask(HostName host, Question question, Duration most) throws FleetException {
    return link.ask(host, question, most);
  }

  @Override
  public void close() {
    link.close();
  }
}
