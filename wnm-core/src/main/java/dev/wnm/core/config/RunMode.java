package dev.wnm.core.config;

import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run does. Each option says in its definition in which modes it means something ({@link Option#isHeededIn}); one that
 * stands on the command line of another run is refused, for whoever writes it means something by it.
 *
 * <p>In the order in which {@link #of} looks for them.
 */
public enum RunMode {
  HELP("help"),
  VERSION("version"),
  WHAT_IF_HISTORY("what_if", "history"),
  WHAT_IF("what_if"),
  LIST_MANAGERS("list_managers"),
  DOCKERFILE("dockerfile"),
  CONVERT_SUPERVISORD("convert_supervisord"),
  VALIDATE("validate"),
  DEMO("demo"),
  REMOVE_LOCKFILE("remove_lockfile"),
  DOCTOR("doctor"),
  FETCH_NODE("fetch_node"),
  NOTIFY_TEST("notify_test"),
  INSTALL_SERVICE("install_service"),
  UNINSTALL_SERVICE("uninstall_service"),
  INIT("init"),
  IMPORT("import"),
  CHECK("check"),
  WHY_NOT("why_not"),
  STATUS("report", "status"),
  NODE_STATUS("report", "node-status"),
  NODE_STATUS_DETAILS("report", "node-status-details"),
  INFLUX_RESOURCES("report", "influx-resources"),
  MACHINE_CONFIG("report", "machine-config"),
  MACHINE_METRICS("report", "machine-metrics"),
  CONTAINER_PORTS("report", "container-ports"),
  COMPANIONS("report", "companions"),
  HTML("report", "html"),
  TOP("top"),
  LOGS("logs"),
  EXPLAIN("explain"),
  HISTORY("history"),
  TRACE("trace"),
  ADD("force_action", "add"),
  REMOVE("force_action", "remove"),
  UPGRADE("force_action", "upgrade"),
  START("force_action", "start"),
  STOP("force_action", "stop"),
  DISABLE("force_action", "disable"),
  ENABLE("force_action", "enable"),
  RENEW("force_action", "renew"),
  MOVE("force_action", "move"),
  TEARDOWN("force_action", "teardown"),
  SURVEY("force_action", "survey"),
  RESTART("force_action", "restart"),
  RELOAD("force_action", "reload"),
  UPGRADE_IMAGE("force_action", "upgrade_image"),
  FORGET("force_action", "forget"),
  UPDATE_CONFIG("force_action", "update_config"),
  NULLOP("force_action", "nullop"),
  DISABLE_CONFIG("force_action", "disable_config"),
  WNM_DB_MIGRATION("force_action", "wnm-db-migration"),
  WATCH("watch"),
  /** When nothing is said. */
  CYCLE("");

  /** The flag that says the same as {@code --report status}, and has a letter. */
  private static final String SHORT_FOR_STATUS = "status";
  private static final Set<RunMode> REPORTS =
      Collections.unmodifiableSet(EnumSet.range(STATUS, HTML));
  /** Those in whose answer no file and no variable has a say. */
  private static final Set<RunMode> ANSWERED_BY_THE_COMMAND_LINE =
      Collections.unmodifiableSet(EnumSet.of(HELP, VERSION, WHAT_IF, DOCKERFILE, CONVERT_SUPERVISORD, VALIDATE, DEMO));
  /** What is answered from what the report {@code status} is made of. */
  private static final Set<RunMode> STATUS_ANSWERS = Collections.unmodifiableSet(EnumSet.of(CHECK, WHY_NOT));
  /** What is asked of single nodes and services beside them, and of the past. */
  private static final Set<RunMode> LOOKS = Collections.unmodifiableSet(EnumSet.range(LOGS, TRACE));
  private static final Set<RunMode> NODE_ORDERS = Collections.unmodifiableSet(EnumSet.range(ADD, FORGET));
  private static final Set<RunMode> SETTINGS_ORDERS =
      Collections.unmodifiableSet(EnumSet.range(UPDATE_CONFIG, WNM_DB_MIGRATION));

  private final String option;
  private final String word;

  RunMode(String option) {
    this(option, "");
  }

  RunMode(String option, String word) {
    this.option = option;
    this.word = word;
  }

  /** Every mode. */
  static Set<RunMode> all() {
    return EnumSet.allOf(RunMode.class);
  }

  /** The reports. */
  static Set<RunMode> reports() {
    return REPORTS;
  }

  /** The answers that are made of what {@code --report status} is made of. */
  static Set<RunMode> statusAnswers() {
    return STATUS_ANSWERS;
  }

  /** What prints tables, whose rows and columns can be chosen. */
  static Set<RunMode> tables() {
    return EnumSet.of(NODE_STATUS, NODE_STATUS_DETAILS, CONTAINER_PORTS, COMPANIONS, HISTORY);
  }

  /** The forced actions on nodes, their containers and what runs beside them. */
  static Set<RunMode> nodeOrders() {
    return NODE_ORDERS;
  }

  /** The cycles. */
  static Set<RunMode> cycles() {
    return EnumSet.of(CYCLE, WATCH);
  }

  /** The modes in which settings are stored and used. */
  static Set<RunMode> thatStoreSettings() {
    return union(cycles(), EnumSet.of(INIT, IMPORT), NODE_ORDERS, SETTINGS_ORDERS);
  }

  /** The modes that go by given settings, whether they store them or not. */
  static Set<RunMode> thatUseSettings() {
    return union(thatStoreSettings(), EnumSet.of(DOCTOR));
  }

  /** The modes about what starts wnm. */
  static Set<RunMode> ofTheService() {
    return EnumSet.of(INSTALL_SERVICE, UNINSTALL_SERVICE);
  }

  /** The modes that open a database, or say what would be done with it. */
  static Set<RunMode> thatUseTheDatabase() {
    return union(thatUseSettings(), REPORTS, STATUS_ANSWERS, LOOKS, ofTheService(), EnumSet.of(TOP, WHAT_IF_HISTORY, LIST_MANAGERS, FETCH_NODE, NOTIFY_TEST, REMOVE_LOCKFILE));
  }

  @SafeVarargs
  static Set<RunMode> union(Set<RunMode>... sets) {
    return Arrays.stream(sets).flatMap(Set::stream).collect(Collectors.toCollection(() -> EnumSet.noneOf(RunMode.class)));
  }

  /** The modes that an option of this name asks for; empty for an option that asks for none. */
  static Set<RunMode> askedForBy(String optionName) {
    return Arrays.stream(values()).filter(mode -> mode != CYCLE && (mode.option.equals(optionName) || mode == STATUS && optionName.equals(SHORT_FOR_STATUS)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RunMode.class)));
  }

  /** The words that follow this option, such as the reports; in order. */
  static List<String> words(String optionName) {
    return askedForBy(optionName).stream().map(mode -> mode.word).toList();
  }

  /** The forced action of this name. */
  public static Optional<RunMode> ofAction(String action) {
    return askedForBy("force_action").stream().filter(mode -> mode.word.equals(action)).findFirst();
  }

  /**
   * What a command line asks for.
   *
   * @throws BadInputException when it asks for two things of which a run does one
   */
  public static RunMode of(Settings commandLine) {
    List<RunMode> asked = Arrays.stream(values()).filter(mode -> mode.isAskedFor(commandLine)).toList();
    if (asked.isEmpty()) {
      return CYCLE;
    }
    RunMode first = asked.get(0);
    asked.stream().skip(1).filter(other -> !first.takesIn(other)).findFirst().ifPresent(second -> {
      throw new BadInputException(first + " and " + second + " are two orders, and a run carries out one; leave one of them out,"
          + " or run wnm twice");
    });
    return first;
  }

  /**
   * Refuses options that mean nothing in this mode.
   *
   * @param commandLine what the command line says
   * @param isGiven whether this run is given a value of an option, from whatever source
   * @throws BadInputException for the first of them
   */
  public void refuseUnheeded(Settings commandLine, Predicate<Option<?>> isGiven) {
    for (Option<?> each : commandLine.registry().all()) {
      boolean isHeeded = this == HELP || each.isHeededIn(this, isGiven);
      commandLine.setting(each).filter(setting -> setting.origin() == Origin.COMMAND_LINE && !isHeeded).ifPresent(setting -> {
        throw unheeded(each, setting.text());
      });
    }
  }

  /** Whether an option means something in this mode, whatever else is said. */
  public boolean heeds(Option<?> option) {
    return option.isHeededIn(this, other -> false);
  }

  /** What is said of an option that means nothing in this mode. @param value what it was given */
  public BadInputException unheeded(Option<?> unknown, String value) {
    String where = wordsOf(unknown.modes()) + unknown.companions().stream().map(name -> "--" + name)
        .collect(Collectors.collectingAndThen(Collectors.joining(" or "), names -> names.isEmpty() ? "" : ", or beside " + names));
    if (this == CYCLE) {
      return new BadInputException(unknown + " goes only with " + where);
    }
    String instead = instead(unknown, value);
    return new BadInputException(this + " does not know " + unknown + ": " + (instead.isEmpty() ? "it goes only with " + where
        : instead));
  }

  /** Whether no file and no variable has a say. */
  public boolean isAnsweredByTheCommandLine() {
    return ANSWERED_BY_THE_COMMAND_LINE.contains(this);
  }

  /** Whether it may matter which plug-ins there are, beside those of whose options the command line has some. */
  public boolean concernsPlugIns() {
    return this == HELP || !isAnsweredByTheCommandLine();
  }

  /** Whether it is one of the reports. */
  public boolean isReport() {
    return REPORTS.contains(this);
  }

  /** Whether it is a forced action. */
  public boolean isOrder() {
    return option.equals("force_action");
  }

  /** As it stands on the command line. */
  @Override
  public String toString() {
    return this == CYCLE ? "a cycle" : "--" + option + (word.isEmpty() ? "" : " " + word);
  }

  /** Whether a command line has its words, whatever else it asks for. */
  public boolean isAskedFor(Settings commandLine) {
    return this != CYCLE && (isAskedFor(commandLine, option, word) || this == STATUS && isAskedFor(commandLine, SHORT_FOR_STATUS, ""));
  }

  private static boolean isAskedFor(Settings commandLine, String optionName, String word) {
    return commandLine.setting(Options.named(optionName))
        .filter(setting -> setting.origin() == Origin.COMMAND_LINE)
        .filter(setting -> word.isEmpty() ? !setting.value().equals(false) : setting.value().equals(word)).isPresent();
  }

  /** Whether another mode's order is part of this one. */
  private boolean takesIn(RunMode other) {
    return this == HELP || this == INIT && other == IMPORT || this == WHAT_IF_HISTORY && other == WHAT_IF || isReport() && other == SURVEY || this == CHECK && (other == STATUS || other == SURVEY)
        || this == INSTALL_SERVICE && other == WATCH;
  }

  /** What to do or know instead, where it is not only that the option belongs to other modes. */
  private String instead(Option<?> unknown, String value) {
    return switch (unknown.name()) {
      case "service_name" -> switch (this) {
        case ADD -> "wnm gives new nodes their names; say with --count how many";
        case TEARDOWN -> "it removes every node; to remove some, use --force_action remove --service_name " + Shell.word(value);
        case FORGET -> "it is about all nodes of the storage that --storage names";
        case RENEW -> "it begins with the oldest nodes; say with --count how many";
        default -> isOrder() ? aboutWhat() : "";
      };
      case "count" -> switch (this) {
        case DISABLE, ENABLE, MOVE -> "name the nodes with --service_name";
        case RESTART, RELOAD -> "name the services beside nodes with --service_name";
        case SURVEY -> "it looks at all nodes, or at those that --service_name names";
        case TEARDOWN -> "it removes every node; to remove some, use --force_action remove --count " + value;
        case FORGET -> "it is about all nodes of the storage that --storage names";
        default -> isOrder() ? aboutWhat() : "";
      };
      default -> unknown.scope() == Scope.STORED && isReport()
          ? "a report stores no setting; store it with wnm --force_action update_config " + unknown + "=" + Shell.word(value)
          : "";
    };
  }

  private String aboutWhat() {
    return this == UPGRADE_IMAGE ? "it is about the containers of all groups" : "it is about settings, not about nodes";
  }

  /** These modes in few words: {@code --report or --force_action stop}. */
  private static String wordsOf(Set<RunMode> modes) {
    List<String> words = modes.stream().filter(mode -> mode != HELP).collect(Collectors.groupingBy(mode -> mode.option,
        LinkedHashMap::new, Collectors.toCollection(() -> EnumSet.noneOf(RunMode.class))))
        .entrySet().stream().flatMap(entry -> words(entry.getKey(), entry.getValue())).toList();
    int last = words.size() - 1;
    return last < 1 ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** A few words of many are named, many are not. */
  private static Stream<String> words(String optionName, Set<RunMode> modes) {
    if (optionName.isEmpty()) {
      return Stream.of("a cycle");
    }
    Set<RunMode> others = EnumSet.copyOf(askedForBy(optionName));
    others.removeAll(modes);
    return modes.size() > 4 || others.isEmpty() ? Stream.of("--" + optionName) : modes.stream().map(RunMode::toString);
  }
}
