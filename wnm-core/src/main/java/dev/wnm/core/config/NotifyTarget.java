package dev.wnm.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody who is told of events: a program, or an address of the web. What an address is may be a secret, so that nothing shows more of
 * it than its host.
 */
public sealed interface NotifyTarget {
  /** What is said of it in lines and files that others may read: the path of a program, the host of an address. */
  String name();

  /** All of it; for whoever calls it, and for nobody's eyes. */
  String text();

  /** A program that is run. @param path absolute */
  record Program(String path) implements NotifyTarget {
    @Override
    public String name() {
      return path;
    }

    @Override
    public String text() {
      return path;
    }
  }

  /** An address that is sent a POST. */
  record Webhook(URI address) implements NotifyTarget {
    @Override
    public String name() {
      return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    @Override
    public String text() {
      return address.toString();
    }

    /** Only what may be seen. */
    @Override
    public String toString() {
      return name();
    }
  }

  /** What is allowed, to follow "must be". */
  String ALLOWED = "absolute paths of programs and addresses https://HOST/…, separated by commas (http:// on this machine only)";

  /** The names of hosts that are this machine. */
  Set<String> THIS_MACHINE = Set.of("localhost", "[::1]");

  /** More is no address that anybody gives out. */
  int LONGEST = 2_048;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none; the message follows the name of whatever it stands in, and does not show it
   */
  static NotifyTarget read(String text) {
    if (text.startsWith("/")) {
      return new Program(text);
    }
    if (!text.matches("(?i)https?://.*")) {
      throw new IllegalArgumentException("must be " + ALLOWED);
    }
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      // Its message and its input have the address, so it is no cause.
      throw new IllegalArgumentException("must name addresses as browsers write them: there is a sign at place " + (e.getIndex() + 1)
          + " of one that has to be written with %");
    }
    if (address.getHost() == null || text.length() > LONGEST || address.getRawFragment() != null) {
      throw new IllegalArgumentException("must name addresses of " + LONGEST + " characters at most, with a host and without #");
    }
    if (address.getScheme().equalsIgnoreCase("http") && !isHere(address.getHost().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("must name https:// where an address is on another machine: anybody on the way could read http://");
    }
    return new Webhook(address);
  }

  private static boolean isHere(String host) {
    return THIS_MACHINE.contains(host) || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
