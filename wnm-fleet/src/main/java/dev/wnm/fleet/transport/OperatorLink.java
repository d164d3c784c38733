package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** An operator's end of a transport. Safe to use by several threads. */
public interface OperatorLink extends AutoCloseable {
  /** Who that is, as the transport proves it to others: small letters, digits and {@code -}. */
  String operator();

  /** What operators share. */
  Records records();

  /** What came of asking all hosts: the latest of each, and why of some there is nothing new. */
  record States(Map<HostName, Received> latest, Map<HostName, String> troubles) {
    public States {
      latest = Map.copyOf(latest);
      troubles = Map.copyOf(troubles);
    }
  }

  /**
   * The latest state of each host.
   *
   * @param hosts whom it is about
   * @throws FleetException when nothing can be known of any
   */
  States states(Set<HostName> hosts) throws FleetException;

  /**
   * Tells of states from now on, the latest first. Where states do not arrive by themselves, all hosts are asked again and again. After an
   * interruption everything is told again.
   *
   * @param hosts whom it is about
   * @param told is told by a thread of the transport; has to be quick
   * @return ends it when closed
   */
  AutoCloseable watch(Set<HostName> hosts, Consumer<Received> told) throws FleetException;

  /** What is wished of a host, as it is kept. */
  Optional<Kept> wish(HostName host) throws FleetException;

  /**
   * Wishes something of a host. It gets it as soon as it can be reached.
   *
   * @param expected the revision of the wish before
   * @return the new revision
   * @throws ConflictException when somebody else has wished something since
   */
  long wish(Wish wish, long expected) throws FleetException;

  /**
   * Asks one host.
   *
   * @param most how long to wait
   * @return what it said
   * @throws FleetException when it said nothing in that time
   */
  Reply ask(HostName host, Question question, Duration most) throws FleetException;

  @Override
  void close();
}
