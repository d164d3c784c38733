package dev.wnm.fleet.site;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.EventStreams;
import dev.wnm.web.http.Gatekeeper;
import dev.wnm.web.http.Handler;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import dev.wnm.web.http.Routes;
import dev.wnm.web.http.Threads;
import dev.wnm.web.http.Tokens;
import dev.wnm.web.http.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Serves one fleet, to this machine alone. Nothing can be changed here. */
public final class FleetSite implements AutoCloseable {
  private static final String API = "/api/v1";
  private static final String OWN = "/dev/wnm/fleet/page/";
  private static final String SHARED = "/dev/wnm/web/page/";

  private final Source source;
  private final Clock clock;
  private final EventStreams streams = new EventStreams();
  private final ScheduledExecutorService looks;
  private final WebServer server;
  private volatile Optional<Seen> latest = Optional.empty();
  private volatile String trouble = "the fleet was not looked at yet";

  /** Looks at the fleet. */
  @FunctionalInterface
  public interface Source {
    Sight look() throws FleetException;
  }

  /** What a look saw. The JSON of all hosts is made when it is asked for first, and then for all who ask: for a thousand hosts that takes a third of a second. */
  private static final class Seen {
    private final Sight sight;
    private final String trouble;
    private Optional<Answer> json = Optional.empty();

    Seen(Sight sight, String trouble) {
      this.sight = sight;
      this.trouble = trouble;
    }

    synchronized Answer json() {
      Answer answer = json.orElseGet(() -> FleetJson.answer(sight, trouble, ""));
      json = Optional.of(answer);
      return answer;
    }

    /** Of the hosts of a condition. */
    Answer json(String where) {
      return FleetJson.answer(sight, trouble, where);
    }
  }

  private FleetSite(Source source, Clock clock, InetSocketAddress address, Path tokens) throws IOException {
    this.source = source;
    this.clock = clock;
    looks = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "wnm-fleet-looks");
      thread.setDaemon(true);
      return thread;
    });
    server = WebServer.start(address, Optional.empty(), routes(), new Gatekeeper(false, Set.of(), Tokens.in(tokens)), streams, API + "/events", this::event);
  }

  /**
   * Serves it from now on.
   *
   * @param clock by which hosts fall silent while the fleet cannot be looked at
   * @param address of this machine alone
   * @param tokens the file with tokens, which nothing here needs
   * @param every how long it is from one look to the next
   * @throws IOException when the address cannot be listened at
   */
  public static FleetSite open(Source source, Clock clock, InetSocketAddress address, Path tokens, Duration every) throws IOException {
    FleetSite site = new FleetSite(source, clock, address, tokens);
    site.looks.scheduleWithFixedDelay(site::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return site;
  }

  /** Where it is served. */
  public InetSocketAddress address() {
    return server.address();
  }

  private void look() {
    try {
      latest = Optional.of(new Seen(source.look(), ""));
    } catch (FleetException | RuntimeException e) {
      trouble = String.valueOf(e.getMessage());
      latest = latest.map(seen -> new Seen(seen.sight.at(clock.instant()), trouble));
    }
    streams.send(event());
  }

  private EventStreams.Event event() {
    return new EventStreams.Event("snapshot", "", "{\"time\":" + latest.map(seen -> seen.sight.at().getEpochSecond()).orElse(0L) + "}");
  }

  private Routes routes() throws IOException {
    return new Routes().get("/", file(OWN + "index.html", "text/html; charset=utf-8")).get("/assets/fleet.js", script(OWN + "fleet.js"))
        .get("/assets/text.js", script(SHARED + "text.js")).get("/assets/page.css", style(SHARED + "page.css")).get("/assets/fleet.css", style(OWN + "fleet.css"))
        .get("/assets/icon.svg", file(SHARED + "icon.svg", "image/svg+xml"))
        .get(API + "/fleet", this::hosts)
        .get("/metrics", request -> FleetMetrics.page(now().sight))
        .open("/healthz", request -> Answer.text("text/plain; charset=utf-8", "ok\n"));
  }

  private Answer hosts(Request request) {
    request.allowOnly(Set.of("where"));
    Seen seen = now();
    try {
      return request.parameter("where").map(seen::json).orElseGet(seen::json);
    } catch (BadInputException wrong) {
      throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private Seen now() {
    return latest.orElseThrow(() -> new Refusal(503, trouble));
  }

  private static Handler script(String resource) throws IOException {
    return file(resource, "text/javascript; charset=utf-8");
  }

  private static Handler style(String resource) throws IOException {
    return file(resource, "text/css; charset=utf-8");
  }

  private static Handler file(String resource, String type) throws IOException {
    try (InputStream in = FleetSite.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("this build lacks " + resource);
      }
      Answer answer = Answer.of(type, in.readAllBytes());
      return request -> answer;
    }
  }

  @Override
  public void close() {
    Threads.end(looks);
    server.close();
  }
}
