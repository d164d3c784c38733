package dev.wnm.managers.s6overlay.companion;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
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
  /** The service that collects, where that is not done by each logger. */
  public static final String SERVICE = "log-forward";

  /** Files of this name at the top of a tree name Debian packages that the image needs, one a line. */
  public static final String PACKAGES = "packages";

  /** Where Debian has the certificates of all authorities that the image trusts. */
  private static final String AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

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

  /** Whether a service of its own collects. */
  public boolean isByService() {
    return to != To.OUTPUT;
  }

  /** Whether lines reach a syslog server. */
  public boolean isSyslog() {
    return to == To.UDP || to == To.TCP || to == To.TLS;
  }

  /** What the image needs for it. */
  public List<String> packages() {
    return !isSyslog() ? List.of() : to == To.TLS ? List.of("ca-certificates", "rsyslog", "rsyslog-gnutls") : List.of("rsyslog");
  }

  /** Where lines go, as the end of a sentence. */
  public String says() {
    return switch (to) {
      case OUTPUT -> "to the container's output";
      case FILE -> "to the file " + file;
      case UDP, TCP, TLS -> "to syslog at " + host + ", port " + port + ", by " + to;
    };
  }

  /**
   * Writes what the program {@code forward} of {@link Companion#LIBRARY} reads.
   *
   * @param folder that of the service's data, with a slash at its end
   */
  public void writeTo(OutputFolder tree, String folder) {
    tree.file(folder + "target", (isSyslog() ? "syslog " + to.name().toLowerCase(Locale.ROOT) + " " + port : "file " + file) + "\n");
    if (isSyslog()) {
      tree.file(folder + "rsyslog.conf", rsyslogConf());
    }
  }

  /**
   * All queues are direct, so that an input ends its connection only when the target has taken what came over it. The driver is
   * GnuTLS's: that of OpenSSL lost a line in tests when the target closed its connection (8.2302).
   */
  private String rsyslogConf() {
    String name = host.replaceAll("[\\[\\]]", "");
    String by = switch (to) {
      case TLS -> "protocol=\"tcp\" tcp_framing=\"octet-counted\"\n    streamDriver=\"gtls\" streamDriverMode=\"1\""
          + " streamDriverAuthMode=\"x509/name\" streamDriverPermittedPeers=\"" + name + "\" streamDriver.permitExpiredCerts=\"off\"";
      case TCP -> "protocol=\"tcp\" tcp_framing=\"octet-counted\"";
      default -> "protocol=\"udp\"";
    };
    return """
        # Made by wnm: takes whole messages of RFC 5424 over a socket, and hands them on as they are.
        global(maxMessageSize="2m" parser.escapeControlCharactersOnReceive="off"@AUTHORITIES@)
        main_queue(queue.type="Direct")
        module(load="imptcp")
        template(name="whole" type="string" string="%rawmsg%")
        input(type="imptcp" path="/run/log-forward/socket" unlink="on" maxFrameSize="2097152" ruleset="forward")
        ruleset(name="forward" queue.type="Direct") {
          action(type="omfwd" target="@HOST@" port="@PORT@" @BY@
            template="whole" action.resumeRetryCount="-1" action.resumeInterval="1" action.resumeIntervalMax="30"
            keepAlive="on")
        }
        """.replace("@AUTHORITIES@", to == To.TLS ? " defaultNetstreamDriverCAFile=\"" + AUTHORITIES + "\"" : "")
        .replace("@HOST@", name).replace("@PORT@", String.valueOf(port)).replace("@BY@", by);
  }
}
