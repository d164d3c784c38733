package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.program.NodeProgram;
import dev.wnm.testkit.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of nodes of a program that a jar of the plug-in folder brings, and what becomes of them when the jar is taken away. */
class BroughtProgramIT {
  private static final String BINARY = """
      #!/usr/bin/perl
      use strict;
      use Socket;
      if (($ARGV[0] || '') eq '--version') { print "third node, release 1.2.3\\n"; exit 0 }
      my %given = @ARGV;
      die "no pace" unless $given{'--pace'};
      my $key = "$given{'--root-dir'}/third.key";
      unless (-e $key) { open my $file, '>', $key; print $file "key of $given{'--port'}"; close $file }
      socket my $socket, AF_INET, SOCK_DGRAM, 0;
      bind $socket, pack_sockaddr_in($given{'--port'}, inet_aton('0.0.0.0')) or die "port: $!";
      $SIG{TERM} = sub { exit 0 };
      sleep 1 while 1;
      """;

  private static final String PROGRAM = """
      package third;
      import dev.wnm.spi.manager.*;
      import dev.wnm.spi.model.*;
      import dev.wnm.spi.program.*;
      import java.time.*;
      import java.util.*;

      public final class Third implements NodeProgram {
        static final ManagerOption<Integer> PACE = ManagerOption.integer("third_pace", "N", 1, 9).initially("3").help("How fast third-node goes.");

        public String name() { return "third-node"; }
        public String title() { return "third-node of a test"; }
        public int rank() { return 3; }
        public Optional<Identified> identify(String printed) {
          return printed.startsWith("third node, release ")
              ? Optional.of(new Identified(Version.parse(printed.substring(20).strip()))) : Optional.empty();
        }
        public List<String> arguments(NodeSpec node) {
          return List.of("--root-dir", node.rootDir().toString(), "--port", "" + node.ports().node(), "--wallet", node.wallet(),
              "--logs", node.logDir().toString(), "--pace", "" + node.options().find(PACE).orElseThrow());
        }
        public Map<String, Boolean> ownFlags() { return Map.of("--root-dir", true, "--port", true); }
        public NodeFlags flags() { return NodeFlags.of("--root-dir", "--logs", "--port", "--wallet"); }
        public Optional<String> networkIn(List<String> arguments) { return Optional.empty(); }
        public List<String> networks() { return List.of("evm-arbitrum-one"); }
        public boolean isLog(String name) { return false; }
        public Set<PortUse> ports() { return Set.of(PortUse.NETWORK); }
        public String keyFile() { return "third.key"; }
        public boolean isOwnFile(String file) { return file.startsWith("third."); }
        public Optional<String> peerId(byte[] key) { return Optional.of("third-" + new String(key).replaceAll("[^0-9]", "")); }
        public Stopping stopping() { return new Stopping("TERM", Duration.ofSeconds(10)); }
        public long idleMemoryBytes() { return 10_000_000; }
        public Collection<ManagerOption<?>> options() { return List.of(PACE); }
      }
      """;

  private TestHost host;
  private Path jar;

  @BeforeEach
  void aMachineWithAPlugIn() throws IOException {
    host = TestHost.create();
    Path bin = host.home().resolve(".local/bin");
    try (Stream<Path> others = Files.list(bin)) {
      for (Path other : others.toList()) {
        Files.delete(other);
      }
    }
    Path binary = Files.writeString(bin.resolve("third-node"), BINARY);
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path plugins = Files.createDirectories(host.database().resolveSibling("plugins"));
    Path work = Files.createDirectory(host.temporary().resolve("work"));
    jar = Files.move(ServiceJar.of(work, NodeProgram.class, "third.Third", PROGRAM), plugins.resolve("third.jar"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private void init() {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(List.of("--node_cap", "1", "--third_pace", "7"));
    host.done(host.initWords(more));
    for (int i = 0; i < 8 && host.nodes("RUNNING").isEmpty(); i++) {
      host.seemIdle();
      host.run();
    }
    assertThat(host.nodes("RUNNING")).hasSize(1);
  }

  private Map<String, String> row() {
    return host.colony().rows("SELECT node.*, node_health.program FROM node JOIN node_health ON node_id = id").get(0);
  }

  private Path key() {
    return host.storage().resolve("antnode0001/third.key");
  }

  @Test
  void itsNodesLiveTheirLife() throws IOException {
    init();
    assertThat(row()).containsEntry("program", "third-node").containsEntry("version", "1.2.3")
        .containsEntry("peer_id", "third-" + host.portStart() + "001");
    assertThat(host.processes().get(host.storage().resolve("antnode0001")).get(0).info().arguments().orElseThrow())
        .containsSubsequence("--pace", "7");
    host.done("--force_action", "survey");
    assertThat(host.nodes("RUNNING")).hasSize(1);

    host.done("--force_action", "stop", "--service_name", "antnode0001");
    assertThat(host.processes()).isEmpty();
    host.done("--force_action", "remove", "--service_name", "antnode0001");

    assertThat(host.nodes()).isEmpty();
    assertThat(host.folders()).isEmpty();
  }

  @Test
  void withoutTheJarItsNodesAreLeftAsTheyAreUntilItIsBack() throws IOException {
    init();
    Path away = Files.move(jar, host.temporary().resolve("third.jar"));

    WnmRun cycle = host.run();
    WnmRun removal = host.run("--force_action", "remove", "--service_name", "antnode0001");
    WnmRun teardown = host.run("--force_action", "teardown", "--confirm");

    for (WnmRun run : List.of(cycle, removal, teardown)) {
      assertThat(run.out() + run.err()).as(run.toString()).contains("program is 'third-node', which no jar here knows");
    }
    assertThat(removal.exit()).isNotZero();
    assertThat(teardown.exit()).isNotZero();
    assertThat(key()).exists();
    assertThat(host.processes()).hasSize(1);

    Files.move(away, jar);
    host.done("--force_action", "survey");
    assertThat(host.nodes("RUNNING")).hasSize(1);
    host.done("--force_action", "teardown", "--confirm");
    assertThat(host.folders()).isEmpty();
  }

  @Test
  void aColonyWithoutPlugInsLoadsNothingForThem() throws IOException {
    Files.delete(jar);
    host.installAntnode(TestHost.VERSION);
    host.done(host.initWords(List.of("--node_cap", "1")));
    Path logs = Files.createDirectory(host.temporary().resolve("loaded"));

    // Heeded after the words of the command line, which switch logs off.
    host.wnm().with("_JAVA_OPTIONS", "-Xlog:class+load:file=" + logs + "/%p::filecount=0").run("--dry_run");

    StringBuilder loaded = new StringBuilder();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        loaded.append(Files.readString(file));
      }
    }
    assertThat(loaded).contains("dev.wnm.core.managers.ManagerRegistry ")
        .doesNotContain("dev.wnm.core.managers.PluginPrograms", "dev.wnm.core.managers.GuardedProgram");
  }

  @Test
  void aJarThatDoesNotLoadIsNamedAndEndsNoCommand() throws IOException {
    Path work = Files.createDirectory(host.temporary().resolve("broken"));
    Path broken = Files.move(ServiceJar.of(work, NodeProgram.class, "third.Broken",
            PROGRAM.replace("class Third", "class Broken").replace("return \"third.key\"", "return null")),
        jar.resolveSibling("broken.jar"));
    String sentence = "a node program is left out: the node program third.Broken of " + broken;

    assertThat(host.done("--list_managers").out()).contains(sentence);
    init();
    assertThat(host.done().err()).contains(sentence);
  }
}
