package dev.wnm.testkit;

import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks nodes for their pages as simply as can be, to check what cleverer code says of them. */
public final class NodePages {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Pattern VERSION = Pattern.compile("antnode_version=\"([^\"]+)\"");
  private static final Pattern PEER_ID = Pattern.compile("\\bpeer_id=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LIMIT).build();

  /** A page such as {@code /metrics}; empty when the node does not answer with code 200. */
  public Optional<String> get(String host, int port, String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path)).timeout(LIMIT).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The version that the node of a metrics port reports, if it answers. */
  public Optional<Version> version(String host, int port) {
    return find(VERSION, host, port).map(Version::new);
  }

  /** The peer id that the node of a metrics port reports, if it answers. */
  public Optional<String> peerId(String host, int port) {
    return find(PEER_ID, host, port);
  }

  private Optional<String> find(Pattern what, String host, int port) {
    return get(host, port, "/metadata").map(what::matcher).filter(Matcher::find).map(found -> found.group(1));
  }
}
