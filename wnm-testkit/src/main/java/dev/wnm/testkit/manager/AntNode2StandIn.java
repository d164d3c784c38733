package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The stand-in for ant-node. It has no page: that it runs is told by the lock that it holds, and what it does by its log, which wnm
 * has it write as JSON.
 */
class AntNode2StandIn implements StandIn {
  private static final Version OLDER = StandInAntNode2.VERSION;
  private static final Version NEWER = new Version("0.23.2");
  private static final String STARTING = "ant-node starting";
  private static final String READY = "Node running, waiting for shutdown signal";
  private static final Pattern VERSION = Pattern.compile("\"node_version\":\"([^\"]+)\"");
  private static final Pattern PEER_ID = Pattern.compile("\"peer_id\":\"([0-9a-f]{64})\"");

  @Override
  public NodeProgram program() {
    return NodePrograms.named(StandInAntNode2.FILE_NAME).orElseThrow();
  }

  @Override
  public Version older() {
    return OLDER;
  }

  @Override
  public Version newer() {
    return NEWER;
  }

  @Override
  public Path install(Path folder, Version version) throws IOException {
    return StandInAntNode2.installInto(folder, version);
  }

  @Override
  public String variable(String name) {
    return StandInAntNode2.variable(name);
  }

  @Override
  public NodePorts ports() {
    return NodePorts.of(FreePorts.next()).withBrowsers(OptionalInt.of(FreePorts.next()));
  }

  @Override
  public Optional<Version> version(NodeSpec node) {
    String run = lastRun(node);
    Matcher version = VERSION.matcher(run);
    return holdsItsLock(node) && run.contains(READY) && version.find() ? Optional.of(new Version(version.group(1))) : Optional.empty();
  }

  @Override
  public boolean hasProcess(NodeSpec node) {
    return processes().anyMatch(process -> words(process, "cmdline").contains("\0--port\0" + argumentOf(node) + "\0"));
  }

  /** Looked up, not tried: who tries for a moment keeps a node from starting in that moment. */
  private static boolean holdsItsLock(NodeSpec node) {
    try {
      Object inode = Files.getAttribute(node.rootDir().resolve("chunks/.lock"), "unix:ino");
      return Files.readAllLines(Path.of("/proc/locks")).stream().anyMatch(line -> line.contains(" FLOCK ") && line.contains(":" + inode + " "));
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      throw new AssertionError("the locks cannot be read", e);
    }
  }

  @Override
  public Optional<String> peerId(NodeSpec node) {
    Matcher peerId = PEER_ID.matcher(lastRun(node));
    return peerId.find() ? Optional.of(peerId.group(1)) : Optional.empty();
  }

  /** What it logged since it started last. */
  private static String lastRun(NodeSpec node) {
    try (Stream<Path> files = Files.list(node.logDir())) {
      String all = "";
      for (Path file : files.filter(path -> path.getFileName().toString().matches("ant-node\\..*\\.log")).sorted().toList()) {
        all += Files.readString(file);
      }
      int start = all.lastIndexOf(STARTING);
      return start < 0 ? "" : all.substring(all.lastIndexOf('\n', start) + 1);
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new AssertionError("the log of " + node.service() + " cannot be read", e);
    }
  }

  @Override
  public String dataFolder() {
    return "chunks";
  }

  @Override
  public List<String> arguments() {
    return List.of("--cache-capacity", "4711");
  }

  @Override
  public Map<String, String> variables() {
    return Map.of(variable("summary_seconds"), "1", variable("metric_active_connections"), "47", "ANT_TEST_WORDS", "two words and $HOME");
  }

  @Override
  public boolean heard(NodeSpec node) {
    return lastRun(node).contains("\"active_connections\":47") && hasArgumentsAndVariables(node);
  }

  static boolean hasArgumentsAndVariables(NodeSpec node) {
    return processes().anyMatch(process -> hasArguments(process)
        && words(process, "cmdline").contains("\0" + argumentOf(node) + "\0")
        && words(process, "environ").contains("ANT_TEST_WORDS=two words and $HOME\0"));
  }

  /** As words of its command line, or by the variable that the program takes for the same where a back end can give it none. */
  private static boolean hasArguments(Path process) {
    return words(process, "cmdline").contains("\0--cache-capacity\0" + "4711\0")
        || ("\0" + words(process, "environ")).contains("\0ANT_CACHE_CAPACITY=4711\0");
  }

  /** Its port: a container may know its folder by another path. */
  private static String argumentOf(NodeSpec node) {
    return Integer.toString(node.ports().node());
  }

  private static Stream<Path> processes() {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries.filter(path -> path.getFileName().toString().matches("[0-9]+")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError("the processes cannot be listed", e);
    }
  }

  private static String words(Path process, String file) {
    try {
      return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public boolean wasAskedToEnd(NodeSpec node) {
    return lastRun(node).contains("Received SIGTERM, initiating shutdown");
  }
}
