package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an operator can do about a cause for which nodes do not stay up. */
final class Remedies {
  private static final Pattern UPNP = Pattern.compile("(?i)upnp|gateway not found|no gateway");
  private static final List<Known> KNOWN = List.of(
      new Known("(?i)address already in use|port \\d+ .*in use|could not listen",
          "end the program that has the port (ss -lunp and ss -ltnp show it)"),
      new Known("(?i)no space left|disk full|quota exceeded", "make room on the disk that holds the nodes"),
      new Known("(?i)permission denied|read-only file system", "let the nodes' account write there"),
      new Known("(?i)killed by signal 9|out of memory|oom", "look for what kills them (journalctl -k shows a lack of memory)"),
      new Known("(?i)exec format error|no such file or directory|cannot execute|not found in path",
          "put a node program for this machine at --antnode_path"));

  private record Known(Pattern cause, String remedy) {
    Known(String cause, String remedy) {
      this(Pattern.compile(cause), remedy);
    }
  }

  private Remedies() {}

  /** What to do, a clause; empty when nothing is known to help. */
  static Optional<String> of(String cause, Settings settings) {
    boolean upnp = !settings.get(Options.NO_UPNP);
    if (upnp && UPNP.matcher(cause).find()) {
      return Optional.of("where no router opens ports by UPnP, as on a VPS, use --no_upnp");
    }
    Optional<String> known = KNOWN.stream().filter(each -> each.cause().matcher(cause).find()).map(Known::remedy).findFirst();
    // The old antnode says nothing where wnm could read it when it finds no router.
    return known.isPresent() || !upnp ? known
        : Optional.of("if no router here opens ports by UPnP, as on a VPS, use --no_upnp; else their logs may tell");
  }
}
