package dev.wnm.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What wnm tells. */
interface ReportOptions {
  Option<String> REPORT = Option.text("report", ValueType.choice("REPORT", RunMode.words("report"))).scope(Scope.ONCE)
      .heededBy(RunMode.reports(), Set.of(RunMode.CHECK))
      .help("Print a report instead of running a cycle.");
  Option<Boolean> STATUS = Option.flag("status").letter('s').scope(Scope.ONCE).heededBy(Set.of(RunMode.STATUS, RunMode.CHECK))
      .help("The same as --report status: whether all is well, what the next cycle does, and why not more.");
  Option<Boolean> CHECK = Option.flag("check").scope(Scope.ONCE)
      .help("Say in one line whether all is well, for monitoring: exit code 0 when it is, 1 when it is not or nobody can tell. With"
          + " --report status: the whole report, and that exit code.");
  Option<String> WHY_NOT = Option.text("why_not", ValueType.choice("ACTION", List.of("add", "start", "upgrade"))).scope(Scope.ONCE)
      .help("List all that it takes to add, start or upgrade a node now, and say of each whether it is so, and by how much it is missed.");
  Option<Boolean> TOP = Option.flag("top").scope(Scope.ONCE)
      .help("Show on the terminal, until q is pressed: whether all is well, what comes next, every node, and what was decided and why. It changes nothing.");
  Option<String> REPORT_FORMAT = Option.text("report_format", ValueType.choice("FORMAT",
      List.of("text", "json", "csv", "env", "config", "json-compat", "influx-ntracking", "influx-compat"))).initially("text")
      .scope(Scope.RUN).commonWord().heededBy(RunMode.reports(), RunMode.statusAnswers(), RunMode.nodeOrders(),
          Set.of(RunMode.WHAT_IF_HISTORY, RunMode.DOCTOR, RunMode.LIST_MANAGERS, RunMode.EXPLAIN, RunMode.HISTORY))
      .help("Format of the report; csv is for those that are tables. influx-resources has the lines of NTracking (influx-ntracking says"
          + " so); influx-compat and json-compat have the shapes of the Python wnm.");
  Option<String> FILTER = Option.text("filter", ValueType.text("QUERY", "a condition such as 'status=RUNNING and peers<5'",
      text -> !text.isBlank())).scope(Scope.ONCE).heededBy(RunMode.tables())
      .help("With --history, or a report that is a table: only the rows of which this is true, such as 'status=RUNNING and peers<5'; docs/reports.md has"
          + " the language and the fields.");
  Option<String> SORT = names("sort", "fields separated by commas, with a - in front for the greatest first, such as peers,-age")
      .help("With --history, or a report that is a table: the order of its rows, such as peers,-age; rows of which a field is not known come last.");
  Option<String> COLUMNS = names("columns", "columns separated by commas, such as service,status,age, or all")
      .help("With --history, or a report that is a table: its columns, such as service,status,age; all shows all that there are.");
  Option<String> LATENCY_HOST = Option.text("latency_host", ValueType.text("HOST", "a host name or an IP address",
      host -> host.matches("[A-Za-z0-9][A-Za-z0-9._:%-]*"))).scope(Scope.RUN).heededBy(Set.of(RunMode.INFLUX_RESOURCES))
      .help("Send this host four packets for the latency in --report influx-resources; none are sent when not given.");
  Option<Boolean> JSON = Option.flag("json").scope(Scope.RUN).commonWord()
      .heededBy(RunMode.reports(), RunMode.statusAnswers(), RunMode.nodeOrders(),
          Set.of(RunMode.VALIDATE, RunMode.WHAT_IF_HISTORY, RunMode.DOCTOR, RunMode.LIST_MANAGERS, RunMode.EXPLAIN, RunMode.HISTORY))
      .help("The same as --report_format json; forced actions and --validate answer in JSON too.");
  Option<String> LOGLEVEL = Option.text("loglevel", ValueType.upperCaseChoice("LEVEL",
      List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))).initially("INFO").scope(Scope.RUN).heededBy(RunMode.all())
      .help("How much is logged to standard error.");
  Option<Path> LOG_FILE = Option.path("log_file").scope(Scope.RUN).commonWord().heededBy(RunMode.all())
      .help("Write the log to this file, with times, and only errors to standard error. At 5 MB it becomes FILE.1; FILE.4 is the"
          + " oldest that stays.");
  Option<Boolean> QUIET = Option.flag("quiet").letter('q').scope(Scope.RUN).commonWord().heededBy(RunMode.all())
      .help("Log errors only; reports are still printed.");
  Option<Boolean> VERBOSE = Option.flag("verbose").letter('v').scope(Scope.RUN).commonWord().heededBy(RunMode.all())
      .help("The three --show options together.");
  Option<Boolean> SHOW_MACHINE_CONFIG = Option.flag("show_machine_config").scope(Scope.RUN).heededBy(RunMode.cycles())
      .help("Log the settings in force as JSON.");
  Option<Boolean> SHOW_MACHINE_METRICS = Option.flag("show_machine_metrics").scope(Scope.RUN).heededBy(RunMode.cycles())
      .help("Log the machine's metrics as JSON.");
  Option<Boolean> SHOW_DECISIONS = Option.flag("show_decisions").scope(Scope.RUN).heededBy(RunMode.cycles())
      .help("Log what the decision was made from as JSON.");

  OptionGroup REPORTS = new OptionGroup("Reports and log", List.of(REPORT, STATUS, CHECK, WHY_NOT, TOP, REPORT_FORMAT, JSON, FILTER, SORT, COLUMNS, LATENCY_HOST,
      LOGLEVEL, LOG_FILE, QUIET, VERBOSE, SHOW_MACHINE_CONFIG, SHOW_MACHINE_METRICS, SHOW_DECISIONS));

  private static OptionDraft<String> names(String name, String allowed) {
    return Option.text(name, ValueType.text("NAMES", allowed, text -> !text.replace(",", "").isBlank())).scope(Scope.ONCE)
        .heededBy(RunMode.tables());
  }
}
