package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import java.nio.file.Path;
import java.util.Optional;

/** A transport with all that it needs, for {@link FleetTransportContract}: a fleet that was begun by the operator {@code anna}. */
public interface FleetRig extends AutoCloseable {
  /** What is tried. */
  FleetTransport transport();

  /** The folder of the operator. */
  Path operator();

  /** Invites a host and lets it join. @return its folder */
  Path join(HostName host) throws Exception;

  /** Lets a host in no more, and has whatever serves know. */
  void revoke(HostName host) throws Exception;

  /** Makes a host that has joined be there. */
  HostEnd begin(HostName host, HostDesk desk) throws Exception;

  /** A host that is there. */
  interface HostEnd extends AutoCloseable {
    /** Has it say how it stands, where the transport does not ask. @return what came of it */
    HostLink.Said say() throws FleetException;

    @Override
    void close();
  }

  /** What switches the server off and on again; empty for a transport that needs none. */
  Optional<Server> server();

  /** The server. */
  interface Server {
    /** Ends it at once. */
    void kill() throws Exception;

    /** Starts it again, with what it had on its disk. */
    void start() throws Exception;
  }

  /** Has one host say something in the name of another, with all that it has. @return what it was told; empty where it cannot even try */
  Optional<String> forge(HostName thief, HostName victim, String text) throws Exception;

  @Override
  void close() throws Exception;
}
