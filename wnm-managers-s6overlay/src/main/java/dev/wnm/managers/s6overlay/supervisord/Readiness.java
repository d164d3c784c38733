package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.spi.config.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How it is found out that a service can be used: the text of its {@code data/check}, which ends with 0 when it can. */
record Readiness(String check) {
  private static final String HEAD = "#!/command/with-contenv sh\n";

  /** Reads {@code NAME=tcp:PORT,NAME=http://…,NAME=script:/PATH}. */
  static Map<String, Readiness> read(String text, Map<String, Set<String>> members) {
    Map<String, Readiness> checks = new LinkedHashMap<>();
    for (String part : text.split(",")) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw bad(part);
      }
      Readiness readiness = of(part.substring(equals + 1).strip());
      for (String service : Ordering.require(part.substring(0, equals).strip(), members, "--ready")) {
        if (checks.put(service, readiness) != null) {
          throw new BadInputException("--ready has two checks for '" + service + "'");
        }
      }
    }
    return checks;
  }

  private static Readiness of(String check) {
    if (check.matches("tcp:\\d{1,5}") && port(check) >= 1 && port(check) <= 65_535) {
      return listening(port(check));
    }
    if (check.startsWith("http://") || check.startsWith("https://")) {
      return answering(check);
    }
    if (check.matches("script:/.+")) {
      return new Readiness(HEAD + "exec " + ShText.quote(check.substring("script:".length())) + "\n");
    }
    throw bad(check);
  }

  /** Looks at the kernel's table instead of connecting: no further program is needed, and the service sees nothing of it. */
  private static Readiness listening(int port) {
    return new Readiness(HEAD + "# Is there a listener on TCP port " + port + "? 0A is the kernel's word for it.\n"
        + "for table in /proc/net/tcp /proc/net/tcp6; do\n"
        + "  if [ -r \"$table\" ] && grep -qE '^ *[0-9]+: [0-9A-F]+:" + String.format("%04X", port)
        + " [0-9A-F]+:0000 0A ' \"$table\"; then\n    exit 0\n  fi\ndone\nexit 1\n");
  }

  private static Readiness answering(String address) {
    try {
      if (new URI(address).getHost() == null) {
        throw bad(address);
      }
    } catch (URISyntaxException e) {
      throw bad(address);
    }
    String quoted = ShText.quote(address);
    return new Readiness(HEAD + "if command -v curl >/dev/null; then\n"
        + "  exec curl -fsS -o /dev/null --max-time 3 -- " + quoted + "\nfi\n"
        + "exec wget -q -T 3 -O /dev/null -- " + quoted + "\n");
  }

  private static int port(String check) {
    return Integer.parseInt(check.substring("tcp:".length()));
  }

  private static BadInputException bad(String part) {
    return new BadInputException("--ready must be NAME=tcp:PORT, NAME=http://HOST:PORT/PATH or NAME=script:/PATH, several"
        + " separated by commas, but '" + part.strip() + "' is not one");
  }
}
