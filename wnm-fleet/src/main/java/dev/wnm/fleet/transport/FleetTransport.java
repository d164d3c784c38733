package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A way to reach the hosts of a fleet. Found by {@link java.util.ServiceLoader}; its name stands in the fleet's file {@code fleet.json}. What it
 * keeps of itself, keys among it, is in a folder of the operator's or of the host's that nobody else may read. Safe to use by several threads, in
 * one process.
 */
public interface FleetTransport {
  /** Such as {@code nats}: small letters and digits. */
  String name();

  /** What it can do. */
  TransportTraits traits();

  /**
   * Begins a fleet in an operator's folder.
   *
   * @return what to do next, a line each: a command, or a sentence that begins with {@code #}
   * @throws FleetException when it cannot begin, in a sentence that says what to do; nothing is left behind then
   * @throws IOException when the folder cannot be written
   */
  List<String> init(Path folder, Founding founding) throws FleetException, IOException;

  /** What came of letting somebody in: what that one is to be given, and what to do next. */
  record Invited(Invitation invitation, List<String> next) {
    public Invited {
      next = List.copyOf(next);
    }
  }

  /**
   * Lets a host in; once more for one that was let in before, whose earlier invitation counts no more.
   *
   * @param address where it is dialled, for a transport that dials; empty for its name
   */
  Invited invite(Path folder, HostName host, Labels labels, String address) throws FleetException, IOException;

  /** Puts what an invitation brings into a host's folder. */
  void join(Path folder, Invitation invitation) throws FleetException, IOException;

  /**
   * Brings who is let in by an operator's folder into line with who is of the fleet: folders are copied, and others have changed theirs since.
   * Who is of the fleet no more is put out.
   *
   * @param members all hosts that are of the fleet
   * @return members that this folder cannot let in, as another has invited them
   */
  default Set<HostName> reconcile(Path folder, Set<HostName> members) throws FleetException, IOException {
    return Set.of();
  }

  /** Lets a host in no more. @return what to do next, as in {@link #init} */
  List<String> revoke(Path folder, HostName host) throws FleetException, IOException;

  /**
   * Begins as an operator.
   *
   * @throws FleetException when it cannot begin, in a sentence that says what to do
   * @throws IOException when the folder cannot be read
   */
  OperatorLink operate(Path folder) throws FleetException, IOException;

  /**
   * Begins as a host: takes wishes and answers questions until it is closed. A lost connection is mended by itself, and is no failure of
   * anything but what is asked for at that time.
   *
   * @param folder the host's folder of this fleet
   * @param desk answers for the host; is asked by threads of the transport
   * @throws FleetException when it cannot begin, in a sentence that says what to do
   * @throws IOException when the folder cannot be read
   */
  HostLink serve(Path folder, HostDesk desk) throws FleetException, IOException;
}
