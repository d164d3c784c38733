package dev.wnm.fleet.ssh;

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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** By ssh: the operator's own configuration of ssh says how each host is reached. */
public final class SshTransport implements FleetTransport {
  private static final String RECORDS = "records";
  private static final String HEARD = "heard";
  /** Whoever has that key can have nothing else done there. */
  private static final String ALLOWED = "restrict,command=\"wnm fleet answer\"";

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public TransportTraits traits() {
    return new TransportTraits(false, true, false, false);
  }

  @Override
  public List<String> init(Path path, Founding founding) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    if (Hosts.areIn(folder)) {
      throw new FleetException(path + " has a fleet already");
    }
    Hosts.begin(folder, founding.fleet(), founding.operator());
    return List.of("# for each host, by the name that ssh has for it",
        "wnm fleet invite HOST --labels site=home",
        "# or all that ssh knows",
        "wnm fleet import ~/.ssh/config");
  }

  @Override
  public Invited invite(Path path, HostName host, Labels labels, String address) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    Hosts hosts = folder.alone(() -> {
      Hosts now = Hosts.in(folder);
      now.add(host, address.isEmpty() ? host.text() : address);
      return now;
    });
    return new Invited(new Invitation(hosts.fleet(), name(), host, labels, Map.of()),
        List.of("# there, in ~/.ssh/authorized_keys, in front of your key, so that it can do nothing else: " + ALLOWED));
  }

  @Override
  public void join(Path path, Invitation invitation) throws IOException {
    PrivateFolder.at(path);
  }

  @Override
  public List<String> revoke(Path path, HostName host) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    if (!folder.alone(() -> Hosts.in(folder).remove(host))) {
      throw new FleetException("there is no host " + host + " in " + path);
    }
    return List.of("# there, take your key out of ~/.ssh/authorized_keys");
  }

  @Override
  public OperatorLink operate(Path path) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    String operator = Hosts.in(folder).operator();
    Dialler dialler = new Dialler(folder, new ProcessCommandRunner(), () -> hosts(folder));
    return new SshOperatorLink(dialler, new FileRecords(folder.file(RECORDS)), new LastHeard(folder.file(HEARD)), operator, Clock.systemUTC());
  }

  /** As they are now: one that was taken out meanwhile is dialled no more. */
  private static Hosts hosts(PrivateFolder folder) {
    try {
      return Hosts.in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FleetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing runs there between two calls: {@link SshAnswer} is what answers. */
  @Override
  public HostLink serve(Path path, HostDesk desk) throws FleetException {
    throw new FleetException("a fleet by ssh needs no agent: its operators call when they want to know");
  }
}
