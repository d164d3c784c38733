package dev.wnm.notify;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that is told of events, and answers as a test says; with 200 where it says nothing. */
final class Receiver implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpServer server;
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> accounts = new CopyOnWriteArrayList<>();
  private volatile boolean silent;
  private volatile String elsewhere = "";

  Receiver() {
    this(0);
  }

  Receiver(int port) {
    this(create(port));
  }

  Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static HttpServer create(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    accounts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (silent) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!elsewhere.isEmpty()) {
      exchange.getResponseHeaders().add("Location", elsewhere);
    }
    Integer status = answers.poll();
    exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** An address with a secret in it. */
  String address() {
    return "http://127.0.0.1:" + port() + "/hook/SECRET?token=SECRET";
  }

  /** What it answers next, one after the other. */
  Receiver answers(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  /** From now on it reads and never answers. */
  void fallSilent() {
    silent = true;
  }

  void sendOnTo(String address) {
    elsewhere = address;
  }

  List<JsonObject> told() {
    return bodies.stream().map(body -> JsonParser.parseString(body).getAsJsonObject()).toList();
  }

  /** What the requests said of an account. */
  List<String> accounts() {
    return accounts;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
