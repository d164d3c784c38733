package dev.wnm.web;

import com.google.gson.JsonObject;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.web.api.HistoryApi;
import dev.wnm.web.api.OrderApi;
import dev.wnm.web.api.StateApi;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.EventStreams;
import dev.wnm.web.http.Gatekeeper;
import dev.wnm.web.http.Pem;
import dev.wnm.web.http.Routes;
import dev.wnm.web.http.Tokens;
import dev.wnm.web.http.WebServer;
import dev.wnm.web.live.LiveColony;
import dev.wnm.web.live.Snapshot;
import dev.wnm.web.metrics.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** All that is served of one colony. */
final class Site implements WatchAddOn.Running {
  static final String API = "/api/v1";

  private final LiveColony colony;
  private final OrderApi orders;
  private final WebServer server;

  private Site(LiveColony colony, OrderApi orders, WebServer server) {
    this.colony = colony;
    this.orders = orders;
    this.server = server;
  }

  /**
   * Serves it from now on.
   *
   * @throws BadInputException when the token file, the certificate or its key is not as it should be
   * @throws IOException when the address cannot be listened at
   */
  static Site open(ServeOrder order, WatchAddOn.Host host) throws IOException {
    Tokens tokens = tokens(order);
    Optional<SSLContext> tls = order.tls().isEmpty() ? Optional.empty() : Optional.of(tls(order.tls().get()));
    EventStreams streams = new EventStreams();
    LiveColony colony = new LiveColony(host, snapshot -> streams.send(event(snapshot)));
    OrderApi orders = new OrderApi(colony, streams);
    Routes routes = routes(colony, orders, streams);
    try {
      WebServer server = WebServer.start(order.address(), tls, routes, new Gatekeeper(!order.isLocal(), order.names(), tokens), streams,
          API + "/events", () -> event(colony.now()));
      host.says().accept("the page is at " + (tls.isPresent() ? "https" : "http") + "://" + inAddress(server.address()) + "/; orders need a token of "
          + order.tokens());
      return new Site(colony, orders, server);
    } catch (IOException e) {
      colony.close();
      orders.close();
      throw new IOException(Options.SERVE + " " + inAddress(order.address()) + ": nothing can be served there: " + e.getMessage(), e);
    }
  }

  @Override
  public void ends(Colony open, CycleReport report) {
    colony.over(report);
  }

  @Override
  public void close() {
    orders.close(); // who listens is told of the end of the order under way
    server.close();
    colony.close();
  }

  /** Where it is served. */
  InetSocketAddress address() {
    return server.address();
  }

  static Routes routes(LiveColony colony, OrderApi orders, EventStreams streams) {
    Routes routes = new Routes();
    new Assets().addTo(routes);
    new StateApi(colony).addTo(routes, API);
    new HistoryApi(colony).addTo(routes, API);
    orders.addTo(routes, API);
    routes.get("/metrics", request -> new MetricsPage(colony, streams).answer());
    routes.open("/healthz", request -> Answer.text("text/plain; charset=utf-8", "ok\n"));
    routes.open("/readyz", request -> colony.cycles().cycles() > 0 ? Answer.text("text/plain; charset=utf-8", "ok\n")
        : Answer.problem(503, "no cycle has come to its end since this program began"));
    return routes;
  }

  private static EventStreams.Event event(Snapshot snapshot) {
    JsonObject data = new JsonObject();
    data.addProperty("snapshot", snapshot.id());
    data.addProperty("time", snapshot.at().getEpochSecond());
    data.addProperty("nodes", snapshot.lines().size());
    return new EventStreams.Event("snapshot", Long.toString(snapshot.id()), data.toString());
  }

  private static Tokens tokens(ServeOrder order) {
    try {
      return Tokens.in(order.tokens());
    } catch (IOException e) {
      throw new BadInputException(Options.TOKEN_FILE + ": " + e.getMessage());
    }
  }

  private static SSLContext tls(ServeOrder.Tls tls) {
    try {
      return Pem.context(tls.certificate(), tls.key());
    } catch (IOException e) {
      throw new BadInputException(Options.SERVE_CERTIFICATE + ": " + e.getMessage());
    }
  }

  private static String inAddress(InetSocketAddress address) {
    InetAddress where = address.getAddress();
    String text = where.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
  }
}
