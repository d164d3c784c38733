package dev.wnm.core.probe;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Where a node's metrics server is.
 *
 * @param id the node's number, under which its result is found
 * @param host name or address; names are looked up once per survey
 * @param port TCP port, 1 to 65535
 */
@API(status = API.Status.STABLE)
public record ProbeTarget(int id, String host, int port) {
  public ProbeTarget {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("metrics port " + port + " of node " + id + " is not within 1-65535");
    }
  }

  /** {@code host:port} as in a URL. */
  String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
