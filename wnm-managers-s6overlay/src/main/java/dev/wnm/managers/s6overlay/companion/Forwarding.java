package dev.wnm.managers.s6overlay.companion;

import dev.wnm.spi.config.BadInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the lines of all services are collected.
 *
 * @param to which kind of place
 * @param host of a syslog server; empty for others
 * @param port of a syslog server; 0 for others
 * @param file that an agent reads; empty for others
 */
public record Forwarding(To to, String host, int port, String file) {
  private static final String FORM = "output, file:/PATH, syslog+udp://HOST[:PORT], syslog+tcp://HOST[:PORT] or syslog+tls://HOST[:PORT]";
  private static final Pattern SYSLOG =
      Pattern.compile("syslog\\+(udp|tcp|tls)://([A-Za-z0-9_][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:]+\\])(?::([0-9]{1,5}))?/?");
  private static final int SYSLOG_PORT = 514;
  private static final int SYSLOG_TLS_PORT = 6514;

  /** A kind of place. */
  public enum To {
    /** The container's own output. */
    OUTPUT,
    /** A file. */
    FILE,
    /** A syslog server, by UDP: what is lost on the way, nobody knows. */
    UDP,
    /** A syslog server, by TCP. */
    TCP,
    /** A syslog server, by TCP with TLS, whose certificate is checked. */
    TLS
  }

  /** Reads {@code --forward}. @throws BadInputException in one sentence */
  public static Optional<Forwarding> read(String text) {
    String wish = text.strip();
    if (wish.isEmpty()) {
      return Optional.empty();
    }
    if (wish.equals("output")) {
      return Optional.of(new Forwarding(To.OUTPUT, "", 0, ""));
    }
    if (wish.matches("file:/[^\\p{Cntrl}]+")) {
      return Optional.of(new Forwarding(To.FILE, "", 0, wish.substring("file:".length())));
    }
    Matcher syslog = SYSLOG.matcher(wish);
    if (syslog.matches()) {
      To to = To.valueOf(syslog.group(1).toUpperCase(Locale.ROOT));
      int port = syslog.group(3) != null ? Integer.parseInt(syslog.group(3)) : to == To.TLS ? SYSLOG_TLS_PORT : SYSLOG_PORT;
      if (port >= 1 && port <= 65_535) {
        return Optional.of(new Forwarding(to, syslog.group(2), port, ""));
      }
    }
    throw new BadInputException("--forward must be " + FORM + ", but it is '" + text + "'");
  }
}
