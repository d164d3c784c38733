package dev.wnm.managers.s6overlay.companion;

import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that holds or does not in the container, which a small script finds out.
 *
 * @param text as it was given, such as {@code tcp:8500}
 * @param holds what is so when it holds, as the end of a sentence: {@code something listens on TCP port 8500}
 * @param script ends with 0 when it holds; it has a few seconds, see {@link HealthCheck}
 * @param programs of which the image must have one
 */
public record Check(String text, String holds, String script, List<String> programs) {
  /** What checks look like, for whoever wrote another. */
  public static final String FORM = "tcp:PORT, tcp:HOST:PORT, http://HOST:PORT/PATH, script:/PATH, dir:/PATH, file:/PATH,"
      + " net:default-route, net:INTERFACE or dns:HOST";

  private static final String HEAD = "#!/command/with-contenv sh\n";
  private static final String HOST = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)|\\[[0-9A-Fa-f:]+\\]";
  private static final int SECONDS = 3;
  /** Who repeats a check says how long it may take. */
  private static final String WITHIN = "\"${WNM_CHECK_SECONDS:-" + SECONDS + "}\"";
  private static final String LISTENER_QUESTION = "# Is there a listener on TCP port ";
  private static final Pattern LISTENER = Pattern.compile(LISTENER_QUESTION + "(\\d{1,5})\\?");

  public Check {
    programs = List.copyOf(programs);
  }

  /**
   * Reads one.
   *
   * @throws BadInputException when it is none
   */
  static Check read(NamedValues of, String text) {
    if (text.matches("tcp:\\d{1,5}")) {
      return listening(text, port(of, text, text.substring("tcp:".length())));
    }
    if (text.matches("tcp:(" + HOST + "):\\d{1,5}")) {
      int colon = text.lastIndexOf(':');
      return connecting(text, text.substring("tcp:".length(), colon), port(of, text, text.substring(colon + 1)));
    }
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return answering(of, text);
    }
    if (text.matches("script:/[^\\p{Cntrl}]+")) {
      String path = text.substring("script:".length());
      return new Check(text, path + " ends with 0", HEAD + "exec " + Shell.inSingleQuotes(path) + "\n", List.of(path));
    }
    if (text.matches("(dir|file):/[^\\p{Cntrl}]*")) {
      boolean isFolder = text.startsWith("dir:");
      String path = text.substring(text.indexOf(':') + 1);
      return new Check(text, (isFolder ? "there is the folder " : "there is the file ") + path,
          HEAD + "test " + (isFolder ? "-d " : "-e ") + Shell.inSingleQuotes(path) + "\n", List.of());
    }
    if (text.equals("net:default-route")) {
      return new Check(text, "there is a default route", HEAD + "# The kernel's own tables: 0.0.0.0/0, and ::/0 that is no reject.\n"
          + "grep -qsE '^[^[:space:]]+[[:space:]]+00000000[[:space:]]+[0-9A-F]{8}[[:space:]]+[0-9A-F]{4}[[:space:]]' /proc/net/route && exit 0\n"
          + "grep -sE '^0{32} 00 ' /proc/net/ipv6_route | grep -qv ' lo$'\n", List.of("grep"));
    }
    if (text.matches("net:[A-Za-z0-9_.@-]{1,15}")) {
      String name = text.substring("net:".length());
      return new Check(text, "the network interface " + name + " is up", HEAD + "read -r state </sys/class/net/" + name
          + "/operstate && [ \"$state\" != down ]\n", List.of());
    }
    if (text.matches("dns:(" + HOST + ")")) {
      String host = text.substring("dns:".length());
      return new Check(text, "the name " + host + " has an address", HEAD + "getent hosts " + Shell.inSingleQuotes(host) + " >/dev/null\n",
          List.of("getent"));
    }
    throw of.refused(text);
  }

  /** The TCP port of whose listener a script of {@link #script} asks the kernel; empty when it asks something else. */
  public static Optional<Integer> portLookedAt(String script) {
    Matcher listener = LISTENER.matcher(script);
    return listener.find() ? Optional.of(Integer.parseInt(listener.group(1))) : Optional.empty();
  }

  /** Looks at the kernel's table instead of connecting: no further program is needed, and the service sees nothing of it. */
  private static Check listening(String text, int port) {
    return new Check(text, "something listens on TCP port " + port, HEAD + LISTENER_QUESTION + port
        + "? 0A is the kernel's word for it.\n" + "for table in /proc/net/tcp /proc/net/tcp6; do\n"
        + "  if [ -r \"$table\" ] && grep -qE '^ *[0-9]+: [0-9A-F]+:" + String.format("%04X", port)
        + " [0-9A-F]+:0000 0A ' \"$table\"; then\n    exit 0\n  fi\ndone\nexit 1\n", List.of("grep"));
  }

  private static Check connecting(String text, String host, int port) {
    String name = Shell.inSingleQuotes(host);
    String bare = Shell.inSingleQuotes(host.replaceAll("[\\[\\]]", ""));
    return new Check(text, host + ":" + port + " takes connections", HEAD + "if command -v bash >/dev/null; then\n"
        + "  exec bash -c 'exec 3<>\"/dev/tcp/$1/$2\"' check " + bare + " " + port + "\nfi\n"
        + "if command -v nc >/dev/null; then\n  exec nc -z -w " + SECONDS + " " + bare + " " + port + "\nfi\n"
        + "if command -v curl >/dev/null; then\n"
        + "  # curl waits for words after it has connected, for as long as it may; when it did, it says so.\n"
        + "  took=$(curl -sS -o /dev/null -m " + SECONDS + " -w '%{time_connect}' telnet://" + name + ":" + port + " </dev/null)\n"
        + "  case $took in *[1-9]*) exit 0 ;; *) exit 1 ;; esac\nfi\n"
        + "exec perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => "
        + SECONDS + ")' " + bare + " " + port + "\n", List.of("bash", "nc", "curl", "perl"));
  }

  private static Check answering(NamedValues of, String address) {
    try {
      if (new URI(address).getHost() == null) {
        throw of.refused(address);
      }
    } catch (URISyntaxException e) {
      throw of.refused(address);
    }
    String quoted = Shell.inSingleQuotes(address);
    return new Check(address, address + " answers with success", HEAD + "if command -v curl >/dev/null; then\n"
        + "  exec curl -fsS -o /dev/null --max-time " + WITHIN + " -- " + quoted + "\nfi\n"
        + "exec wget -q -T " + WITHIN + " -O /dev/null -- " + quoted + "\n", List.of("curl", "wget"));
  }

  private static int port(NamedValues of, String text, String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw of.refused(text);
    }
    return port;
  }
}
