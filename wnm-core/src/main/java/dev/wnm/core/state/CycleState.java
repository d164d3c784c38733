package dev.wnm.core.state;

import dev.wnm.core.config.Options;
import dev.wnm.core.model.BackOff;
import dev.wnm.core.model.Cause;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a cycle leaves for the next one beside nodes and settings. Kept in the store under names of its own; nothing of it
 * is an option.
 */
public final class CycleState {
  private static final System.Logger LOG = System.getLogger(CycleState.class.getName());
  /** Up to the year 9999 in seconds. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");
  private static final int LONGEST_SHOWN = 60;
  private static final String COLONY_ID = "colony_id";
  private static final String BOOT_ID = "boot_id";
  /** Column of the machine table, kept for the Python wnm: the newest stop or resurvey, Unix seconds. */
  private static final String LAST_STOPPED_AT = "last_stopped_at";
  private static final String LAST_PRESSURE_STOP_AT = "last_pressure_stop_at";
  private static final String LAST_SURVEY_AT = "last_survey_at";
  private static final String LAST_THINNED_AT = "last_thinned_at";
  private static final String LAST_MEASURED_AT = "last_measured_at";

  /** Stands for every type of process manager that rows may have. */
  public static final String ALL_MANAGERS = "*";

  private static final String REPAIRED_MANAGERS = "repaired_managers";
  private static final String LAST_NOTICES = "last_notices";
  private static final String STRANGERS = "strangers_at_ports";
  private static final String LAST_FIREWALL_CHECK_AT = "last_firewall_check_at";
  private static final String FIREWALL_MODE = "last_firewall_mode";
  private static final String FIREWALL_NOTICES = "last_firewall_notices";
  private static final String CAME_BACK_AT = "last_node_came_back_at";
  private static final String CIRCUMSTANCES = "circumstances";
  private static final String FAILED_ADDS = "failed_adds";
  private static final String FAILED_ADDS_OF = "failed_adds_of";
  private static final String FAILED_ADDS_REASON = "failed_adds_reason";
  private static final String ADD_RETRY_AFTER = "add_retry_after";
  private static final String START_FAILURES = "start_failures";
  private static final String DOUBTS = "unknown_of_the_machine";
  /** Times at which something happened. */
  private static final List<String> TIMES = List.of(LAST_STOPPED_AT, LAST_PRESSURE_STOP_AT, LAST_SURVEY_AT, LAST_THINNED_AT,
      LAST_MEASURED_AT, LAST_FIREWALL_CHECK_AT, CAME_BACK_AT);
  private static final String GROUP_DEATHS = "group_deaths";
  private static final String REFUSED_IMAGE = "refused_image";
  private static final String ROLL_OUT_END = "roll_out_end";
  private static final String RENEWAL = "renewal";
  private static final String BINARY_FINGERPRINT = "antnode_fingerprint";
  private static final String BINARY_PROGRAM = "node_program";
  private static final String BINARY_VERSION = "antnode_version";
  /** What it keeps among the settings: no option is called so. */
  public static final Set<String> NAMES = Set.of(
      COLONY_ID, BOOT_ID, LAST_STOPPED_AT, LAST_PRESSURE_STOP_AT, LAST_SURVEY_AT, LAST_THINNED_AT, LAST_MEASURED_AT,
      REPAIRED_MANAGERS, LAST_NOTICES, STRANGERS, LAST_FIREWALL_CHECK_AT, FIREWALL_MODE, FIREWALL_NOTICES,
      CAME_BACK_AT, FAILED_ADDS, FAILED_ADDS_OF, FAILED_ADDS_REASON, ADD_RETRY_AFTER, START_FAILURES, DOUBTS,
      GROUP_DEATHS, REFUSED_IMAGE, ROLL_OUT_END, RENEWAL, BINARY_FINGERPRINT, BINARY_PROGRAM, BINARY_VERSION, EventMarks.INCIDENT,
      EventMarks.OPERATION, EventMarks.OPEN_OPERATIONS, EventMarks.ROLL_OUT);

  private final Map<String, String> values;
  private final Map<String, String> changes = new HashMap<>();

  public CycleState(Map<String, String> stored) {
    values = new HashMap<>(stored);
  }

  /**
   * Who the colony is that these texts are of; one that has no id yet gets that which follows from its node storage.
   *
   * @param home the operator's
   */
  public static ColonyId colony(Map<String, String> stored, Path home) {
    String storage = StorageList.split(stored.getOrDefault(Options.NODE_STORAGE.name(), "")).get(0);
    return Optional.ofNullable(stored.get(COLONY_ID)).map(CycleState::colonyId)
        .orElseGet(() -> ColonyId.of(storage.startsWith("~/") ? home.resolve(storage.substring(2)) : Path.of(storage)));
  }

  /** Whose the nodes are cannot be guessed. */
  private static ColonyId colonyId(String text) {
    try {
      return new ColonyId(text);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the setting " + COLONY_ID + " in the database is '" + text
          + "', which is no id of a colony: nobody can tell which nodes are its own; put back a backup of the database", e);
    }
  }

  /** The text to store for a colony's id, by its name. */
  public static Map<String, String> colonyText(ColonyId colony) {
    return Map.of(COLONY_ID, colony.text());
  }

  /**
   * Whether the machine came up anew since the last cycle: by the kernel's boot id where both know one, else by a boot
   * time later than the newest stop.
   */
  public boolean rebooted(String bootId, Instant bootedAt) {
    String known = values.getOrDefault(BOOT_ID, "");
    if (!known.isEmpty() && !bootId.isEmpty()) {
      return !known.equals(bootId);
    }
    return time(LAST_STOPPED_AT).map(bootedAt::isAfter).orElse(false);
  }

  public Optional<Duration> sinceLastPressureStop(Instant now) {
    return time(LAST_PRESSURE_STOP_AT).map(at -> Duration.between(at, now)).filter(since -> !since.isNegative());
  }

  /** Whether all nodes were looked at within this time. */
  public boolean surveyedWithin(Duration duration, Instant now) {
    return isWithin(LAST_SURVEY_AT, duration, now);
  }

  /** When all nodes were last looked at, if they ever were. */
  public Optional<Instant> surveyedAt() {
    return time(LAST_SURVEY_AT);
  }

  /** Whether the history was thinned within this time. */
  public boolean thinnedWithin(Duration duration, Instant now) {
    return isWithin(LAST_THINNED_AT, duration, now);
  }

  /** Whether a cycle ever came to its end: each thins the history when its time has come, the first one too. */
  public boolean hasSeenACycle() {
    return time(LAST_THINNED_AT).isPresent();
  }

  /** Whether it was measured within this time what the processes of all nodes use. */
  public boolean measuredWithin(Duration duration, Instant now) {
    return isWithin(LAST_MEASURED_AT, duration, now);
  }

  /** When that was last measured, if it ever was. */
  public Optional<Instant> measuredAt() {
    return time(LAST_MEASURED_AT);
  }

  /** Whether the firewall was looked at within this time, in the mode of today. */
  public boolean firewallCheckedWithin(Duration duration, String mode, Instant now) {
    return mode.equals(values.get(FIREWALL_MODE)) && isWithin(LAST_FIREWALL_CHECK_AT, duration, now);
  }

  /** @param bootId empty when it could not be read, which tells nothing */
  public void booted(String bootId) {
    if (!bootId.isEmpty()) {
      put(BOOT_ID, bootId);
    }
  }

  /** Takes all times to what they are by a clock that was set. */
  public void follow(ClockKeeper clock) {
    TIMES.forEach(name -> time(name).ifPresent(at -> putTime(name, clock.past(at))));
    time(ADD_RETRY_AFTER).ifPresent(at -> putTime(ADD_RETRY_AFTER, clock.until(at)));
    put(startFailures().shifted(clock::past));
  }

  /** Starts in a row after which no node stayed up. */
  public StartFailures startFailures() {
    return StartFailures.parse(values.getOrDefault(START_FAILURES, ""));
  }

  public void put(StartFailures failures) {
    String text = failures.isEmpty() ? "" : failures.text();
    if (!text.equals(values.getOrDefault(START_FAILURES, ""))) {
      put(START_FAILURES, text);
    }
  }

  /** Those of these sentences on what cannot be measured that were not there in the last cycle, whatever their figures. */
  public List<String> newDoubts(Collection<String> doubts) {
    Set<String> known = values.getOrDefault(DOUBTS, "").lines().collect(Collectors.toSet());
    String kinds = doubts.stream().map(Cause::kind).sorted().collect(Collectors.joining("\n"));
    if (!kinds.equals(values.getOrDefault(DOUBTS, ""))) {
      put(DOUBTS, kinds);
    }
    return doubts.stream().filter(doubt -> !known.contains(Cause.kind(doubt))).toList();
  }

  public void resurveyed(String bootId, Instant now) {
    booted(bootId);
    putTime(LAST_STOPPED_AT, now);
  }

  public void stopped(Instant now) {
    putTime(LAST_STOPPED_AT, now);
  }

  public void stoppedForPressure(Instant now) {
    putTime(LAST_PRESSURE_STOP_AT, now);
  }

  public void surveyed(Instant now) {
    putTime(LAST_SURVEY_AT, now);
  }

  public void measured(Instant now) {
    putTime(LAST_MEASURED_AT, now);
  }

  public void thinned(Instant now) {
    putTime(LAST_THINNED_AT, now);
  }

  /** @param notices what is to be said of the firewall until it is looked at again */
  public void firewallChecked(String mode, List<String> notices, Instant now) {
    put(FIREWALL_MODE, mode);
    put(FIREWALL_NOTICES, String.join("\n", notices));
    putTime(LAST_FIREWALL_CHECK_AT, now);
  }

  public List<String> firewallNotices() {
    return values.getOrDefault(FIREWALL_NOTICES, "").lines().toList();
  }

  /** When a node that had died last answered again after a start. */
  public Optional<Instant> cameBackAt() {
    return time(CAME_BACK_AT);
  }

  public void cameBack(Instant now) {
    putTime(CAME_BACK_AT, now);
  }

  /**
   * Takes down what tells the settings and the binary of today from others.
   *
   * @return whether they are others than in the last cycle
   */
  public boolean meets(String circumstances) {
    String before = values.getOrDefault(CIRCUMSTANCES, circumstances);
    if (!circumstances.equals(values.get(CIRCUMSTANCES))) {
      put(CIRCUMSTANCES, circumstances);
    }
    return !before.equals(circumstances);
  }

  /**
   * Why no node is added now, in a clause; empty when adds have not failed of late.
   *
   * @param circumstances what tells the settings and the binary of today from others: with others, an add may succeed
   */
  public Optional<String> addHindrance(String circumstances, Instant now) {
    int failures = failedAdds(circumstances);
    return failures == 0 || !isWaiting(now) ? Optional.empty() : Optional.of("adding failed " + (failures == 1 ? "" : failures
        + " times in a row, last ") + "with '" + values.getOrDefault(FAILED_ADDS_REASON, "") + "'; it is tried again at "
        + time(ADD_RETRY_AFTER).orElse(now) + ", or when a setting or the binary has changed");
  }

  private boolean isWaiting(Instant now) {
    Instant retry = time(ADD_RETRY_AFTER).orElse(Instant.EPOCH);
    // A clock that was set back must not make it wait for days.
    return now.isBefore(retry) && !BackOff.after(Integer.MAX_VALUE, now).isBefore(retry);
  }

  private int failedAdds(String circumstances) {
    return circumstances.equals(values.get(FAILED_ADDS_OF)) ? (int) number(FAILED_ADDS).orElse(0) : 0;
  }

  /**
   * No node could be added.
   *
   * @param reason why, of one of them
   * @param retryable whether another try may help
   */
  public void addsFailed(String circumstances, String reason, boolean retryable, Instant now) {
    int before = failedAdds(circumstances);
    put(FAILED_ADDS_OF, circumstances);
    put(FAILED_ADDS, Integer.toString(before + 1));
    put(FAILED_ADDS_REASON, reason.replaceAll("\\R", " "));
    putTime(ADD_RETRY_AFTER, BackOff.after(before, retryable, now));
  }

  /** A node was added. */
  public void addsSucceeded() {
    if (values.containsKey(FAILED_ADDS)) {
      put(FAILED_ADDS, "0");
    }
  }

  /** How often the containers of groups had died when they were last looked at, by their ids. */
  public Map<String, Integer> groupDeaths() {
    Map<String, Integer> deaths = new TreeMap<>();
    values.getOrDefault(GROUP_DEATHS, "").lines().map(line -> line.split(" ")).filter(words -> words.length == 2
        && words[1].matches("[0-9]{1,9}")).forEach(words -> deaths.put(words[0], Integer.valueOf(words[1])));
    return deaths;
  }

  public void groupDeaths(Map<String, Integer> deaths) {
    String text = new TreeMap<>(deaths).entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining("\n"));
    if (!text.equals(values.getOrDefault(GROUP_DEATHS, ""))) {
      put(GROUP_DEATHS, text);
    }
  }

  /** Whether the last roll-out of this image has failed. */
  public boolean isRefused(String image) {
    return image.equals(values.get(REFUSED_IMAGE));
  }

  /** @param image the one whose roll-out has failed; empty when the last roll-out has not */
  public void refuse(String image) {
    if (!image.equals(values.getOrDefault(REFUSED_IMAGE, ""))) {
      put(REFUSED_IMAGE, image);
    }
  }

  /**
   * How the last roll-out of an image ended.
   *
   * @param at when, whole seconds
   * @param image which
   * @param failure why it stopped before all groups had it; empty when it did not
   */
  public record RollOutEnd(Instant at, String image, String failure) {
    /** As it is stored. */
    @Override
    public String toString() {
      return at.getEpochSecond() + " " + image + " " + failure.replaceAll("\\R", " ");
    }

    private static Optional<RollOutEnd> parse(String text) {
      String[] words = text.split(" ", 3);
      return words.length < 3 || !NUMBER.matcher(words[0]).matches() ? Optional.empty()
          : Optional.of(new RollOutEnd(Instant.ofEpochSecond(Long.parseLong(words[0])), words[1], words[2]));
    }
  }

  /** How the last roll-out of an image ended, if there ever was one. */
  public Optional<RollOutEnd> rollOutEnd() {
    return RollOutEnd.parse(values.getOrDefault(ROLL_OUT_END, ""));
  }

  /** A roll-out is over: with its failure, its image is refused. */
  public void rolledOut(RollOutEnd end) {
    put(ROLL_OUT_END, end.toString());
    refuse(end.failure().isEmpty() ? "" : end.image());
  }

  /** The order to renew nodes that is being carried out. */
  public Optional<RenewalOrder> renewal() {
    return RenewalOrder.parse(values.getOrDefault(RENEWAL, ""));
  }

  /** From now on this order is carried out; none when it is empty. */
  public void renew(Optional<RenewalOrder> order) {
    String text = order.map(RenewalOrder::toString).orElse("");
    if (!text.equals(values.getOrDefault(RENEWAL, ""))) {
      put(RENEWAL, text);
    }
  }

  /** What the binary of this fingerprint was found to be earlier, if it was asked. */
  public Optional<Release> binary(String fingerprint) {
    if (!fingerprint.equals(values.get(BINARY_FINGERPRINT))) {
      return Optional.empty();
    }
    String program = values.get(BINARY_PROGRAM);
    return (program == null ? Optional.of(NodePrograms.usual()) : NodePrograms.named(program))
        .flatMap(known -> Version.parse(values.get(BINARY_VERSION)).map(version -> new Release(known, version)));
  }

  public void binary(String fingerprint, Release release) {
    put(BINARY_FINGERPRINT, fingerprint);
    put(BINARY_PROGRAM, release.program().name());
    put(BINARY_VERSION, release.version().text());
  }

  /** The types of process managers whose rows the repair of a Python database has compared with what is. */
  public Set<String> repaired() {
    return Arrays.stream(values.getOrDefault(REPAIRED_MANAGERS, "").split(",")).filter(type -> !type.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The text to store for these types, by its name. */
  public static Map<String, String> repairedText(Set<String> types) {
    return Map.of(REPAIRED_MANAGERS, String.join(",", types));
  }

  /** Those of these sentences that were not there when this was last asked. */
  public List<String> unseen(List<String> notices) {
    Set<String> seen = values.getOrDefault(LAST_NOTICES, "").lines().collect(Collectors.toSet());
    List<String> lines = notices.stream().map(notice -> notice.replaceAll("\\R", " ")).distinct().toList();
    put(LAST_NOTICES, String.join("\n", lines));
    return lines.stream().filter(line -> !seen.contains(line)).toList();
  }

  /**
   * Those of the strangers at nodes' ports that were not there when the node was last looked at.
   *
   * @param looked a sentence on the stranger, where there is one, for each node that was looked at, by its id
   */
  public List<String> newStrangers(Map<Integer, Optional<String>> looked) {
    Map<String, String> known = strangers();
    List<String> unseen = new ArrayList<>();
    new TreeMap<>(looked).forEach((id, stranger) -> {
      String sentence = stranger.orElse("").replaceAll("\\R", " ");
      String before = sentence.isEmpty() ? known.remove(id.toString()) : known.put(id.toString(), sentence);
      if (!sentence.isEmpty() && !sentence.equals(before)) {
        unseen.add(sentence);
      }
    });
    putStrangers(known);
    return unseen;
  }

  /** Forgets the strangers at the ports of nodes that are gone. @param nodes the ids of those that are there */
  public void keepStrangersOf(Set<Integer> nodes) {
    Map<String, String> known = strangers();
    Set<String> ids = nodes.stream().map(String::valueOf).collect(Collectors.toSet());
    known.keySet().retainAll(ids);
    putStrangers(known);
  }

  /** What was said of them, by the node's id. */
  private Map<String, String> strangers() {
    Map<String, String> known = new TreeMap<>();
    values.getOrDefault(STRANGERS, "").lines().map(line -> line.split(" ", 2)).filter(line -> line.length == 2)
        .forEach(line -> known.put(line[0], line[1]));
    return known;
  }

  private void putStrangers(Map<String, String> strangers) {
    String text = strangers.entrySet().stream().map(line -> line.getKey() + " " + line.getValue())
        .collect(Collectors.joining("\n"));
    if (!text.equals(values.getOrDefault(STRANGERS, ""))) {
      put(STRANGERS, text);
    }
  }

  /** What has changed and is not written yet, as texts by name. */
  public Map<String, String> changes() {
    return Map.copyOf(changes);
  }

  /** Writes what has changed. */
  public void save(ColonyStore store) {
    if (!changes.isEmpty()) {
      store.saveSettings(changes);
      changes.clear();
    }
  }

  private boolean isWithin(String name, Duration duration, Instant now) {
    return time(name).map(at -> Duration.between(at, now)).filter(since -> !since.isNegative())
        .map(since -> since.compareTo(duration) < 0).orElse(false);
  }

  private Optional<Instant> time(String name) {
    OptionalLong seconds = number(name);
    return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
  }

  /** What other programs wrote there is named once, and then as good as nothing. */
  private OptionalLong number(String name) {
    String text = values.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (NUMBER.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text));
    }
    LOG.log(System.Logger.Level.WARNING, "the setting {0} in the database is ''{1}'', which is no number; taken as unknown", name,
        text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
    values.remove(name);
    return OptionalLong.empty();
  }

  private void putTime(String name, Instant at) {
    put(name, Long.toString(at.getEpochSecond()));
  }

  private void put(String name, String value) {
    if (!value.equals(values.put(name, value))) {
      changes.put(name, value);
    }
  }
}
