package dev.wnm.fleet.nats;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the fleet's server is started with: a folder beside the operator's files, to be run there or to be copied to where it shall run. */
final class ServerFolder {
  static final String NAME = "server";
  private static final String HOSTS = "hosts";
  private static final String USERS = "users.conf";

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

  /** What the certificate of a host says. */
  static String host(HostName name, String fleet) {
    return name + ".host." + fleet + ".wnm";
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

  /** Lets a host in. */
  void add(HostName host) throws IOException {
    TreeSet<String> hosts = new TreeSet<>(hosts());
    hosts.add(host.text());
    keep(hosts);
  }

  /** Lets it in no more. @return whether it was let in before */
  boolean remove(HostName host) throws IOException {
    TreeSet<String> hosts = new TreeSet<>(hosts());
    boolean wasThere = hosts.remove(host.text());
    keep(hosts);
    return wasThere;
  }

  private void keep(TreeSet<String> hosts) throws IOException {
    folder.write(HOSTS, hosts.stream().map(host -> host + "\n").collect(Collectors.joining()));
    writeUsers();
  }

  private List<String> hosts() throws IOException {
    return folder.read(HOSTS).orElse("").lines().filter(HostName::fits).toList();
  }

  private void writeUsers() throws IOException {
    String operator = folder.read("operator").orElse("").strip();
    folder.write(USERS, Stream.concat(Stream.of("  { user: \"" + operator(operator, fleet) + "\", permissions: { publish: \">\", subscribe: \">\" } }"),
        hosts().stream().map(HostName::new).map(this::user)).collect(Collectors.joining("\n", "users = [\n", "\n]\n")));
  }

  /** A host may say how it stands, read what is wished of it, and answer what it is asked. Nothing of any other host is within its reach. */
  private String user(HostName host) {
    return """
          { user: "%s", permissions: {
            publish: { allow: ["%s", "%s", "%s"] }
            subscribe: { allow: ["%s.>", "%s", "%s"] }
            allow_responses: { max: 1, expires: "2m" } } }""".formatted(host(host, fleet), Subjects.state(host),
        Subjects.latest(Subjects.state(host)), Subjects.latest(Subjects.wish(host)), Subjects.inbox(host), Subjects.wish(host), Subjects.ask(host));
  }
}
