package dev.wnm.fetch;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that the environment names, as other programs read it: {@code https_proxy}, and {@code no_proxy} for whom to reach without
 * it; either also in capitals. Where none is named, Java's own settings hold.
 *
 * @param proxy a host and a port, where there is one
 * @param without the names of hosts and domains that are reached without it; {@code *} is all
 */
record Proxies(Optional<URI> proxy, List<String> without) {
  private static final String VARIABLE = "https_proxy";
  private static final int USUAL_PORT = 80;

  /** @throws BadInputException when it names one that wnm cannot use */
  static Proxies of(Map<String, String> environment) {
    return new Proxies(variable(environment, VARIABLE).map(Proxies::read),
        variable(environment, "no_proxy").stream().flatMap(hosts -> Arrays.stream(hosts.split("[,\\s]+")))
            .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
            .filter(host -> !host.isEmpty()).toList());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT)).map(each -> environment.getOrDefault(each, "").strip())
        .filter(value -> !value.isEmpty()).findFirst();
  }

  private static URI read(String text) {
    try {
      URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
      // A password is for nobody's eyes, so the value is not shown then.
      if (proxy.getRawUserInfo() != null) {
        throw new BadInputException(VARIABLE + " names an account, and wnm cannot sign in at a proxy: name one without, or fetch the"
            + " archive by hand and give --fetch_node its file");
      }
      if ("http".equals(proxy.getScheme()) && proxy.getHost() != null) {
        return proxy;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new BadInputException(VARIABLE + " must be http://HOST:PORT, but the environment says '" + (text.contains("@") ? "…" : text) + "'");
  }

  /** Who says for each address how it is reached; empty where Java's own settings hold. */
  Optional<ProxySelector> selector() {
    return proxy.map(named -> new ProxySelector() {
      @Override
      public List<Proxy> select(URI address) {
        return List.of(isFor(address) ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress(named.getHost(), port())) : Proxy.NO_PROXY);
      }

      @Override
      public void connectFailed(URI address, SocketAddress at, IOException failure) {
        // Whoever asked for the connection says so.
      }
    });
  }

  /** What is said of the way to an address; empty when there is nothing to say. */
  String wordsFor(URI address) {
    return isFor(address) ? " (by the proxy " + hostFor(address) + ":" + port() + " of " + VARIABLE + ")" : "";
  }

  /** The host that a connection for an address is made to. */
  String hostFor(URI address) {
    return isFor(address) ? proxy.orElseThrow().getHost() : address.getHost();
  }

  private int port() {
    return proxy.map(URI::getPort).filter(port -> port > 0).orElse(USUAL_PORT);
  }

  private boolean isFor(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return proxy.isPresent() && without.stream().noneMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }
}
