package dev.wnm.managers.antdaemon;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.spi.manager.CauseLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * What the daemon says of its nodes while something is done to one of them, from its stream of events. The stream tells nothing of the
 * time before, so it can only add words and spare a wait: what is, the states say. One that does not come, breaks off, has no end or
 * makes no sense tells nothing more, and is no failure. Safe for many threads.
 */
final class Events implements AutoCloseable {
  /** A line; those of the daemon have less than 1 KiB. */
  static final int MOST_BYTES_OF_A_LINE = 16 * 1024;
  /** Of one stream, whose longest lasts for some minutes. */
  static final int MOST_BYTES = 1024 * 1024;

  private static final int MOST_EVENTS = 1000;
  private static final String DATA = "data:";

  private final InputStream stream;
  private final IntFunction<String> ending;
  private final List<Event> events = new ArrayList<>();
  private boolean isOver;

  /** What an event means for the node that it is of. */
  enum Kind { DIED, GIVEN_UP, EVICTED, UPGRADED }

  /** Types that tell something which a state does not, by the daemon's names. */
  private static final Map<String, Kind> KINDS = Map.of("node_crashed", Kind.DIED, "node_errored", Kind.GIVEN_UP,
      "node_evicted", Kind.EVICTED, "node_upgraded", Kind.UPGRADED);

  /**
   * An event.
   *
   * @param node the daemon's number of it
   * @param words what happened, to follow "it"
   */
  record Event(Kind kind, int node, String words) {
    /** Whether the daemon will not start the node again by itself. */
    boolean isFinal() {
      return kind == Kind.GIVEN_UP || kind == Kind.EVICTED;
    }
  }

  private Events(InputStream stream, IntFunction<String> ending) {
    this.stream = stream;
    this.ending = ending;
  }

  /** Those of a stream that was answered, from now on until this is closed. @param ending what an exit code means, to follow "ended" */
  static Events of(InputStream stream, IntFunction<String> ending) {
    Events events = new Events(stream, ending);
    Thread reader = new Thread(events::read, "wnm-ant-daemon-events");
    reader.setDaemon(true);
    reader.start();
    return events;
  }

  /** None will come. */
  static Events none() {
    Events none = new Events(InputStream.nullInputStream(), code -> "");
    none.isOver = true;
    return none;
  }

  /** Those so far. */
  synchronized List<Event> all() {
    return List.copyOf(events);
  }

  private List<Event> of(int node) {
    return all().stream().filter(event -> event.node() == node).toList();
  }

  /** Whether the daemon has said that it will not start this node again. */
  boolean hasEnded(int node) {
    return of(node).stream().anyMatch(Event::isFinal);
  }

  /**
   * What was said last of this node, in words to follow a sentence; empty when nothing was.
   *
   * @param patience how long it may take to come: the daemon sees a death a moment after others do
   */
  String lastWords(int node, Duration patience) {
    return lastWords(node, patience, () -> !of(node).isEmpty());
  }

  /** The same of one that the daemon gave up, which its states tell before its events do. */
  String lastWordsOfTheEnd(int node, Duration patience) {
    return lastWords(node, patience, () -> hasEnded(node));
  }

  private synchronized String lastWords(int node, Duration patience, BooleanSupplier said) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); !said.getAsBoolean() && !isOver && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Event> all = of(node);
    return all.isEmpty() ? "" : "; the ant daemon says that it " + all.get(all.size() - 1).words();
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }

  private void read() {
    try (InputStream in = stream) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] buffer = new byte[MOST_BYTES_OF_A_LINE];
      int all = 0;
      for (int count = in.read(buffer); count >= 0 && (all += count) <= MOST_BYTES; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          if (buffer[i] != '\n') {
            line.write(buffer[i]);
          } else {
            take(line.toString(StandardCharsets.UTF_8));
            line.reset();
          }
        }
        if (line.size() > MOST_BYTES_OF_A_LINE) {
          return;
        }
      }
    } catch (IOException e) {
      // Closed, here or there: nothing more is known.
    } finally {
      finish();
    }
  }

  private synchronized void finish() {
    isOver = true;
    notifyAll();
  }

  /** The daemon writes each event's document into one line, with its type in it. */
  private void take(String line) {
    if (line.startsWith(DATA)) {
      event(line.substring(DATA.length()).strip()).ifPresent(this::add);
    }
  }

  private synchronized void add(Event event) {
    if (events.size() < MOST_EVENTS) {
      events.add(event);
      notifyAll();
    }
  }

  private Optional<Event> event(String document) {
    try {
      JsonObject json = JsonParser.parseString(document).getAsJsonObject();
      Kind kind = KINDS.get(json.get("type").getAsString());
      return kind == null ? Optional.empty() : Optional.of(new Event(kind, json.get("node_id").getAsInt(), words(kind, json)));
    } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException | ClassCastException
        | NumberFormatException odd) {
      return Optional.empty();
    }
  }

  private String words(Kind kind, JsonObject json) {
    return switch (kind) {
      case DIED -> json.get("exit_code").isJsonNull() ? "was ended by a signal" : "ended " + ending.apply(json.get("exit_code").getAsInt());
      case GIVEN_UP -> "is not started again: " + text(json, "message");
      case EVICTED -> "was evicted, its folder and key deleted: " + text(json, "reason");
      case UPGRADED -> "has upgraded itself from " + text(json, "old_version") + " to " + text(json, "new_version");
    };
  }

  private static String text(JsonObject json, String name) {
    return CauseLine.oneLine(json.get(name).getAsString());
  }
}
