package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Founding;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.InMemoryTransport;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.TransportTraits;
import java.nio.file.Path;
import java.util.List;

/** The transport {@code memory} of the class path: one in memory that commands and a test have in common. Each test begins with a new one. */
public final class MemoryFleet implements FleetTransport {
  private static volatile InMemoryTransport current = new InMemoryTransport();

  static void beginAnew() {
    current = new InMemoryTransport();
  }

  @Override
  public String name() {
    return current.name();
  }

  @Override
  public TransportTraits traits() {
    return current.traits();
  }

  @Override
  public List<String> init(Path folder, Founding founding) {
    return current.init(folder, founding);
  }

  @Override
  public Invited invite(Path folder, HostName host, Labels labels, String address) {
    return current.invite(folder, host, labels, address);
  }

  @Override
  public void join(Path folder, Invitation invitation) {
    current.join(folder, invitation);
  }

  @Override
  public List<String> revoke(Path folder, HostName host) throws FleetException {
    return current.revoke(folder, host);
  }

  @Override
  public OperatorLink operate(Path folder) {
    return current.operate(folder);
  }

  @Override
  public HostLink serve(Path folder, HostDesk desk) throws FleetException {
    return current.serve(folder, desk);
  }
}
