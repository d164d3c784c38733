package dev.wnm.fleet.nats;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the fleet's server is started with: a folder beside the operator's files, to be run there or to be copied to where it shall run. */
final class ServerFolder {
  static final String NAME = "server";
  private static final String HOSTS = "hosts";
  private static final String USERS = "users.conf";
  private static final int DIGITS = 8;

  private final PrivateFolder folder;
  private final String fleet;

  private ServerFolder(PrivateFolder folder, String fleet) {
    this.folder = folder;
    this.fleet = fleet;
  }

  static ServerFolder of(PrivateFolder operators, String fleet) throws IOException {
    return new ServerFolder(PrivateFolder.at(operators.file(NAME)), fleet);
  }

  PrivateFolder files() {
    return folder;
  }

  /** What the certificate of an operator says. */
  static String operator(String name, String fleet) {
    return name + ".operator." + fleet + ".wnm";
  }

  /** What the certificate of a host's next invitation is to say: another name each time, so that an earlier one counts no more. */
  String nameFor(HostName host) {
    return host + "." + UUID.randomUUID().toString().substring(0, DIGITS) + ".host." + fleet + ".wnm";
  }

  void configure(String operator, int port) throws IOException {
    folder.write("nats.conf", """
        # The server of the fleet %1$s. Written by 'wnm fleet init'; start it in this folder: nats-server -c nats.conf
        # It listens everywhere, and answers to nobody without a certificate of this fleet.
        server_name: "wnm-fleet-%1$s"
        listen: "0.0.0.0:%2$d"
        pid_file: "nats.pid"
        jetstream { store_dir: "data", max_memory_store: 64MB, max_file_store: 1GB }
        tls {
          cert_file: "server.pem"
          key_file: "server.key"
          ca_file: "authority.pem"
          verify_and_map: true
          timeout: 10
        }
        # Who may do what; written anew by 'wnm fleet invite' and 'revoke', and read by 'nats-server --signal reload'.
        authorization { include "%3$s" }
        """.formatted(fleet, port, USERS));
    folder.write("operator", operator + "\n");
    writeUsers();
  }

  /** Lets a host in, by the certificate of this name and no other. */
  void add(HostName host, String name) throws IOException {
    TreeMap<String, String> names = names();
    names.put(host.text(), name);
    keep(names);
  }

  /** Lets it in no more. @return whether it was let in before */
  boolean remove(HostName host) throws IOException {
    TreeMap<String, String> names = names();
    boolean wasThere = names.remove(host.text()) != null;
    keep(names);
    return wasThere;
  }

  /** Lets in nobody but these. @return those of them of whose certificate this folder knows nothing */
  Set<HostName> keepOnly(Set<HostName> hosts) throws IOException {
    TreeMap<String, String> names = names();
    if (names.keySet().removeIf(name -> !hosts.contains(new HostName(name)))) {
      keep(names);
    }
    return hosts.stream().filter(host -> !names.containsKey(host.text())).collect(Collectors.toCollection(TreeSet::new));
  }

  private void keep(TreeMap<String, String> names) throws IOException {
    folder.write(HOSTS, names.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue() + "\n").collect(Collectors.joining()));
    writeUsers();
  }

  /** What the certificates of the hosts say that are let in, by host. */
  TreeMap<String, String> names() throws IOException {
    TreeMap<String, String> names = new TreeMap<>();
    folder.read(HOSTS).orElse("").lines().map(line -> line.split(" ")).filter(words -> words.length == 2 && HostName.fits(words[0]))
        .forEach(words -> names.put(words[0], words[1]));
    return names;
  }

  private void writeUsers() throws IOException {
    String operator = folder.read("operator").orElse("").strip();
    folder.write(USERS, Stream.concat(Stream.of("  { user: \"" + operator(operator, fleet) + "\", permissions: { publish: \">\", subscribe: \">\" } }"),
        names().entrySet().stream().map(entry -> user(new HostName(entry.getKey()), entry.getValue()))).collect(Collectors.joining("\n", "users = [\n", "\n]\n")));
  }

  /** A host may say how it stands, read what is wished of it, and answer what it is asked. Nothing of any other host is within its reach. */
  private static String user(HostName host, String name) {
    return """
          { user: "%s", permissions: {
            publish: { allow: ["%s", "%s", "%s"] }
            subscribe: { allow: ["%s.>", "%s", "%s"] }
            allow_responses: { max: 1, expires: "2m" } } }""".formatted(name, Subjects.state(host),
        Subjects.latest(Subjects.state(host)), Subjects.latest(Subjects.wish(host)), Subjects.inbox(host), Subjects.wish(host), Subjects.ask(host));
  }
}
