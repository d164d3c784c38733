package dev.wnm.testkit.antnode2;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stand-in that runs as a process of its own, with its successors; closing it ends them. Its home is its root folder, its
 * binary lies there as well, and it logs as JSON into {@code logs} unless told otherwise.
 */
final class RunningNode implements AutoCloseable {
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";
  static final List<String> TO_FILES = List.of("--enable-logging", "--log-format", "json");

  private static final String READY = "Node running, waiting for shutdown signal";

  private final Path root;
  private final int port;
  private final Process process;

  /** Of which logs as usual. */
  RunningNode(Path root, Map<String, String> settings, String... moreArguments) throws IOException {
    this(List.of(), root, settings, moreArguments);
  }

  /** The same through a program that runs another in its own place. @param through its words, such as setpriv's */
  RunningNode(List<String> through, Path root, Map<String, String> settings, String... moreArguments) throws IOException {
    this(through, root, FreePorts.next(), settings, Stream.concat(Stream.concat(TO_FILES.stream(),
        Stream.of("--log-dir", Files.createDirectories(root.resolve("logs")).toString())), Stream.of(moreArguments)).toList());
  }

  /** Of which only root, port and address are told. */
  RunningNode(Path root, int port, Map<String, String> settings, List<String> moreArguments) throws IOException {
    this(List.of(), root, port, settings, moreArguments);
  }

  private RunningNode(List<String> through, Path root, int port, Map<String, String> settings, List<String> moreArguments)
      throws IOException {
    this.root = Files.createDirectories(root);
    this.port = port;
    if (!Files.exists(binary())) {
      StandInAntNode2.installInto(root);
    }
    List<String> words = new ArrayList<>(through);
    words.addAll(List.of(binary().toString(), "--root-dir", root.toString(), "--port", Integer.toString(port),
        "--rewards-address", WALLET));
    words.addAll(moreArguments);
    process = start(root, settings, Map.of(), words);
  }

  /** Starts a stand-in by its words, with its output in {@code console.log} of its home. */
  static Process start(Path home, Map<String, String> settings, Map<String, String> variables, List<String> words)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true)
        .redirectOutput(home.resolve("console.log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANT_") || name.equals("RUST_LOG")
        || name.equals("NO_COLOR") || name.startsWith("XDG_"));
    builder.environment().put("HOME", home.toString());
    settings.forEach((name, value) -> builder.environment().put(StandInAntNode2.variable(name), value));
    builder.environment().putAll(variables);
    return builder.start();
  }

  RunningNode untilReady() {
    eventually("the stand-in is ready", () -> log().contains(READY));
    return this;
  }

  Path binary() {
    return root.resolve(StandInAntNode2.FILE_NAME);
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** What is in a file; nothing while there is none. */
  String text(String file) {
    try {
      return Files.exists(file(file)) ? Files.readString(file(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of its log files, by day. */
  String log() {
    try (Stream<Path> files = Files.list(file("logs"))) {
      return files.sorted().map(log -> text("logs/" + log.getFileName())).collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  int port() {
    return port;
  }

  /**
   * Its sockets as the kernel lists them.
   *
   * @return such as {@code udp 00000000:12000}, the address in hexadecimal digits, and the port
   */
  Set<String> sockets() {
    Set<String> inodes = inodes();
    Set<String> sockets = new TreeSet<>();
    for (String table : List.of("udp", "udp6", "tcp", "tcp6")) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", table), StandardCharsets.US_ASCII)) {
        lines.skip(1).map(line -> line.strip().split("\\s+")).filter(fields -> inodes.contains(fields[9]))
            .map(fields -> fields[1].split(":"))
            .forEach(local -> sockets.add(table + " " + local[0] + ":" + Integer.parseInt(local[1], 16)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sockets;
  }

  private Set<String> inodes() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return open.map(RunningNode::target).filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1)).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedSince) {
      return "";
    }
  }

  /** Whether it answers a packet with what it says, after all that came before it. */
  boolean answers(String what) {
    byte[] question = ("wnm-ping " + what).getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), port));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII).equals("wnm-pong wnm-ping " + what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal by name. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for its end. @return its exit code, 128 + n when signal n ended it */
  int exitCode() {
    eventually("the stand-in ends", () -> !process.isAlive());
    return process.exitValue();
  }

  /** Those that it started, or they in turn. */
  List<ProcessHandle> successors() {
    return ProcessHandle.allProcesses().filter(other -> other.pid() != process.pid())
        .filter(other -> other.info().arguments().map(words -> List.of(words).contains(root.toString())).orElse(false)).toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    successors().forEach(ProcessHandle::destroyForcibly);
  }
}
