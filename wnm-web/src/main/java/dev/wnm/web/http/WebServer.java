package dev.wnm.web.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Serves {@link Routes} by the HTTP server of the JDK. Requests are taken by a few threads of its own, so that nobody outside can
 * hold up whoever started it; clients that send or take too slowly are cut off.
 */
public final class WebServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebServer.class.getName());
  private static final int THREADS = 16;
  private static final int BACKLOG = 128;
  private static final Duration WRITING = Duration.ofSeconds(20);
  /** In seconds: how long a client may take to send its request. The server's own watch for that is off by default. */
  private static final String SENDING_LIMIT = "sun.net.httpserver.maxReqTime";
  private static final String SENDING_SECONDS = "15";
  private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

  private final HttpServer server;
  private final Routes routes;
  private final Gatekeeper gatekeeper;
  private final EventStreams streams;
  private final ExecutorService workers;
  private final ScheduledExecutorService clock;
  private final Deadlines deadlines;

  private WebServer(HttpServer server, Routes routes, Gatekeeper gatekeeper, EventStreams streams) {
    this.server = server;
    this.routes = routes;
    this.gatekeeper = gatekeeper;
    this.streams = streams;
    ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("wnm-web"));
    pool.allowCoreThreadTimeOut(true);
    workers = pool;
    clock = Executors.newSingleThreadScheduledExecutor(daemons("wnm-web-clock"));
    deadlines = new Deadlines(WRITING, clock);
  }

  /**
   * Serves from now on.
   *
   * @param address where; port 0 takes a free one
   * @param tls what answers are encrypted with; empty means not at all
   * @param events the path at which clients listen to {@code streams}
   * @param first what a client that begins to listen is told at once
   * @throws IOException when the address cannot be listened at
   */
  public static WebServer start(InetSocketAddress address, Optional<SSLContext> tls, Routes routes, Gatekeeper gatekeeper, EventStreams streams,
      String events, Supplier<EventStreams.Event> first) throws IOException {
    if (System.getProperty(SENDING_LIMIT) == null) {
      System.setProperty(SENDING_LIMIT, SENDING_SECONDS);
    }
    HttpServer server = tls.isPresent() ? HttpsServer.create(address, BACKLOG) : HttpServer.create(address, BACKLOG);
    tls.ifPresent(context -> ((HttpsServer) server).setHttpsConfigurator(new HttpsConfigurator(context)));
    WebServer web = new WebServer(server, routes, gatekeeper, streams);
    server.setExecutor(web.workers);
    server.createContext("/", exchange -> web.take(exchange, events, first));
    server.start();
    return web;
  }

  /** Where it serves. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
    Threads.end(workers);
    clock.shutdownNow();
  }

  private void take(HttpExchange exchange, String events, Supplier<EventStreams.Event> first) {
    try {
      String path = exchange.getRequestURI().getPath();
      if (path.equals(events) && exchange.getRequestMethod().equals("GET")) {
        listen(exchange, first);
      } else {
        send(exchange, answer(exchange, path));
      }
    } catch (IOException gone) {
      exchange.close();
    }
  }

  private void listen(HttpExchange exchange, Supplier<EventStreams.Event> first) throws IOException {
    try {
      gatekeeper.admit(exchange.getRequestHeaders(), "GET", Routes.Access.READ);
      if (streams.isFull()) {
        throw new Refusal(503, "there are " + EventStreams.MOST + " who listen already");
      }
    } catch (Refusal refused) {
      send(exchange, refused.answer().with("Retry-After", "30"));
      return;
    }
    secure(exchange.getResponseHeaders());
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    streams.open(exchange, first, deadlines);
  }

  private Answer answer(HttpExchange exchange, String path) {
    try {
      String method = exchange.getRequestMethod();
      Routes.Found found = routes.find(method.equals("HEAD") ? "GET" : method, path);
      Optional<String> caller = gatekeeper.admit(exchange.getRequestHeaders(), method, found.access());
      return found.handler().answer(new Request(found.parts(), Request.parameters(Optional.ofNullable(exchange.getRequestURI().getRawQuery())), caller,
          exchange.getRequestBody()));
    } catch (Refusal refused) {
      return refused.answer();
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError defect) {
      LOG.log(System.Logger.Level.WARNING, "{0} could not be answered: {1}", path, defect);
      LOG.log(System.Logger.Level.DEBUG, "in full", defect);
      return Answer.problem(500, "this could not be answered; the log of wnm says why");
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    secure(headers);
    answer.headers().forEach(headers::set);
    headers.set("Content-Type", answer.type());
    Body body = answer.body();
    if (answer.status() == 200) {
      headers.set("ETag", body.tag());
      headers.putIfAbsent("Cache-Control", java.util.List.of("no-cache"));
      if (body.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        exchange.close();
        return;
      }
    } else {
      headers.set("Cache-Control", "no-store");
    }
    headers.set("Vary", "Accept-Encoding");
    boolean takesGzip = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding")).contains("gzip");
    if (takesGzip && body.isCompressed()) {
      headers.set("Content-Encoding", "gzip");
    }
    int length = body.length(takesGzip);
    boolean isEmpty = length == 0 || exchange.getRequestMethod().equals("HEAD");
    deadlines.within(() -> {
      try (exchange; OutputStream out = exchange.getResponseBody()) {
        exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : length);
        if (!isEmpty) {
          body.writeTo(out, takesGzip);
        }
      }
    });
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
