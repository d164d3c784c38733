package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** A node's metrics port. Core is who watches it; here it only tells whether there is anything left to start. */
final class MetricsPort {
  private static final int LIMIT_MILLIS = 2_000;

  private MetricsPort() {}

  /** Whether a node answers there. */
  static boolean answers(NodeSpec node) {
    try {
      URI page = new URI("http", null, node.host(), node.ports().metrics().orElseThrow(), "/metadata", null, null);
      HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException | java.net.URISyntaxException e) {
      return false;
    }
  }
}
