package dev.wnm.managers.internal;

import dev.wnm.core.files.FileEntry;
import dev.wnm.core.files.OpenFolder;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node left in its log folder about its end. Everything here is a hint for a person: what cannot be read is empty.
 */
public final class NodeLogs {
  private static final String CONSOLE = "console.log";
  /** Written by antnode when it ends by an error or by INT, and deleted by it when it starts. */
  private static final String CRITICAL_FAILURE = "critical_failure.log";
  private static final int TAIL_BYTES = 2_048;
  private static final int TAIL_LINES = 3;

  private NodeLogs() {}

  /** What the node prints goes here; beside antnode's own log files, which it rotates and counts by itself. */
  public static Path consoleOf(NodeSpec node) {
    return node.logDir().resolve(CONSOLE);
  }

  /** How much the node has printed, in bytes; 0 where that cannot be told. */
  public static long consoleSize(NodeSpec node) {
    try (OpenFolder logs = open(node)) {
      return logs.entry(CONSOLE).map(FileEntry::size).orElse(0L);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Why the node ended, in its own words. */
  public static String lastFailure(NodeSpec node) {
    return tail(node, CRITICAL_FAILURE, 0);
  }

  /** The last lines that the node printed after its console log had this size, and why it ended. */
  public static String lastWords(NodeSpec node, long consoleSize) {
    String printed = tail(node, CONSOLE, consoleSize);
    String failure = lastFailure(node);
    if (printed.isEmpty() && failure.isEmpty()) {
      return "it said nothing";
    }
    String both = printed + (printed.isEmpty() || failure.isEmpty() ? "" : " | ") + failure;
    return "it said: " + both;
  }

  private static String tail(NodeSpec node, String file, long from) {
    try (OpenFolder logs = open(node)) {
      List<String> lines = new String(logs.readEnd(file, from, TAIL_BYTES), StandardCharsets.UTF_8).lines()
          .map(String::strip).filter(line -> !line.isEmpty()).toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  /** The node's account may own the folder and all in it, and have put anything there. */
  private static OpenFolder open(NodeSpec node) throws IOException {
    boolean inside = node.logDir().startsWith(node.rootDir());
    return OpenFolder.in(inside ? node.rootDir() : node.logDir(), node.logDir());
  }
}
