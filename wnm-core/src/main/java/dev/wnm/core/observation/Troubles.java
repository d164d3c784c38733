package dev.wnm.core.observation;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is wrong with nodes, in words: what befell them, and what goes on being so. Pure functions. */
public final class Troubles {
  /** One look in vain is no news: a node may be busy. */
  static final int MISSED_PROBES_OF_NOTE = 2;
  /** The word for a node that is down since it died. */
  public static final String DIED = "died";
  /** How long after its delay a transition is taken to be stuck. */
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration TIME_TO_FIND_PEERS = Duration.ofMinutes(15);
  private static final int MOST_NAMES = 3;
  private static final int MOST_PHRASES = 5;
  /** What is longer is in the log. */
  private static final int LONGEST_CAUSE = 200;

  private Troubles() {}

  /** What befell a node between two looks at it, if anything did. */
  public static Optional<Incident> incident(Node before, Node after, Instant now) {
    if (after.status() == NodeStatus.DEAD && before.status() != NodeStatus.DEAD) {
      return Optional.of(incident(after, Incident.Kind.DIED, "its process and its folder are gone", now));
    }
    boolean wasDown = before.status() == NodeStatus.STOPPED || before.status() == NodeStatus.DEAD;
    if (after.status() == NodeStatus.STOPPED && !wasDown && after.health().downCause() == DownCause.DIED) {
      return Optional.of(incident(after, Incident.Kind.DIED, after.health().lastError(), now));
    }
    if (after.isCrashLoop() && !before.isCrashLoop()) {
      return Optional.of(incident(after, Incident.Kind.LOOPING, after.health().lastError(), now));
    }
    boolean isSilent = after.status() == NodeStatus.RUNNING && !after.isUnknown();
    if (isSilent && after.health().missedProbes() >= MISSED_PROBES_OF_NOTE
        && before.health().missedProbes() < MISSED_PROBES_OF_NOTE) {
      return Optional.of(incident(after, Incident.Kind.HUNG, after.health().lastError(), now));
    }
    return Optional.empty();
  }

  /** A node whose transition should be over for long. */
  public static Optional<Incident> stuck(Node node, Settings settings, Instant now) {
    Optional<Duration> delay = switch (node.status()) {
      case RESTARTING -> Optional.of(settings.get(Options.DELAY_START));
      case UPGRADING -> Optional.of(settings.get(Options.DELAY_UPGRADE));
      case REMOVING -> Optional.of(settings.get(Options.DELAY_REMOVE));
      case MIGRATING -> Optional.of(Duration.ZERO);
      default -> Optional.empty();
    };
    return delay.filter(time -> node.statusAt().plus(time).plus(GRACE).isBefore(now)).map(time -> incident(node,
        Incident.Kind.STUCK, node.status() + " since " + node.statusAt()
            + (node.health().lastError().isEmpty() ? "" : ": " + node.health().lastError()), now));
  }

  private static Incident incident(Node node, Incident.Kind kind, String cause, Instant now) {
    return new Incident(node.id(), node.service(), kind, Instant.ofEpochSecond(now.getEpochSecond()), cause);
  }

  /**
   * All that an operator should know of the nodes now, in a few phrases.
   *
   * @param seen what befell nodes in this run, the oldest first
   * @param told ids of nodes of which the reader knows already
   */
  public static List<String> phrases(
      Collection<Incident> seen, Collection<Node> nodes, Set<Integer> told, Settings settings, Instant now) {
    Map<Integer, Node> byId = new LinkedHashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    Map<String, List<String>> services = new LinkedHashMap<>();
    Map<Integer, Incident> named = new LinkedHashMap<>();
    // Those in a crash loop are named where the nodes are counted (Fleet).
    seen.stream().filter(incident -> incident.kind() != Incident.Kind.LOOPING)
        .forEach(incident -> named.put(incident.nodeId(), incident));
    named.forEach((id, incident) -> add(services, incident.service(),
        incident.words() + Optional.ofNullable(byId.get(id)).map(node -> sequel(node, now)).orElse("")));
    nodes.stream().filter(node -> !named.containsKey(node.id()) && !told.contains(node.id())).forEach(node ->
        standing(node, settings, now).ifPresent(standing -> add(services, node.service(), standing.words())));
    List<String> phrases = new ArrayList<>();
    services.forEach((words, members) -> phrases.add(list(members) + " " + words));
    return phrases.size() <= MOST_PHRASES ? phrases : more(phrases);
  }

  /** Whether something is wrong with a node, or unknown of it, that an operator should know of. */
  public static boolean isOf(Node node, Settings settings, Instant now) {
    return of(node, settings, now).isPresent();
  }

  private static List<String> more(List<String> phrases) {
    List<String> shown = new ArrayList<>(phrases.subList(0, MOST_PHRASES));
    shown.add("and " + (phrases.size() - MOST_PHRASES) + " more, which --report node-status-details shows");
    return shown;
  }

  /**
   * What is wrong with a node, or unknown of it, as it is now.
   *
   * @param word it in one word, which stays the same as long as it does
   * @param words it without the node's name, such as {@code has no peers (…)}
   */
  public record Standing(String word, String words) {}

  /** What is wrong with a node, or unknown of it, that goes on and that an operator should know of; if anything is. */
  public static Optional<Standing> of(Node node, Settings settings, Instant now) {
    return node.isCrashLoop() && !node.isUnknown()
        ? Optional.of(new Standing("crash-loop", Incident.Kind.LOOPING.words() + brackets(node.health().lastError())))
        : standing(node, settings, now);
  }

  private static Optional<Standing> standing(Node node, Settings settings, Instant now) {
    if (node.isUnknown()) {
      return standing("unknown", "is unknown" + brackets(node.health().lastError()));
    }
    if (node.isCrashLoop()) {
      return Optional.empty();
    }
    if (node.status() == NodeStatus.STOPPED && node.health().isTroubled()) {
      boolean died = node.health().downCause() == DownCause.DIED;
      return standing(died ? DIED : "no-start", (died ? "died" : "failed to start") + brackets(node.health().lastError()) + sequel(node, now));
    }
    if (node.status() == NodeStatus.REMOVING && node.health().failures() > 0) {
      return standing("no-removal", "is not removed yet" + brackets(node.health().lastError()) + sequel(node, now));
    }
    if (node.status() == NodeStatus.RUNNING && node.health().missedProbes() >= MISSED_PROBES_OF_NOTE) {
      return standing("no-answer", Incident.Kind.HUNG.words() + brackets(node.health().missedProbes() + " looks in a row"));
    }
    if (isAlone(node)) {
      return standing("no-peers", "has no peers" + brackets("since it started " + Human.time(Duration.ofSeconds(node.metrics().find(NodeMetric.UPTIME)
          .orElseThrow())) + " ago; are its UDP ports reachable, and does it know peers?"));
    }
    return stuck(node, settings, now).flatMap(incident -> standing("stuck", incident.words()));
  }

  private static Optional<Standing> standing(String word, String words) {
    return Optional.of(new Standing(word, words));
  }

  /** Whether it has told that it has no peers, after time enough to find some. */
  private static boolean isAlone(Node node) {
    OptionalLong peers = node.metrics().find(NodeMetric.CONNECTED_PEERS);
    OptionalLong uptime = node.metrics().find(NodeMetric.UPTIME);
    return node.status() == NodeStatus.RUNNING && peers.isPresent() && peers.getAsLong() == 0 && uptime.isPresent()
        && uptime.getAsLong() >= TIME_TO_FIND_PEERS.toSeconds();
  }

  /** What becomes of a node that is down, or on its way out. */
  private static String sequel(Node node, Instant now) {
    boolean isRetried = node.status() == NodeStatus.STOPPED || node.status() == NodeStatus.REMOVING;
    return isRetried && !node.health().mayBeTried(now)
        ? ", tried again at " + node.health().retryAfter().truncatedTo(ChronoUnit.SECONDS) : "";
  }

  private static String brackets(String text) {
    String line = PlainText.of(text).strip();
    return line.isEmpty() ? "" : " (" + (line.length() > LONGEST_CAUSE ? line.substring(0, LONGEST_CAUSE) + "…" : line) + ")";
  }

  private static void add(Map<String, List<String>> services, String service, String words) {
    services.computeIfAbsent(words, any -> new ArrayList<>()).add(service);
  }

  /** Their names, as many as can be read at a glance, and how many there are beside them. */
  public static String list(List<String> services) {
    return services.size() <= MOST_NAMES ? String.join(", ", services)
        : String.join(", ", services.subList(0, MOST_NAMES)) + " and " + (services.size() - MOST_NAMES) + " others";
  }
}
