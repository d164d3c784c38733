package dev.wnm.fleet.nats;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Founding;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.fleet.transport.TransportTraits;
import dev.wnm.runner.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** By way of a NATS server. */
public final class NatsTransport implements FleetTransport {
  private static final String FLEET = "fleet";
  private static final String ADDRESS = "address";
  private static final int HIGHEST_PORT = 65_535;

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public TransportTraits traits() {
    return new TransportTraits(true, true, true, true);
  }

  @Override
  public List<String> init(Path path, Founding founding) throws FleetException, IOException {
    String address = founding.address();
    int colon = address.lastIndexOf(':');
    if (!address.matches("[A-Za-z0-9.:\\[\\]-]+:[0-9]{1,5}") || Integer.parseInt(address.substring(colon + 1)) > HIGHEST_PORT) {
      throw new FleetException("where the server is to be reached must be HOST:PORT, such as fleet.example.org:4222, not '" + address + "'");
    }
    PrivateFolder folder = PrivateFolder.at(path);
    Authority authority = authority(folder);
    if (authority.isThere()) {
      throw new FleetException(path + " has a fleet already");
    }
    String server = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    authority.found(founding.fleet());
    ServerFolder files = ServerFolder.of(folder, founding.fleet());
    authority.issue("server." + founding.fleet() + ".wnm", List.of(server)).keepForServer(files.files());
    files.configure(founding.operator(), Integer.parseInt(address.substring(colon + 1)));
    authority.issue(ServerFolder.operator(founding.operator(), founding.fleet()), List.of()).keep(folder);
    new Membership(founding.fleet(), founding.operator(), address).keep(folder);
    return List.of("# start the server, on " + server + "; elsewhere than here, copy the folder there first",
        "cd " + folder.file(ServerFolder.NAME) + " && nats-server -c nats.conf",
        "# then, for each host",
        "wnm fleet invite HOST --labels site=home");
  }

  @Override
  public Invited invite(Path path, HostName host, Labels labels, String address) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    Membership me = Membership.in(folder);
    ServerFolder server = ServerFolder.of(folder, me.fleet());
    String name = server.nameFor(host);
    Map<String, String> parts = new TreeMap<>(authority(folder).issue(name, List.of()).parts());
    parts.put(FLEET, me.fleet());
    parts.put(ADDRESS, me.address());
    folder.alone(() -> {
      server.add(host, name);
      return name;
    });
    return new Invited(new Invitation(me.fleet(), name(), host, labels, parts), reload(folder));
  }

  private static List<String> reload(PrivateFolder folder) {
    Path server = folder.file(ServerFolder.NAME);
    return Files.exists(server.resolve("nats.pid")) ? List.of("nats-server --signal reload=" + server.resolve("nats.pid"))
        : List.of("# where the server runs elsewhere: copy " + server.resolve("users.conf") + " there, and have it read that",
            "nats-server --signal reload");
  }

  @Override
  public void join(Path path, Invitation invitation) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    Identity identity = Identity.of(invitation.parts());
    Membership membership = new Membership(invitation.part(FLEET), invitation.host().text(), invitation.part(ADDRESS));
    identity.keep(folder);
    membership.keep(folder);
  }

  @Override
  public Set<HostName> reconcile(Path path, Set<HostName> members) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    ServerFolder server = ServerFolder.of(folder, Membership.in(folder).fleet());
    return folder.alone(() -> server.keepOnly(members));
  }

  @Override
  public List<String> revoke(Path path, HostName host) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    ServerFolder server = ServerFolder.of(folder, Membership.in(folder).fleet());
    if (!folder.alone(() -> server.remove(host))) {
      throw new FleetException("there is no host " + host + " in " + folder.path());
    }
    return reload(folder);
  }

  @Override
  public OperatorLink operate(Path path) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    return NatsOperatorLink.open(Membership.in(folder), Identity.in(folder).context());
  }

  @Override
  public HostLink serve(Path path, HostDesk desk) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    return new NatsHostLink(Membership.in(folder), Identity.in(folder).context(), desk);
  }

  private static Authority authority(PrivateFolder folder) {
    return new Authority(folder, new ProcessCommandRunner());
  }
}
