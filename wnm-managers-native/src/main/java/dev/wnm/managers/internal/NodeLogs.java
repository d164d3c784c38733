package dev.wnm.managers.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

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

  public static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Why the node ended, in its own words. */
  public static String lastFailure(NodeSpec node) {
    return tail(node.logDir().resolve(CRITICAL_FAILURE), 0);
  }

  /** The last lines that the node printed after its console log had this size, and why it ended. */
  public static String lastWords(NodeSpec node, long consoleSize) {
    String printed = tail(consoleOf(node), consoleSize);
    String failure = lastFailure(node);
    if (printed.isEmpty() && failure.isEmpty()) {
      return "it said nothing";
    }
    String both = printed + (printed.isEmpty() || failure.isEmpty() ? "" : " | ") + failure;
    return "it said: " + both;
  }

  private static String tail(Path file, long from) {
    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS))) {
      long begin = Math.max(from, channel.size() - TAIL_BYTES);
      if (begin >= channel.size()) {
        return "";
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - begin));
      channel.position(begin);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Read on.
      }
      List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines()
          .map(String::strip).filter(line -> !line.isEmpty()).toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
