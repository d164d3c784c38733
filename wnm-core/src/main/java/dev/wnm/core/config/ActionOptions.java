package dev.wnm.core.config;

import dev.wnm.core.model.WantedRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** What wnm is asked to do. Without any of these it runs one cycle. */
interface ActionOptions {
  /** How services beside nodes are named. */
  String SERVICES = "GROUP/SERVICE";
  /** What can be looked at by name. */
  String NAMED = "nodes such as antnode0001, * for all, and services beside nodes as " + SERVICES + ", such as a1/caddy, separated by commas";

  Option<Boolean> INIT = Option.flag("init").scope(Scope.ONCE)
      .help("Set this machine up: check all settings and store them. On a terminal, without a wallet, it asks.");
  Option<Boolean> IMPORT = Option.flag("import").scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.IMPORT, RunMode.INIT))
      .help("Take over nodes that the process manager already runs: all with --init, later those that wnm does not know.");
  Option<Path> IMPORT_FILE = Option.path("import_file").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.INIT))
      .help("With --init: take over the nodes of a listing saved to this file (antctl status --json).");
  Option<Boolean> MIGRATE_ANM = Option.flag("migrate_anm").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.INIT))
      .help("With --init: take over the settings and nodes of anm.");
  Option<Boolean> DRY_RUN = Option.flag("dry_run").scope(Scope.RUN)
      .heededBy(RunMode.thatStoreSettings(), RunMode.reports(), RunMode.ofTheService(),
          EnumSet.of(RunMode.LIST_MANAGERS, RunMode.FETCH_NODE, RunMode.DOCKERFILE, RunMode.CONVERT_SUPERVISORD))
      .help("Say what would be done to which node and why, and change nothing.");
  Option<Duration> WATCH = Option.seconds("watch", 1, 86_400).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.WATCH, RunMode.INSTALL_SERVICE))
      .help("Stay up and run a cycle every S seconds, each with the settings of its time.");
  Option<String> FORCE_ACTION = Option.text("force_action", ValueType.choice("ACTION", RunMode.words("force_action")))
      .scope(Scope.ONCE).heededBy(RunMode.askedForBy("force_action"), RunMode.reports(), EnumSet.of(RunMode.CHECK))
      .help("Do this now, whatever the decision rules say.");
  Option<String> SERVICE_NAME = Option.text("service_name", ValueType.text("NAMES",
      "service names separated by commas", names -> !names.replace(",", "").isBlank())).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.NODE_STATUS, RunMode.NODE_STATUS_DETAILS, RunMode.INFLUX_RESOURCES, RunMode.REMOVE,
          RunMode.UPGRADE, RunMode.START, RunMode.STOP, RunMode.DISABLE, RunMode.ENABLE, RunMode.MOVE, RunMode.RESTART, RunMode.RELOAD,
          RunMode.SURVEY))
      .help("The nodes that --force_action or --report is about, such as antnode0001,antnode0002; or, for start, stop, restart and"
          + " reload, services beside nodes, such as a1/caddy,*/consul.");
  Option<Integer> COUNT = Option.integer("count", 1, 64_000).initially(1).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.ADD, RunMode.REMOVE, RunMode.UPGRADE, RunMode.START, RunMode.STOP, RunMode.RENEW))
      .help("How many nodes --force_action is about when no names are given.");
  Option<Path> STORAGE = Option.path("storage").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.FORGET))
      .help("The node storage that --force_action forget is about: one whose disk is gone for good.");
  Option<Path> TO = Option.path("to").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.MOVE))
      .help("The node storage, one of --node_storage, that --force_action move brings the nodes of --service_name to.");
  Option<Boolean> CONFIRM = Option.flag("confirm").scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.INIT, RunMode.IMPORT, RunMode.FETCH_NODE, RunMode.TEARDOWN, RunMode.FORGET, RunMode.WNM_DB_MIGRATION))
      .heededBeside(RunMode.thatStoreSettings(), "rewards_address", "donate_address")
      .help("Yes, really: needed by --force_action teardown, forget and wnm-db-migration, for a new wallet whose checksum is wrong,"
          + " and for --fetch_node of a release older than the program that is there.");
  Option<String> WHAT_IF = Option.text("what_if", ValueType.text("FILE", "a file, or - for standard input", file -> true))
      .scope(Scope.ONCE)
      .help("Answer JSON lines of settings and metrics with the decisions for them; - reads standard input. history: tell from the"
          + " database how the fleet would have gone with the settings of --set.");
  Option<String> SET = Option.text("set", ValueType.text("NAME=VALUE,…", "settings such as cpu_less_than=60,node_cap=50",
      settings -> settings.matches("[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*"))).scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.WHAT_IF_HISTORY))
      .help("With --what_if history: the settings to try; the others are as they were at the time. Stores nothing.");
  Option<Boolean> LIST_MANAGERS = Option.flag("list_managers").scope(Scope.ONCE)
      .help("List the process managers found, and say of each whether it can work here.");
  Option<Boolean> DOCTOR = Option.flag("doctor").scope(Scope.ONCE)
      .help("Check machine, account, process manager, node program, ports, database and more, and say how to mend what is wrong.");
  Option<WantedRelease> FETCH_NODE = Option.release("fetch_node").scope(Scope.ONCE)
      .help("Get the present network's node program from its publisher, check its signature, and put it where --antnode_path says: the"
          + " newest release, one of a version, or one whose archive lies here.");
  Option<String> FETCH_SHA256 = Option.text("fetch_sha256", ValueType.text("DIGEST", "64 hexadecimal digits", digest -> digest.matches("[0-9a-fA-F]{64}")))
      .scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.FETCH_NODE))
      .help("With --fetch_node: the SHA-256 of the program itself; any other is refused.");
  Option<Boolean> INSTALL_SERVICE = Option.flag("install_service").scope(Scope.ONCE)
      .help("From now on let this machine run wnm: write and start a service of systemd or launchd, or a line in the crontab.");
  Option<Boolean> UNINSTALL_SERVICE = Option.flag("uninstall_service").scope(Scope.ONCE)
      .help("Stop and delete what --install_service has written. Nodes run on.");
  Option<String> SERVICE_KIND = Option.text("service_kind", ValueType.choice("KIND", ServiceKind.words())).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.INSTALL_SERVICE))
      .help("With --install_service: a service that stays up and runs a cycle every minute (or as --watch says), a timer of"
          + " systemd, or cron. When not given, a service where systemd or launchd is, else cron.");
  Option<Boolean> DOCKERFILE = Option.flag("dockerfile").scope(Scope.ONCE)
      .help("Print the recipe of s6overlay's image; with --output_dir, write it and its files into a new folder.");
  Option<Boolean> DEMO = Option.flag("demo").scope(Scope.ONCE)
      .help("Show the whole main job in a throw-away folder with stand-in nodes.");
  Option<Boolean> REMOVE_LOCKFILE = Option.flag("remove_lockfile").scope(Scope.ONCE)
      .help("Delete a lock file that no wnm holds. Never needed: a leftover file locks nobody out.");
  Option<String> LOGS = look("logs", "NAMES", NAMED, "Print the ends of the logs of nodes, and of what services beside nodes have printed.");
  Option<Boolean> FOLLOW = Option.flag("follow").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.LOGS))
      .help("With --logs: go on with each line that comes, until Ctrl-C.");
  Option<Integer> LINES = Option.integer("lines", 1, 5_000).initially(100).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.LOGS, RunMode.HISTORY))
      .help("With --logs: at most so many of the last lines of each. With --history: at most so many of the newest; in JSON and CSV all when"
          + " not given.");
  Option<String> SINCE = Option.text("since", ValueType.text("TIME", "a time such as 90s, 30m, 1h or 2d",
      time -> time.matches("[1-9][0-9]{0,5}[smhd]"))).scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.LOGS, RunMode.HISTORY, RunMode.WHAT_IF_HISTORY))
      .help("With --logs: no lines that are older; where lines tell no time, all are shown. With --history: how far back, 24h when not given."
          + " With --what_if history: how far back, 7d when not given.");
  Option<String> EXPLAIN = look("explain", "NAMES", NAMED, "Print what a node, or a service beside nodes, is, how it is doing and how that is known, what was"
      + " done to it and why, how it ended, and what comes next.");
  Option<Boolean> HISTORY = Option.flag("history").scope(Scope.ONCE)
      .help("Print what was decided, what was done to nodes and why, and what happened to them; the newest first.");
  Option<String> NODE = Option.text("node", ValueType.text("NAMES", "node names separated by commas, such as antnode0001,antnode0002",
      names -> !names.replace(",", "").isBlank())).scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.HISTORY))
      .help("With --history: only what was done to these nodes or happened to them, those that were removed included, and why.");
  Option<String> TRACE = look("trace", SERVICES, SERVICES + ", such as a1/caddy, separated by commas",
      "Watch what the processes of a service beside nodes do, and print it.");
  Option<Duration> TRACE_SECONDS = Option.seconds("trace_seconds", 1, 300).initially(Duration.ofSeconds(5)).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.TRACE)).help("With --trace: for how long.");
  Option<Boolean> VERSION = Option.flag("version").scope(Scope.ONCE).help("Print the version.");
  Option<Boolean> HELP = Option.flag("help").letter('h').scope(Scope.ONCE).help("Print this help.");

  OptionGroup ACTIONS = new OptionGroup("What to do (one cycle when nothing is said)", List.of(INIT, IMPORT, IMPORT_FILE,
      MIGRATE_ANM, DRY_RUN, WATCH, FORCE_ACTION, SERVICE_NAME, COUNT, STORAGE, TO, CONFIRM, LOGS, FOLLOW, LINES,
      SINCE, EXPLAIN, HISTORY, NODE, TRACE, TRACE_SECONDS, WHAT_IF, SET, DOCTOR, FETCH_NODE, FETCH_SHA256, INSTALL_SERVICE, SERVICE_KIND, UNINSTALL_SERVICE,
      LIST_MANAGERS, DOCKERFILE, DEMO, REMOVE_LOCKFILE, VERSION, HELP));

  private static Option<String> look(String name, String placeholder, String allowed, String help) {
    return Option.text(name, ValueType.text(placeholder, allowed, names -> !names.replace(",", "").isBlank())).scope(Scope.ONCE).help(help);
  }
}
