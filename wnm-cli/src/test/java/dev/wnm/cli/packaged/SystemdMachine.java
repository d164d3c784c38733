package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A machine with systemd and a firewall, on which the packaged wnm is run by one of its accounts. */
final class SystemdMachine implements AutoCloseable {
  private static final String WRITE = "mkdir -p \"$(dirname \"$1\")\" && printf %s \"$2\" > \"$1\"";

  private final Path shared;
  private final JavaMachine machine;
  private final String user;

  private SystemdMachine(Path shared, JavaMachine machine, String user) {
    this.shared = shared;
    this.machine = machine;
    this.user = user;
  }

  /** @param folder an empty folder, which the machine sees at the same path; @param user who runs wnm */
  static SystemdMachine start(Path folder, String user) throws IOException {
    return start(folder, user, "--cap-add", "NET_ADMIN");
  }

  /** The same without any network but the loopback interface. */
  static SystemdMachine startAlone(Path folder, String user) throws IOException {
    // The real ant-node ends at its start where there are no certificates.
    return PresentProgram.isReal() ? start(folder, user, "--network", "none", "--volume", "/etc/ssl/certs:/etc/ssl/certs:ro")
        : start(folder, user, "--network", "none");
  }

  private static SystemdMachine start(Path folder, String user, String... engineArguments) throws IOException {
    // As /tmp is: every account makes files in it, and none takes away another's.
    Path shared = Files.setAttribute(folder.toRealPath(), "unix:mode", 01777);
    JavaMachine machine = JavaMachine.start(ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("systemd-fleet")
        .withEngineArguments(engineArguments).withMount(PackagedJar.folder()).withMount(shared),
        Files.createDirectory(shared.resolve("java")));
    SystemdMachine made = new SystemdMachine(shared, machine, user);
    made.installAntnode(TestHost.VERSION);
    return made;
  }

  /** The same machine for another account. */
  SystemdMachine as(String otherUser) {
    return new SystemdMachine(shared, machine, otherUser);
  }

  TestContainer container() {
    return machine.container();
  }

  /** A folder that both sides see. */
  Path shared() {
    return shared;
  }

  Path antnode() {
    return binaries().resolve(StandInAntnode.FILE_NAME);
  }

  /** The folder that node programs are installed in. */
  Path binaries() {
    return shared.resolve("bin");
  }

  void installAntnode(Version version) throws IOException {
    StandInAntnode.installInto(binaries(), version);
  }

  /** From here on wnm's calls of systemctl are noted; the ones before are forgotten. */
  void countSystemctl() throws IOException {
    Path calls = Files.writeString(shared.resolve("calls"), "");
    Files.setPosixFilePermissions(calls, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path noting = Files.createDirectories(shared.resolve("noting")).resolve("systemctl");
    Files.writeString(noting, "#!/bin/sh\necho \"$*\" >>" + calls + "\nexec /usr/bin/systemctl \"$@\"\n");
    Files.setPosixFilePermissions(noting, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  List<String> systemctlCalls() throws IOException {
    return Files.readAllLines(shared.resolve("calls"));
  }

  /** wnm as from cron: without the variables that lead to the user manager. */
  CommandResult wnm(String... words) {
    List<String> argv = new ArrayList<>(List.of("env", "-u", "XDG_RUNTIME_DIR",
        "PATH=" + shared.resolve("noting") + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", JavaMachine.javaProgram()));
    argv.addAll(PackagedJar.quickOptions());
    argv.addAll(List.of("-jar", PackagedJar.path().toString()));
    argv.addAll(Arrays.asList(words));
    return container().execAs(user, argv.toArray(String[]::new));
  }

  /** The same, which must end with exit code 0. @return what it printed on both its outputs */
  String done(String... words) {
    CommandResult result = wnm(words);
    assertThat(result.exitCode()).as(result.describe() + result.stdout()).isZero();
    return result.stdout() + result.stderr();
  }

  /** Sets the machine up with limits that it keeps under any load, and no delays. */
  String init(String... more) {
    return initWith(antnode(), more);
  }

  /** The same for nodes of this program. */
  String initWith(Path program, String... more) {
    List<String> words = new ArrayList<>(List.of("--init", "--rewards_address", TestHost.WALLET, "--antnode_path",
        program.toString()));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(Arrays.asList(more));
    return done(words.toArray(String[]::new));
  }

  /** Runs cycles until there are so many nodes: one may find the machine too busy for another node. */
  void grow(int nodes) {
    eventually("there are " + nodes + " nodes", () -> {
      done();
      return done("--report", "node-status").lines().filter(line -> line.startsWith("antnode")).count() >= nodes;
    });
  }

  /** Any command as that account. @return what it printed */
  String ask(String... argv) {
    return container().execAs(user, argv).stdout().strip();
  }

  void must(String... argv) {
    CommandResult result = container().execAs(user, argv);
    assertThat(result.exitCode()).as(result.describe() + result.stdout()).isZero();
  }

  void write(String file, String text) {
    must("sh", "-c", WRITE, "sh", file, text);
  }

  /** Waits until a node tells its version. @param metricsPort where it is asked */
  void awaitAnswer(int metricsPort) {
    eventually("the node of port " + metricsPort + " answers", () -> !answer(metricsPort).isEmpty());
  }

  /** What a node says of itself; empty when it does not answer. Only the machine itself can ask it. */
  String answer(int metricsPort) {
    return ask("perl", "-MIO::Socket::INET", "-e",
        "my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0]) or exit 1;"
            + " print $s \"GET /metadata HTTP/1.0\\r\\n\\r\\n\"; print while <$s>;", Integer.toString(metricsPort));
  }

  @Override
  public void close() {
    machine.close();
  }
}
