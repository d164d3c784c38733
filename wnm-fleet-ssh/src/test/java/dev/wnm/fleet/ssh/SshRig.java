package dev.wnm.fleet.ssh;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;
import dev.wnm.fleet.transport.FleetRig;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Founding;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.HostLink;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real sshd, in which each host has a key of its own that runs one command: one that hands the call to a desk in this JVM. */
final class SshRig implements FleetRig {
  private final SshTransport transport = new SshTransport();
  private final Path folder;
  private final int port = FreePorts.next();
  private final Map<HostName, Integer> desks = new HashMap<>();
  private Process sshd;

  private SshRig(Path folder) {
    this.folder = folder;
  }

  static SshRig begin(Path folder) throws Exception {
    SshRig rig = new SshRig(folder);
    rig.transport.init(rig.operator(), new Founding("home", "anna", ""));
    rig.serve();
    return rig;
  }

  private void serve() throws Exception {
    Files.createDirectories(Path.of("/run/sshd"));
    Executables.write(folder.resolve("relay"), """
        #!/usr/bin/perl
        # Hands its standard input to a desk of the test's, and prints what that says.
        use IO::Socket::INET;
        my $desk = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0]) or die "wnm: there is no wnm here\\n";
        print $desk scalar <STDIN>;
        $desk->flush;
        print while <$desk>;
        """);
    key("host_key");
    Files.writeString(folder.resolve("authorized_keys"), "");
    Files.writeString(folder.resolve("sshd_config"), """
        ListenAddress 127.0.0.1:%d
        HostKey %s
        AuthorizedKeysFile %s
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PidFile none
        MaxStartups 100
        """.formatted(port, folder.resolve("host_key"), folder.resolve("authorized_keys")));
    Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_key.pub")));
    sshd = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd_config").toString()).redirectErrorStream(true)
        .redirectOutput(folder.resolve("sshd.log").toFile()).start();
    eventually("sshd listens: " + folder.resolve("sshd.log"), () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return true;
      } catch (IOException e) {
        return false;
      }
    });
  }

  private void key(String name) throws Exception {
    new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(name).toString()).inheritIO().start().waitFor();
  }

  @Override
  public FleetTransport transport() {
    return transport;
  }

  @Override
  public Path operator() {
    return folder.resolve("anna");
  }

  @Override
  public Path join(HostName host) throws Exception {
    transport.invite(operator(), host, Labels.NONE, "");
    if (desks.containsKey(host)) {
      return folder;
    }
    int desk = FreePorts.next();
    desks.put(host, desk);
    key("key-" + host);
    Files.writeString(folder.resolve("authorized_keys"), "restrict,command=\"" + folder.resolve("relay") + " " + desk + "\" "
        + Files.readString(folder.resolve("key-" + host + ".pub")), StandardOpenOption.APPEND);
    Path config = operator().resolve("ssh_config");
    Files.writeString(config, """
        Host %s
          HostName 127.0.0.1
          Port %d
          User root
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
        """.formatted(host, port, folder.resolve("key-" + host), folder.resolve("known_hosts")), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    return folder;
  }

  @Override
  public void revoke(HostName host) throws Exception {
    transport.revoke(operator(), host);
  }

  @Override
  public HostEnd begin(HostName host, HostDesk desk) throws Exception {
    return serve(host, line -> SshAnswer.to(line, desk));
  }

  /** Answers calls of one host until it is closed. */
  private HostEnd serve(HostName host, UnaryOperator<String> answers) throws IOException {
    ServerSocket listening = new ServerSocket(desks.get(host), 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> {
      while (!listening.isClosed()) {
        try {
          Socket call = listening.accept();
          new Thread(() -> answer(call, answers)).start();
        } catch (IOException closed) {
          return;
        }
      }
    });
    thread.setDaemon(true);
    thread.start();
    return new HostEnd() {
      @Override
      public HostLink.Said say() {
        return HostLink.Said.OUT; // it is asked when somebody wants to know
      }

      @Override
      public void close() {
        try {
          listening.close();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private static void answer(Socket call, UnaryOperator<String> answers) {
    try (call; BufferedReader in = new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      if (line != null) {
        call.getOutputStream().write((answers.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      // Whoever called waits no longer.
    }
  }

  @Override
  public Optional<Server> server() {
    return Optional.empty();
  }

  @Override
  public Optional<String> forge(HostName thief, HostName victim, String text) throws Exception {
    serve(thief, line -> TalkJson.write(Reply.of(text)));
    return Optional.empty();
  }

  @Override
  public void close() throws Exception {
    sshd.descendants().forEach(ProcessHandle::destroy);
    sshd.destroy();
    if (!sshd.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("sshd does not end");
    }
  }

}
