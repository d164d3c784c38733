package dev.wnm.web;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be served where, checked.
 *
 * @param address where
 * @param tls the certificate and its key, where HTTPS is wanted
 * @param names how the server may be called, in small letters
 * @param tokens the file with tokens
 */
record ServeOrder(InetSocketAddress address, Optional<Tls> tls, Set<String> names, Path tokens) {
  private static final int HIGHEST_PORT = 65_535;

  /** Both as PEM. */
  record Tls(Path certificate, Path key) {}

  /** @throws BadInputException when others could read along, or an option lacks another */
  static ServeOrder of(Settings settings, String where) {
    InetSocketAddress address = address(where);
    Optional<Path> certificate = settings.find(Options.SERVE_CERTIFICATE);
    Optional<Path> key = settings.find(Options.SERVE_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new BadInputException(Options.SERVE_CERTIFICATE + " and " + Options.SERVE_KEY + " go together; "
          + (key.isEmpty() ? Options.SERVE_KEY : Options.SERVE_CERTIFICATE) + " is missing");
    }
    if (!address.getAddress().isLoopbackAddress() && certificate.isEmpty() && !settings.get(Options.SERVE_PLAIN)) {
      throw new BadInputException(Options.SERVE + " " + where + " would send tokens over the network unencrypted: give " + Options.SERVE_CERTIFICATE
          + " and " + Options.SERVE_KEY + ", or " + Options.SERVE_PLAIN + " where a proxy or a tunnel encrypts, or serve on 127.0.0.1");
    }
    Set<String> names = settings.find(Options.SERVE_NAMES).stream().flatMap(text -> Arrays.stream(text.split(",")))
        .map(name -> name.toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    return new ServeOrder(address, certificate.map(path -> new Tls(path, key.orElseThrow())), names, settings.get(Options.TOKEN_FILE));
  }

  /** Whether whoever is on this machine, and nobody else, reaches it. */
  boolean isLocal() {
    return address.getAddress().isLoopbackAddress();
  }

  private static InetSocketAddress address(String where) {
    int colon = where.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : where.substring(0, colon);
    int port = Integer.parseInt(where.substring(colon + 1));
    if (port > HIGHEST_PORT) {
      throw new BadInputException(Options.SERVE + " " + where + ": a port is at most " + HIGHEST_PORT);
    }
    try {
      // Digits and colons only, so that no name is looked up.
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new BadInputException(Options.SERVE + " " + where + ": " + host + " is no IP address");
    }
  }
}
