package dev.wnm.programs;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeFigure;
import dev.wnm.spi.program.NodeView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON log of ant-node: one object a line, the newest of the daily files, from where the last look ended. Its numbers are
 * in summaries that come every five minutes; their wording may change between releases, so that what is not understood is passed
 * over.
 */
final class LogReader {
  /** {@code ant-node.2026-11-29.log}, by UTC. */
  private static final Pattern FILE = Pattern.compile("ant-node\\.\\d{4}-\\d\\d-\\d\\d\\.log");
  /** A minute of a busy node's log at info has some KiB; what comes after more than this is read at the next look. */
  private static final int MOST_BYTES = 512 * 1024;
  private static final Pattern PRUNED = Pattern.compile("Prune pass complete.*");
  private static final Pattern STARTING = Pattern.compile("ant-node starting.*");
  private static final Pattern ENDPOINT = Pattern.compile("endpoint traffic summary.*");
  private static final Pattern CHUNKS = Pattern.compile("chunk rpc traffic summary.*");
  private static final Pattern PAYMENTS = Pattern.compile("evm rpc summary.*");
  private static final Pattern RELAYED = Pattern.compile("relay traffic summary.*");
  private static final Pattern AUDITED = Pattern.compile("audit outcome summary.*");
  private static final Pattern AUDIT = Pattern.compile("\\w+_audit_(pass|fail_\\w+)");
  /** Long before the first summary. */
  private static final Pattern JOINED = Pattern.compile("Bootstrap complete: connected to (\\d+) peers.*");
  private static final Pattern IN_TEXT = Pattern.compile("\\b(\\w+)=(\\d+)");

  private final Map<NodeFigure, Long> figures = new EnumMap<>(NodeFigure.class);
  private Optional<Version> version = Optional.empty();
  private LogPosition position;
  private boolean startedAnew;

  LogReader(LogPosition from) {
    position = from;
  }

  static boolean isLog(String name) {
    return FILE.matcher(name).matches();
  }

  /** Reads on, as far as one look goes. */
  void readOn(NodeView view, Path folder) throws IOException {
    List<String> files = view.names(folder).stream().filter(LogReader::isLog).sorted().toList();
    if (files.isEmpty()) {
      return;
    }
    String newest = files.get(files.size() - 1);
    if (!position.file().equals(newest) && files.contains(position.file())) {
      read(view, folder, position.file(), position.bytes());
    }
    read(view, folder, newest, position.file().equals(newest) ? position.bytes() : 0);
  }

  private void read(NodeView view, Path folder, String name, long from) throws IOException {
    Path file = folder.resolve(name);
    long size = view.size(file);
    // One that is shorter than it was is another file; of what is too much, the end counts.
    long begin = from > size ? 0 : from;
    boolean skipped = size - begin > MOST_BYTES;
    byte[] bytes = view.read(file, skipped ? size - MOST_BYTES : begin, MOST_BYTES);
    long offset = skipped ? size - MOST_BYTES : begin;
    int end = lastLineEnd(bytes);
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    (skipped ? text.substring(Math.max(0, text.indexOf('\n'))) : text).lines().forEach(this::accept);
    position = new LogPosition(name, offset + end);
  }

  /** What comes after the last line end is a line that is still being written. */
  private static int lastLineEnd(byte[] bytes) {
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  private void accept(String line) {
    if (line.isBlank()) {
      return;
    }
    try {
      JsonElement parsed = new Gson().fromJson(line, JsonElement.class);
      if (parsed instanceof JsonObject object) {
        accept(object);
      }
    } catch (JsonParseException | StackOverflowError e) {
      // Another program's line, or one that was cut.
    }
  }

  private void accept(JsonObject line) {
    String message = text(line, "message");
    text(line, "node_version", known -> version = Version.parse(known).or(() -> version));
    if (STARTING.matcher(message).matches()) {
      startedAnew = true;
      figures.clear();
    } else if (ENDPOINT.matcher(message).matches()) {
      put(line, "active_connections", NodeFigure.CONNECTED_PEERS);
      put(line, "active_connections", NodeFigure.OPEN_CONNECTIONS);
    } else if (CHUNKS.matcher(message).matches()) {
      put(line, "get_success_tx_count", NodeFigure.GETS);
      put(line, "put_success_tx_count", NodeFigure.PUTS);
    } else if (PAYMENTS.matcher(message).matches()) {
      number(line, "completed_payments_ok_count").ifPresent(single -> figures.put(NodeFigure.PAYMENT_COUNT,
          single + number(line, "merkle_payment_ok_count").orElse(0L)));
    } else if (RELAYED.matcher(message).matches()) {
      put(line, "active_sessions", NodeFigure.RELAY_SESSIONS);
    } else if (AUDITED.matcher(message).matches()) {
      audited(line);
    } else if (PRUNED.matcher(message).matches()) {
      pruned(message);
    } else {
      joined(message);
    }
  }

  private void joined(String message) {
    Matcher joined = JOINED.matcher(message);
    if (joined.matches()) {
      parse(joined.group(1)).ifPresent(peers -> figures.put(NodeFigure.CONNECTED_PEERS, peers));
    }
  }

  /** A field for each kind of audit and each way in which it came out. */
  private void audited(JsonObject line) {
    long passed = 0;
    long failed = 0;
    boolean isTold = false;
    for (String field : line.keySet()) {
      Matcher audit = AUDIT.matcher(field);
      Optional<Long> count = audit.matches() ? number(line, field) : Optional.empty();
      if (count.isPresent()) {
        isTold = true;
        passed += audit.group(1).equals("pass") ? count.get() : 0;
        failed += audit.group(1).equals("pass") ? 0 : count.get();
      }
    }
    if (isTold) {
      figures.put(NodeFigure.AUDITS_PASSED, passed);
      figures.put(NodeFigure.AUDITS_FAILED, failed);
    }
  }

  /** Its numbers are in its text: {@code Prune pass complete: records total=12 in_range=9 …}. */
  private void pruned(String message) {
    Matcher pair = IN_TEXT.matcher(message);
    boolean total = false;
    boolean inRange = false;
    while (pair.find()) {
      if (!total && pair.group(1).equals("total")) {
        parse(pair.group(2)).ifPresent(count -> figures.put(NodeFigure.RECORDS, count));
        total = true;
      } else if (!inRange && pair.group(1).equals("in_range")) {
        parse(pair.group(2)).ifPresent(count -> figures.put(NodeFigure.REL_RECORDS, count));
        inRange = true;
      }
    }
  }

  private void put(JsonObject line, String field, NodeFigure figure) {
    number(line, field).ifPresent(value -> figures.put(figure, value));
  }

  private static Optional<Long> number(JsonObject line, String field) {
    return line.get(field) instanceof JsonPrimitive value ? parse(value.getAsString()) : Optional.empty();
  }

  private static Optional<Long> parse(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static String text(JsonObject line, String field) {
    return line.get(field) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  private static void text(JsonObject line, String field, Consumer<String> taker) {
    String text = text(line, field);
    if (!text.isEmpty()) {
      taker.accept(text);
    }
  }

  /** The newest file of a log folder; empty where there is none. */
  static Optional<String> newest(NodeView view, Path folder) throws IOException {
    return view.names(folder).stream().filter(LogReader::isLog).max(String::compareTo);
  }

  Map<NodeFigure, Long> figures() {
    return figures;
  }

  Optional<Version> version() {
    return version;
  }

  LogPosition position() {
    return position;
  }

  boolean startedAnew() {
    return startedAnew;
  }
}
