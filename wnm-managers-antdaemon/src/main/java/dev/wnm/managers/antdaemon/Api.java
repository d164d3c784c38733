package dev.wnm.managers.antdaemon;

import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** The calls of the daemon that wnm makes, in Java's terms. Each failure names the call, the code and the daemon's words. */
final class Api {
  private static final String BASE = "/api/v1";
  /** No lock of the daemon's keeps it from answering. */
  private static final Duration STREAM_LIMIT = Duration.ofSeconds(2);
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final Daemon daemon;
  private final Transport transport;
  private final Limits limits;

  Api(Daemon daemon, Transport transport, Limits limits) {
    this.daemon = daemon;
    this.transport = transport;
    this.limits = limits;
  }

  /** What became of a change: done, or the daemon finds that there is nothing to do. */
  enum Change { DONE, AS_IT_WAS }

  @FunctionalInterface
  private interface Reading<T> {
    T of(String body) throws Document.OddException;
  }

  /** Every node's name and number. */
  List<Document.Listed> list() throws OperationFailedException {
    return ask("/nodes/status", Document::listed).orElseThrow(() -> OperationFailedException.forNow(
        "the ant daemon knows no GET /nodes/status; it is of a release that wnm cannot work with"));
  }

  /** All of one node; empty when there is none of this number. */
  Optional<Entry> node(int id) throws OperationFailedException {
    return ask("/nodes/" + id, Document::node);
  }

  /** All of every node. */
  List<Entry> nodes() throws OperationFailedException {
    List<Entry> nodes = new ArrayList<>();
    for (Document.Listed listed : list()) {
      node(listed.id()).ifPresent(nodes::add);
    }
    return nodes;
  }

  Document.Health health() throws OperationFailedException {
    return ask("/health", Document::health).orElse(new Document.Health("green", List.of()));
  }

  /** Adds one node. @param body what {@code POST /nodes} wants */
  Entry add(String body) throws OperationFailedException, UnsettledException {
    Transport.Request request = new Transport.Request("POST", BASE + "/nodes", body);
    Transport.Answer answer = change(request);
    if (answer.code() != CREATED && answer.code() != OK) {
      throw refused(request, answer);
    }
    try {
      return Document.added(answer.body());
    } catch (Document.OddException e) {
      throw new UnsettledException(odd(request, e));
    }
  }

  Change start(int id) throws OperationFailedException, UnsettledException {
    return change("POST", "/nodes/" + id + "/start", CONFLICT);
  }

  Change stop(int id) throws OperationFailedException, UnsettledException {
    return change("POST", "/nodes/" + id + "/stop", CONFLICT);
  }

  /** Takes a node from the registry; what is on the disk stays. */
  Change delete(int id) throws OperationFailedException, UnsettledException {
    return change("DELETE", "/nodes/" + id, NOT_FOUND);
  }

  /**
   * What the daemon says of its nodes from now on; nothing where none runs, or it gives no stream.
   *
   * @param ending what a node's exit code means, to follow "ended"
   */
  Events events(IntFunction<String> ending) {
    try {
      OptionalInt port = daemon.port();
      return port.isEmpty() ? Events.none() : Events.of(transport.listen(port.getAsInt(), BASE + "/events", STREAM_LIMIT), ending);
    } catch (IOException | OperationFailedException e) {
      return Events.none();
    }
  }

  private Change change(String method, String path, int nothingToDo) throws OperationFailedException, UnsettledException {
    Transport.Request request = new Transport.Request(method, BASE + path, "");
    Transport.Answer answer = change(request);
    if (answer.code() == nothingToDo) {
      return Change.AS_IT_WAS;
    }
    if (answer.code() != OK) {
      throw refused(request, answer);
    }
    return Change.DONE;
  }

  private Transport.Answer change(Transport.Request request) throws OperationFailedException, UnsettledException {
    try {
      return send(request, limits.change());
    } catch (ConnectException e) {
      throw silent(request, e);
    } catch (IOException e) {
      throw new UnsettledException(silent(request, e).getMessage());
    }
  }

  private <T> Optional<T> ask(String path, Reading<T> reading) throws OperationFailedException {
    Transport.Request request = new Transport.Request("GET", BASE + path, "");
    Transport.Answer answer;
    try {
      answer = send(request, limits.question());
    } catch (IOException e) {
      throw silent(request, e);
    }
    if (answer.code() == NOT_FOUND) {
      return Optional.empty();
    }
    if (answer.code() != OK) {
      throw refused(request, answer);
    }
    try {
      return Optional.of(reading.of(answer.body()));
    } catch (Document.OddException e) {
      throw OperationFailedException.forNow(odd(request, e));
    }
  }

  private Transport.Answer send(Transport.Request request, Duration limit) throws OperationFailedException, IOException {
    return transport.send(daemon.startedPort(), request, limits.connect(), limit);
  }

  private static OperationFailedException silent(Transport.Request request, IOException e) {
    return OperationFailedException.forNow("the ant daemon does not answer " + inWords(request) + ": " + e.getMessage());
  }

  private static OperationFailedException refused(Transport.Request request, Transport.Answer answer) {
    String words = Document.error(answer.body()).lines().findFirst().orElse("");
    return OperationFailedException.forNow("the ant daemon answers " + inWords(request) + " with " + answer.code()
        + (words.isBlank() ? "" : ": " + CauseLine.oneLine(words)));
  }

  private static String odd(Transport.Request request, Document.OddException e) {
    return "what the ant daemon answers " + inWords(request) + " cannot be understood: " + e.getMessage();
  }

  private static String inWords(Transport.Request request) {
    return request.method() + " " + request.path();
  }
}
