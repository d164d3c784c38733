package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import java.nio.file.Path;
import java.util.Optional;

class InMemoryTransportTest extends FleetTransportContract {
  @Override
  protected FleetRig rig() {
    InMemoryTransport transport = new InMemoryTransport();
    return new FleetRig() {
      @Override
      public FleetTransport transport() {
        return transport;
      }

      @Override
      public Path operator() {
        return Path.of("anna");
      }

      @Override
      public Path join(HostName host) {
        transport.invite(operator(), host, Labels.NONE, "");
        return Path.of(host.text());
      }

      @Override
      public void revoke(HostName host) throws FleetException {
        transport.revoke(operator(), host);
      }

      @Override
      public HostEnd begin(HostName host, HostDesk desk) throws FleetException {
        HostLink link = transport.serve(Path.of(host.text()), desk);
        return new HostEnd() {
          @Override
          public HostLink.Said say() throws FleetException {
            return link.say(desk.state());
          }

          @Override
          public void close() {
            link.close();
          }
        };
      }

      @Override
      public Optional<Server> server() {
        return Optional.empty();
      }

      @Override
      public Optional<String> forge(HostName thief, HostName victim, String text) {
        return Optional.of(transport.hear(thief, text).trouble());
      }

      @Override
      public void close() {}
    };
  }
}
