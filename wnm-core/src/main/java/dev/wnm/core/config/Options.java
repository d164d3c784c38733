package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All options of wnm. Each is a constant here, defined in the group it belongs to. */
public final class Options
    implements ActionOptions, CompanionOptions, ReportOptions, PlaceOptions, ResourceOptions, PaceOptions, NodeOptions {
  private static final List<OptionGroup> GROUPS = List.of(
      ACTIONS, REPORTS, RESOURCES, PACE, NODES, MANAGERS, PLACES, COMPANION_SERVICES);
  private static final Map<String, Option<?>> BY_NAME = byName();
  /** The order of the Python wnm's machine-config report. */
  private static final List<String> MACHINE_CONFIG_KEYS = List.of(
      "id", "cpu_count", "node_cap", "cpu_less_than", "cpu_remove", "mem_less_than", "mem_remove", "hd_less_than",
      "hd_remove", "delay_start", "delay_restart", "delay_upgrade", "delay_remove", "survey_delay", "action_delay",
      "node_storage", "rewards_address", "donate_address", "max_load_average_allowed", "desired_load_average",
      "port_start", "hdio_read_less_than", "hdio_read_remove", "hdio_write_less_than", "hdio_write_remove",
      "netio_read_less_than", "netio_read_remove", "netio_write_less_than", "netio_write_remove", "last_stopped_at",
      "host", "crisis_bytes", "metrics_port_start", "rpc_port_start", "environment", "start_args",
      "max_concurrent_upgrades", "max_concurrent_starts", "max_concurrent_removals", "max_concurrent_operations",
      "node_removal_strategy", "process_manager", "max_node_per_container", "min_container_count", "docker_image",
      "no_upnp", "antnode_path", "antctl_path", "antctl_debug", "antctl_version", "highest_node_id_used", "dbpath");

  private static final String NEGATION = "no_";
  private static final Set<String> REPORTED_ONLY = Set.of("id", "cpu_count", "node_removal_strategy");

  private Options() {}

  /** In the order in which help shows them. */
  public static List<OptionGroup> groups() {
    return GROUPS;
  }

  /** In the order in which help shows them. */
  public static List<Option<?>> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** The option of this name, in snake_case or kebab-case; empty for anything else, abbreviations included. */
  public static Optional<Option<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.replace('-', '_')));
  }

  /** The keys of the machine-config report in their order: the columns of {@code machine}, options or not, and dbpath. */
  public static List<String> machineConfigKeys() {
    return MACHINE_CONFIG_KEYS;
  }

  /** Whether a key of the machine-config report is no option: such a report read back must do no harm. */
  static boolean isReportedOnly(String key) {
    return REPORTED_ONLY.contains(key);
  }

  /**
   * The option of this name or of this unambiguous beginning of a name; settings that the Python wnm does not have make no
   * beginning of its names ambiguous.
   *
   * @param context what to put before the message, such as a file and line; may be empty
   * @throws BadInputException when there is none (naming the nearest) or more than one (naming all)
   */
  static Option<?> require(String name, String context) {
    String snakeCase = name.replace('-', '_');
    Option<?> exact = BY_NAME.get(snakeCase);
    if (exact != null) {
      return exact;
    }
    List<String> candidates = snakeCase.isEmpty()
        ? List.of()
        : BY_NAME.keySet().stream().filter(known -> known.startsWith(snakeCase)).toList();
    if (candidates.size() == 1) {
      return BY_NAME.get(candidates.get(0));
    }
    // Scripts that were written for the Python wnm cut its names short as it allowed.
    List<String> ofPython = candidates.stream().filter(known -> !BY_NAME.get(known).isOurs()).toList();
    if (ofPython.size() == 1) {
      return BY_NAME.get(ofPython.get(0));
    }
    if (candidates.size() > 1) {
      throw new BadInputException(context + "--" + name + " could be --"
          + String.join(", --", new TreeSet<>(candidates)) + "; write the whole name");
    }
    throw new BadInputException(context + "unknown option --" + name
        + NearestWord.to(snakeCase, BY_NAME.keySet()).map(near -> "; did you mean --" + near + "?")
            .orElse("; wnm --help lists all options"));
  }

  /**
   * A name as somebody wrote it.
   *
   * @param negated whether {@code no_} stands before the option's name, which turns its value round
   */
  record Spelling(Option<?> option, boolean negated) {
    /** What a written value means for the option; one that is no yes and no no stays as it is, for the option to refuse. */
    String text(String written) {
      return negated ? ValueType.turnedRound(written) : written;
    }
  }

  /** The same as {@link #require} for whoever reads a value too: {@code no_} before the whole name of a flag counts. */
  static Spelling requireSpelling(String name, String context) {
    String snakeCase = name.replace('-', '_');
    return Optional.of(snakeCase).filter(word -> word.startsWith(NEGATION) && !BY_NAME.containsKey(word))
        .map(word -> BY_NAME.get(word.substring(NEGATION.length()))).filter(Option::isNegatable)
        .<Spelling>map(option -> new Spelling(option, true))
        .orElseGet(() -> new Spelling(require(name, context), false));
  }

  /** The option with this letter, if there is one. */
  static Optional<Option<?>> withLetter(char letter) {
    return BY_NAME.values().stream().filter(option -> option.letter().filter(l -> l == letter).isPresent()).findFirst();
  }

  private static Map<String, Option<?>> byName() {
    Map<String, Option<?>> byName = new LinkedHashMap<>();
    for (OptionGroup group : GROUPS) {
      for (Option<?> option : group.options()) {
        if (byName.put(option.name(), option) != null) {
          throw new IllegalStateException(option + " is listed twice");
        }
      }
    }
    return byName;
  }
}
