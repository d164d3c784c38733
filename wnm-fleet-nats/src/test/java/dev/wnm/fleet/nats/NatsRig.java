package dev.wnm.fleet.nats;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetRig;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Founding;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.testkit.FreePorts;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nats-server, set up as {@code wnm fleet init} says. */
final class NatsRig implements FleetRig, FleetRig.Server {
  private final NatsTransport transport = new NatsTransport();
  private final Path folder;
  private final int port = FreePorts.next();
  private Optional<Process> server = Optional.empty();

  private NatsRig(Path folder) {
    this.folder = folder;
  }

  /** Certificates take seconds to make, and there is nothing in them that differs from test to test. */
  private static final Map<HostName, Invitation> INVITATIONS = new HashMap<>();
  private static final Map<HostName, String> NAMES = new HashMap<>();
  private static Optional<Map<String, byte[]>> founded = Optional.empty();

  static NatsRig begin(Path folder) throws Exception {
    NatsRig rig = new NatsRig(folder);
    rig.found();
    rig.start();
    return rig;
  }

  /** As {@code fleet init} does it, once; then the same files with another port. */
  private void found() throws Exception {
    synchronized (NatsRig.class) {
      String address = "127.0.0.1:" + port;
      if (founded.isEmpty()) {
        transport.init(operator(), new Founding("home", "anna", address));
        founded = Optional.of(files(operator()));
        return;
      }
      for (Map.Entry<String, byte[]> file : founded.get().entrySet()) {
        PrivateFolder.at(operator().resolve(file.getKey()).getParent()).write(Path.of(file.getKey()).getFileName().toString(), file.getValue());
      }
      new Membership("home", "anna", address).keep(PrivateFolder.at(operator()));
      ServerFolder.of(PrivateFolder.at(operator()), "home").configure("anna", port);
    }
  }

  private static Map<String, byte[]> files(Path top) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(top.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Override
  public FleetTransport transport() {
    return transport;
  }

  @Override
  public Path operator() {
    return folder.resolve("anna");
  }

  /** Starts the server anew with a certificate that is valid only a month from now, so that this machine's clock is behind it. */
  void beginInAMonth() throws Exception {
    CommandRunner real = new ProcessCommandRunner();
    PrivateFolder folder = PrivateFolder.at(operator());
    Authority later = new Authority(folder, new CommandRunner() {
      @Override
      public CommandResult run(Command command) throws CommandFailedException {
        return real.run(Command.of(command.argv().stream().map(word -> word.equals("-30d") ? "+30d" : word).toList()));
      }

      @Override
      public Process spawn(Command command, Path log) throws CommandFailedException {
        return real.spawn(command, log);
      }

      @Override
      public Optional<Path> find(String program) {
        return real.find(program);
      }
    });
    later.issue("server.home.wnm", List.of("127.0.0.1")).keepForServer(PrivateFolder.at(serverFolder()));
    kill();
    start();
  }

  Path serverFolder() {
    return operator().resolve(ServerFolder.NAME);
  }

  int port() {
    return port;
  }

  @Override
  public Path join(HostName host) throws Exception {
    Path own = folder.resolve("host-" + host);
    Invitation invitation;
    synchronized (NatsRig.class) {
      if (!INVITATIONS.containsKey(host)) {
        INVITATIONS.put(host, transport.invite(operator(), host, Labels.NONE, "").invitation());
        NAMES.put(host, ServerFolder.of(PrivateFolder.at(operator()), "home").names().get(host.text()));
      }
      invitation = INVITATIONS.get(host);
    }
    ServerFolder.of(PrivateFolder.at(operator()), "home").add(host, NAMES.get(host));
    transport.join(own, Invitation.read(invitation.text()));
    new Membership("home", host.text(), "127.0.0.1:" + port).keep(PrivateFolder.at(own));
    reload();
    return own;
  }

  @Override
  public void revoke(HostName host) throws Exception {
    transport.revoke(operator(), host);
    reload();
  }

  /** What {@code nats-server --signal reload} does. */
  private void reload() throws Exception {
    if (server.isPresent()) {
      String before = log();
      new ProcessBuilder("kill", "-HUP", Long.toString(server.get().pid())).inheritIO().start().waitFor();
      eventually("the server has read its users", () -> log().substring(before.length()).contains("Reloaded"));
    }
  }

  /** Invites a host as if for the first time. @return its folder */
  Path joinAnew(HostName host) throws Exception {
    Path anew = folder.resolve("host-" + host + "-anew");
    transport.join(anew, Invitation.read(transport.invite(operator(), host, Labels.NONE, "").invitation().text()));
    reload();
    return anew;
  }

  /** Waits until the server has refused somebody so many times. */
  void isRefused(int times) {
    eventually("it is refused", () -> log().split("authentication error", -1).length > times);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public HostEnd begin(HostName host, HostDesk desk) throws Exception {
    HostLink link = transport.serve(folder.resolve("host-" + host), desk);
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
    return Optional.of(this);
  }

  @Override
  public void kill() throws Exception {
    Process running = server.orElseThrow();
    running.destroyForcibly();
    if (!running.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the server does not end");
    }
    server = Optional.empty();
  }

  @Override
  public void start() throws Exception {
    server = Optional.of(new ProcessBuilder("nats-server", "-c", "nats.conf").directory(serverFolder().toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile())).start());
    eventually("the server listens: " + folder.resolve("server.log"), this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<String> forge(HostName thief, HostName victim, String text) throws Exception {
    PrivateFolder stolen = PrivateFolder.at(folder.resolve("host-" + thief));
    Lines lines = new Lines();
    try (Connection connection = Nats.connect(lines.options(Membership.in(stolen), Identity.in(stolen).context(), Subjects.inbox(thief)).build())) {
      byte[] lie = text.getBytes(StandardCharsets.UTF_8);
      connection.publish(Subjects.state(victim), lie);
      try {
        connection.jetStream().publish(Subjects.state(victim), lie);
        return Optional.of("taken");
      } catch (IOException | JetStreamApiException refused) {
        return Optional.of(lines.complaint().orElse(String.valueOf(refused.getMessage())));
      }
    }
  }

  @Override
  public void close() throws Exception {
    if (server.isPresent()) {
      kill();
    }
  }
}
