package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import dev.wnm.testkit.docker.TestContainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** Lines of companions reach a syslog server or a file, by a real rsyslog, also when that was away while logs were rotated. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class ForwardingTest {
  /** Each says the numbers that it is told over its fifo; the second has hardly any room. */
  private static final String CONF = """
      [program:large]
      command=/usr/local/bin/counter large
      stdout_logfile_maxbytes=4KB
      stdout_logfile_backups=60
      [program:small]
      command=/usr/local/bin/counter small
      stdout_logfile_maxbytes=4KB
      stdout_logfile_backups=2
      """;
  private static final String COUNTER = """
      #!/usr/bin/perl
      $| = 1;
      unlink "/run/$ARGV[0]";
      system 'mkfifo', "/run/$ARGV[0]";
      open my $orders, '+<', "/run/$ARGV[0]";
      while (<$orders>) {
        my ($from, $to) = split;
        print "$_ of the lines that have some length, so that files are full soon ..................\\n" for $from .. $to;
      }
      """;

  @TempDir
  private Path folder;

  private TestContainer container;

  @AfterEach
  void end() {
    if (container != null) {
      container.close();
    }
  }

  @Test
  void everyLineArrivesOnceAndInOrderAlsoWhenTheTargetWasAwayWhileLogsWereRotated() throws Exception {
    int port = FreePorts.next();
    Path tls = converted("tls", "syslog+tls://localhost:" + port);
    Path tcp = converted("tcp", "syslog+tcp://127.0.0.1:" + port);
    Path udp = converted("udp", "syslog+udp://127.0.0.1:" + port);
    Path file = converted("file", "file:/var/log/all.log");
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(tls));
    assertThat(Files.readString(context.resolve("Dockerfile"))).contains("--no-install-recommends ca-certificates rsyslog rsyslog-gnutls;");
    Path counter = Files.createDirectories(context.resolve("rootfs/usr/local/bin")).resolve("counter");
    Files.writeString(counter, COUNTER);
    counter.toFile().setExecutable(true, false);
    Path volume = Files.createDirectory(folder.resolve("volume"));
    GroupContainer.run("chown", "4242:4343", volume.toString());
    container = TestContainer.start(new ContainerOptions(GroupImage.build(context), "wnm-test-group", true, List.of(folder),
        new ArrayList<>(GroupContainer.RIGHTS), List.of(), false)
        .withEngineArguments("--mount", "type=bind,source=" + volume + ",target=" + GroupContainer.VOLUME));
    try (SyslogReceiver receiver = new SyslogReceiver(secure(), port).comes()) {
      eventually("both run", () -> container.exec("test", "-p", "/run/large", "-a", "-p", "/run/small").succeeded());
      say("large", 1, 100);
      eventually("it says that it does not trust the server", () -> log().contains("not permitted to talk to peer")
          || log().contains("certificate"));
      assertThat(receiver.messages()).isEmpty();
      // The one that does not trust is gone before the certificate is there: it has sent nothing.
      sh("kill -KILL $(pgrep rsyslogd); cat '" + folder.resolve("server.pem") + "' >>/etc/ssl/certs/ca-certificates.crt");
      comesBackAfterRotations(receiver, true);
      assertThat(receiver.messages().get(0)).matches("<30>1 - \\S+ large - both - 1 of the lines .*");
      assertThat(sh("ps -o uid= -p $(pgrep rsyslogd)").strip()).matches("63\\d{3}");
    }
    to(tcp);
    try (SyslogReceiver receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), port).comes()) {
      comesBackAfterRotations(receiver, false);
      receiver.goes();
      say("small", 1, 4000);
      eventually("its folder was not enough",
          () -> sh("cd /var/log/supervisor/small.log.d; cat @* current | tail -n 1").startsWith("4000 "));
      assertThat(Integer.parseInt(sh("du -sk /var/log/supervisor/small.log.d | cut -f 1").strip())).isLessThan(64);
      receiver.comes();
      eventually("what was left has come", () -> numbers(receiver.of("small")).contains(4000));
      assertThat(receiver.of("small")).anyMatch(line -> line.startsWith("log-forward: lines of small may be lost"));
      List<Integer> numbers = numbers(receiver.of("small"));
      assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSizeLessThan(4000);
      assertThat(log()).contains("log-forward: lines of small may be lost");
    }
    to(udp);
    try (SyslogReceiver receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), port).comesByUdp()) {
      say("large", 1, 50);
      eventually("all have come", () -> numbers(receiver.of("large")).equals(upTo(50)));
    }
    to(file);
    say("large", 1, 500);
    eventually("all are in the file", () -> numbers(sh("sed 's/^large: //' /var/log/all.log").lines().toList()).equals(upTo(500)));
    assertThat(sh("stat -c '%a %U:%G' /var/log/all.log").strip()).isEqualTo("640 root:adm");
    assertThat(container.exec("pgrep", "rsyslogd").succeeded()).as("rsyslogd runs for a file").isFalse();
  }

  private void comesBackAfterRotations(SyslogReceiver receiver, boolean begun) {
    int first = begun ? 101 : 1;
    say("large", first, 300);
    eventually("the first have come", () -> numbers(receiver.of("large")).equals(upTo(300)));
    receiver.goes();
    int before = rotated("large");
    say("large", 301, 900);
    eventually("logs were rotated", () -> rotated("large") > before + 5);
    try {
      receiver.comes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    say("large", 901, 1200);
    eventually("all have come", () -> numbers(receiver.of("large")).size() >= 1200);
    assertThat(numbers(receiver.of("large"))).isEqualTo(upTo(1200));
  }

  /** Makes the forwarder that of another tree. */
  private void to(Path tree) {
    sh("s6-svc -wD -T 30000 -d /run/service/log-forward && rm -f /run/service/log-forward/data/* && cp " + tree
        + "/s6-rc.d/log-forward/data/* /run/service/log-forward/data/ && s6-svc -wu -T 30000 -u /run/service/log-forward");
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  private static List<Integer> numbers(List<String> lines) {
    return lines.stream().filter(line -> line.matches("\\d+ of the lines.*")).map(line -> Integer.valueOf(line.split(" ")[0])).toList();
  }

  private void say(String service, int from, int to) {
    sh("echo " + from + " " + to + " >/run/" + service);
  }

  private int rotated(String service) {
    return Integer.parseInt(sh("ls /var/log/supervisor/" + service + ".log.d | grep -c @ || true").strip());
  }

  private String sh(String script) {
    return container.exec("/bin/sh", "-c", "PATH=/command:$PATH; " + script).stdout();
  }

  private String log() {
    return GroupContainer.run("docker", "logs", container.name()).stderr() + GroupContainer.run("docker", "logs", container.name()).stdout();
  }

  private Path converted(String name, String target) throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), CONF);
    Path tree = folder.resolve(name);
    Conversion.of(file, Map.of(), Wishes.NONE.with(Wish.FORWARD, target).with(Wish.LOG_GROUP, "adm")).writeTo(tree);
    return tree;
  }

  /** Of a server that calls itself localhost, and is its own authority; its certificate is in server.pem. */
  private ServerSocketFactory secure() throws IOException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Path keys = folder.resolve("server.p12");
    GroupContainer.run(keytool, "-genkeypair", "-alias", "server", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
        "-ext", "bc=ca:true", "-validity", "2", "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", "of a test");
    GroupContainer.run(keytool, "-exportcert", "-rfc", "-alias", "server", "-keystore", keys.toString(), "-storepass", "of a test",
        "-file", folder.resolve("server.pem").toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "of a test".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "of a test".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
