package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With real sockets and real processes. */
@EnabledOnOs(OS.LINUX)
class PortHoldersTest {
  /** Listens on an address and a port, says so, and ends with its standard input. */
  private static final String LISTENER = "use Socket; socket(S, AF_INET, SOCK_STREAM, 0);"
      + " bind(S, pack_sockaddr_in($ARGV[1], inet_aton($ARGV[0]))) or die $!; listen(S, 5); $| = 1; print \"listening\\n\"; <STDIN>;";
  private static final long OURS = ProcessHandle.current().pid();

  private final List<Process> processes = new ArrayList<>();
  private ServerSocket socket;

  @BeforeEach
  void listen() throws IOException {
    socket = new ServerSocket(FreePorts.next(), 5, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void end() throws IOException {
    socket.close();
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    processes.add(process);
    return process;
  }

  private static void awaitListening(Process process) throws IOException {
    assertThat(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine())
        .isEqualTo("listening");
  }

  private static PortHolders.Holder holder(int port, long pid) {
    return PortHolders.ofThisSystem().holderOf(port, pid);
  }

  @Test
  void aProcessHoldsThePortThatItListensOn() {
    assertThat(holder(socket.getLocalPort(), OURS)).isEqualTo(PortHolders.Holder.PROCESS);
  }

  @Test
  void aProcessDoesNotHoldAPortThatAnotherListensOn() throws IOException {
    assertThat(holder(socket.getLocalPort(), start("sleep", "1000").pid())).isEqualTo(PortHolders.Holder.ANOTHER);
  }

  @Test
  void aProcessHoldsThePortThatAChildOfItsChildListensOn() throws IOException {
    int port = socket.getLocalPort();
    socket.close();
    Process shell = start("sh", "-c", "exec 3<&0; perl -e '" + LISTENER + "' 127.0.0.1 " + port + " <&3 & wait");
    awaitListening(shell);

    assertThat(shell.toHandle().children()).isNotEmpty();
    assertThat(holder(port, shell.pid())).isEqualTo(PortHolders.Holder.PROCESS);
    assertThat(holder(port, OURS)).isEqualTo(PortHolders.Holder.PROCESS);
  }

  @Test
  void whereTwoListenOnOnePortOfDifferentAddressesNobodyIsSaidToHoldIt() throws IOException {
    awaitListening(start("perl", "-e", LISTENER, "127.0.0.2", Integer.toString(socket.getLocalPort())));
    Process other = processes.get(0);

    assertThat(holder(socket.getLocalPort(), other.pid())).isEqualTo(PortHolders.Holder.UNKNOWN);
  }

  @Test
  void aPortThatNobodyListensOnAndAProcessThatIsNotThereTellNothing() throws IOException {
    int port = socket.getLocalPort();
    assertThat(holder(port, 5_000_000_001L)).isEqualTo(PortHolders.Holder.UNKNOWN);
    socket.close();
    assertThat(holder(port, OURS)).isEqualTo(PortHolders.Holder.UNKNOWN);
  }

  @Test
  void aSystemThatDoesNotTellOfItselfTellsNothing(@TempDir Path empty) {
    assertThat(PortHolders.in(empty).holderOf(socket.getLocalPort(), OURS)).isEqualTo(PortHolders.Holder.UNKNOWN);
  }

  @Test
  void aUdpPortIsHeldByItsProcessByAnotherOrByNobody() throws IOException {
    int port;
    // Not one that the system gives to whoever asks next.
    try (DatagramSocket held = new DatagramSocket(FreePorts.next())) {
      port = held.getLocalPort();
      assertThat(PortHolders.ofThisSystem().udpHolderOf(port, OURS)).isEqualTo(PortHolders.Holder.PROCESS);
      assertThat(PortHolders.ofThisSystem().udpHolderOf(port, start("sleep", "1000").pid())).isEqualTo(PortHolders.Holder.ANOTHER);
    }
    assertThat(PortHolders.ofThisSystem().udpHolderOf(port, OURS)).isEqualTo(PortHolders.Holder.NOBODY);
    assertThat(PortHolders.ofThisSystem().udpHolderOf(port, 5_000_000_001L)).isEqualTo(PortHolders.Holder.UNKNOWN);
  }

  @Test
  void whereTheSystemDoesNotTellOfUdpPortsNothingIsKnownOfThem(@TempDir Path proc) throws IOException {
    Files.createSymbolicLink(Files.createDirectories(proc.resolve("7/ns")).resolve("net"), Path.of("net:[1]"));
    PortHolders holders = PortHolders.in(proc);
    assertThat(holders.udpHolderOf(10_000, 7)).isEqualTo(PortHolders.Holder.UNKNOWN);

    Files.writeString(Files.createDirectories(proc.resolve("7/net")).resolve("udp"), "  sl  local_address rem_address   st\n");
    assertThat(holders.udpHolderOf(10_000, 7)).isEqualTo(PortHolders.Holder.NOBODY);
  }

  @Test
  void aUdpPortIsLookedForInTheNetworkOfItsProcess() throws IOException {
    try (DatagramSocket held = new DatagramSocket(0)) {
      Process apart = start("unshare", "--net", "sh", "-c", "echo listening; exec sleep 1000");
      awaitListening(apart);

      assertThat(PortHolders.ofThisSystem().udpHolderOf(held.getLocalPort(), apart.pid())).isEqualTo(PortHolders.Holder.NOBODY);
    }
  }

  @Test
  void theTcpPortThatAProcessListensOnIsFound() throws IOException {
    Process other = start("sleep", "1000");

    assertThat(PortHolders.ofThisSystem().tcpPortOf(other.pid())).isEmpty();
    awaitListening(start("perl", "-e", LISTENER, "127.0.0.2", Integer.toString(socket.getLocalPort())));
    assertThat(PortHolders.ofThisSystem().tcpPortOf(processes.get(1).pid())).hasValue(socket.getLocalPort());
    assertThat(PortHolders.ofThisSystem().tcpPortOf(5_000_000_001L)).isEmpty();
  }
}
