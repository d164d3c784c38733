package dev.wnm.core.config;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Core's own options. Each is a constant here, defined in the group it belongs to; {@link OptionRegistry} has all that there are. */
public final class Options
    implements ActionOptions, CompanionOptions, ReportOptions, ServeOptions, NotifyOptions, PlaceOptions, ResourceOptions, PaceOptions, NodeOptions {
  /** In the order in which help shows them, without the options of back ends. */
  static final List<OptionGroup> GROUPS = List.of(
      ACTIONS, REPORTS, PAGE, EVENTS, RESOURCES, PACE, NODES, MANAGERS, PLACES, COMPANION_SERVICES);

  /** What decisions depend on ({@link Settings#decisionLimits}), and how long a start takes. */
  public static final List<Option<?>> OF_DECISIONS = List.of(NODE_CAP, CPU_LESS_THAN, CPU_REMOVE, MEM_LESS_THAN, MEM_REMOVE, HD_LESS_THAN,
      HD_REMOVE, DESIRED_LOAD_AVERAGE, MAX_LOAD_AVERAGE_ALLOWED, HDIO_READ_LESS_THAN, HDIO_READ_REMOVE, HDIO_WRITE_LESS_THAN,
      HDIO_WRITE_REMOVE, NETIO_READ_LESS_THAN, NETIO_READ_REMOVE, NETIO_WRITE_LESS_THAN, NETIO_WRITE_REMOVE, MAX_CONCURRENT_UPGRADES,
      MAX_CONCURRENT_STARTS, MAX_CONCURRENT_REMOVALS, MAX_CONCURRENT_OPERATIONS, DELAY_REMOVE, ENABLE_UPGRADE, ALLOW_DOWNGRADE, DELAY_START);

  /** What the page is served with. */
  public static final List<Option<?>> OF_PAGE = PAGE.options();

  /** Who is told of which events in each cycle. */
  public static final List<Option<?>> OF_EVENTS = List.of(NOTIFY, NOTIFY_FILE, NOTIFY_EVENTS);

  private Options() {}

  /** Their names, and those that only the machine-config report has: a back end's options have others. */
  public static Set<String> names() {
    return Stream.concat(GROUPS.stream().flatMap(group -> group.options().stream()).map(Option::name),
        PythonNames.REPORTED_ONLY.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** The keys of the machine-config report in their order: the columns of {@code machine}, options or not, and dbpath. */
  public static List<String> machineConfigKeys() {
    return PythonNames.REPORTED;
  }

  /** Whether a key of the machine-config report is null, not empty, when it is not set. */
  public static boolean isNullWhenUnset(String key) {
    return PythonNames.NULLABLE.contains(key);
  }

  /** Core's option of this name, which is one. */
  static Option<?> named(String name) {
    return GROUPS.stream().flatMap(group -> group.options().stream()).filter(option -> option.name().equals(name)).findFirst()
        .orElseThrow(() -> new NoSuchElementException("core has no option --" + name));
  }
}
