package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same hosts as a second fleet, by ssh: a real sshd on each, an operator whose key can have one command run there, and a tunnel that the
 * host at home keeps to a host that can be dialled, as {@code docs/fleet.md} says.
 */
final class FleetBySsh {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SSH = 22;
  private static final int TUNNEL = 2222;

  private final FleetOfThree fleet;
  private final Path folder;
  private final PackagedFleet.Seat operator;

  private FleetBySsh(FleetOfThree fleet, Path folder) throws Exception {
    this.fleet = fleet;
    this.folder = folder;
    operator = fleet.seatAtTheDesk("olga");
  }

  static FleetBySsh begin(FleetOfThree fleet) throws Exception {
    Files.createDirectories(Path.of("/run/sshd"));
    FleetBySsh ssh = new FleetBySsh(fleet, Files.createDirectory(fleet.folder().resolve("ssh")));
    ssh.key("host_key");
    ssh.key("olga");
    ssh.key("home");
    for (FleetOfThree.Member member : fleet.members()) {
      ssh.serve(member);
    }
    assertThat(ssh.operator.done("init", "lan", "--transport", "ssh", "--operator", "olga")).contains("wnm fleet invite HOST");
    ssh.configure();
    return ssh;
  }

  private void key(String name) throws Exception {
    assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(name).toString()).inheritIO().start().waitFor()).isZero();
  }

  private Path hostFolder(String name) {
    return folder.resolve("host-" + name);
  }

  private void serve(FleetOfThree.Member member) throws Exception {
    String name = member.name();
    String home = member.seat().home().toString();
    Path keys = folder.resolve("authorized_keys-" + name);
    String jump = name.equals(FleetNetwork.VPS1) ? "port-forwarding,permitopen=\"localhost:" + TUNNEL + "\"," : "";
    Files.writeString(keys, "restrict," + jump + "command=\"wnm fleet answer\" " + PackagedFleet.read(folder.resolve("olga.pub")));
    if (!jump.isEmpty()) {
      Files.writeString(keys, "restrict,port-forwarding,permitlisten=\"localhost:" + TUNNEL + "\" " + PackagedFleet.read(folder.resolve("home.pub")),
          StandardOpenOption.APPEND);
    }
    Path config = Files.writeString(folder.resolve("sshd_config-" + name), """
        Port %d
        HostKey %s
        AuthorizedKeysFile %s
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PidFile none
        SetEnv HOME=%s PATH=%s:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin XDG_CACHE_HOME=%s WNM_FIREWALL_DISABLED=1 DBPATH=%s WNM_FLEET_HOST_FOLDER=%s
        """.formatted(SSH, folder.resolve("host_key"), keys, home, fleet.wnm().launcher().getParent(), fleet.wnm().cache(), member.machine().database(),
        hostFolder(name)));
    List<String> line = new ArrayList<>(fleet.network().on(name, name));
    line.addAll(List.of("/usr/sbin/sshd", "-D", "-e", "-f", config.toString()));
    Path log = folder.resolve("sshd-" + name + ".log");
    fleet.wnm().start(new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()));
    eventually("sshd listens: " + log, () -> PackagedFleet.read(log).contains("Server listening"));
  }

  private void configure() throws Exception {
    String all = """
        Host *
          User root
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          HostKeyAlias lan
        """;
    Path known = Files.writeString(folder.resolve("known_hosts"), "lan " + PackagedFleet.read(folder.resolve("host_key.pub")));
    Path config = operator.home().resolve(".config/wnm/fleet/ssh_config");
    Files.writeString(config, """
        Host vps1
          HostName 10.77.0.11
        Host vps2
          HostName 10.77.0.12
        Host home
          HostName localhost
          Port %d
          ProxyJump vps1
        """.formatted(TUNNEL) + all.formatted(folder.resolve("olga"), known));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(folder.resolve("home_config"), "Host vps1\n  HostName 10.77.0.11\n" + all.formatted(folder.resolve("home"), known));
  }

  PackagedFleet.Seat operator() {
    return operator;
  }

  /** Takes the invitation to the host. */
  void join(FleetOfThree.Member member) throws Exception {
    PackagedFleet.Seat seat = fleet.seatAs(member, fleet.network().on(member.name(), member.name()), member.seat().home(),
        Map.of("WNM_FLEET_HOST_FOLDER", hostFolder(member.name()).toString()));
    seat.done("join", operator.home().resolve(".config/wnm/fleet/invitations/" + member.name() + ".invitation").toString());
  }

  /** What the host at home keeps up. */
  void keepATunnel() throws Exception {
    List<String> line = new ArrayList<>(fleet.network().at(FleetNetwork.HOME));
    line.addAll(List.of("ssh", "-F", folder.resolve("home_config").toString(), "-N", "-o", "ExitOnForwardFailure=yes", "-o", "ServerAliveInterval=30", "-R",
        "localhost:" + TUNNEL + ":" + LOOPBACK + ":" + SSH, FleetNetwork.VPS1));
    fleet.wnm().start(new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(folder.resolve("tunnel.log").toFile()));
  }
}
