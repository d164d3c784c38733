package dev.wnm.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What wnm tells. */
interface ReportOptions {
  Option<String> REPORT = Option.text("report", ValueType.choice("REPORT", RunMode.words("report"))).scope(Scope.ONCE)
      .help("Print a report instead of running a cycle.");
  Option<String> REPORT_FORMAT = Option.text("report_format", ValueType.choice("FORMAT",
      List.of("text", "json", "env", "config", "json-compat", "influx-ntracking", "influx-compat"))).initially("text")
      .scope(Scope.RUN).commonWord().heededBy(RunMode.reports(), RunMode.nodeOrders(), Set.of(RunMode.DOCTOR))
      .help("Format of the report. influx-resources has the lines of NTracking (influx-ntracking says so); influx-compat and"
          + " json-compat have the shapes of the Python wnm.");
  Option<String> LATENCY_HOST = Option.text("latency_host", ValueType.text("HOST", "a host name or an IP address",
      host -> host.matches("[A-Za-z0-9][A-Za-z0-9._:%-]*"))).scope(Scope.RUN).heededBy(Set.of(RunMode.INFLUX_RESOURCES))
      .help("Send this host four packets for the latency in --report influx-resources; none are sent when not given.");
  Option<Boolean> JSON = Option.flag("json").scope(Scope.RUN).commonWord()
      .heededBy(RunMode.reports(), RunMode.nodeOrders(), Set.of(RunMode.VALIDATE, RunMode.DOCTOR))
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

  OptionGroup REPORTS = new OptionGroup("Reports and log", List.of(REPORT, REPORT_FORMAT, JSON, LATENCY_HOST, LOGLEVEL,
      LOG_FILE, QUIET, VERBOSE, SHOW_MACHINE_CONFIG, SHOW_MACHINE_METRICS, SHOW_DECISIONS));
}
