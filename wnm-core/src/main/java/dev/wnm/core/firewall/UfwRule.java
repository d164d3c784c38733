package dev.wnm.core.firewall;

import dev.wnm.spi.model.ColonyId;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of ufw for all traffic to one UDP port, of the kind that {@code ufw allow 55001/udp} makes.
 *
 * @param udpPort the port
 * @param action what becomes of the traffic: {@code allow}, {@code deny}, {@code allow log} and so on
 * @param comment empty when it has none
 */
record UfwRule(int udpPort, String action, String comment) {
  static final String ALLOW = "allow";

  private static final Pattern ADDED =
      Pattern.compile("ufw ((?:allow|deny|reject|limit)(?: log| log-all)?) (\\d{1,5})/udp(?: comment '(.*)')?");
  /** Comments of any colony, and those of the Python wnm: none at all, or the service name under launchd. */
  private static final Pattern MADE_BY_WNM = Pattern.compile("wnm-[0-9a-f]{8} .*|antnode\\d+(\\.service)?|");

  /** Those among the lines of {@code ufw show added}, by port. Rules of any other kind are nobody's business here. */
  static Map<Integer, UfwRule> parse(String showAdded) {
    Map<Integer, UfwRule> rules = new TreeMap<>();
    showAdded.lines().map(String::strip).map(ADDED::matcher).filter(Matcher::matches).forEach(line -> {
      int port = Integer.parseInt(line.group(2));
      rules.put(port, new UfwRule(port, line.group(1), line.group(3) == null ? "" : line.group(3)));
    });
    return rules;
  }

  static UfwRule of(ColonyId colony, int udpPort, String service) {
    return new UfwRule(udpPort, ALLOW, colony + " " + service.replaceFirst("\\.service$", "").replaceAll("[^\\w.@:-]", "_"));
  }

  boolean isOf(ColonyId colony) {
    return action.equals(ALLOW) && comment.startsWith(colony + " ");
  }

  /**
   * Whether wnm may change it, as far as it is about the port of a node of its own: nodes of two colonies cannot have the
   * same port, so another colony's rule for it is a leftover.
   */
  boolean isOfSomeWnm() {
    return action.equals(ALLOW) && MADE_BY_WNM.matcher(comment).matches();
  }

  boolean letsThrough() {
    return action.startsWith(ALLOW);
  }

  /** The port as ufw takes and prints it. */
  String target() {
    return udpPort + "/udp";
  }
}
