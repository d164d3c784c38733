package dev.wnm.core.report;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import java.util.Locale;

/** How a report is written. A report that lacks a format is written as text. */
public enum ReportFormat {
  /** For people. */
  TEXT,
  /** Nodes are always an array, the machine is an object. */
  JSON,
  /** Of reports that are tables: a line for each row, comma separated, exact numbers, times in ISO 8601. */
  CSV,
  /** {@code KEY=value} lines for a shell: {@code eval} of them sets variables and runs nothing. */
  ENV,
  /** {@code key=value} lines that wnm reads as a config file. */
  CONFIG,
  /** JSON in the shapes of the Python wnm: one node is an object, several are an array, none is an error. */
  JSON_COMPAT,
  /** Lines for InfluxDB as NTracking writes them: what {@code influx-resources} is in any format but the next. */
  INFLUX_NTRACKING,
  /** Lines for InfluxDB as the Python wnm writes them. */
  INFLUX_COMPAT;

  /** What {@code --report_format} and {@code --json} ask for. */
  public static ReportFormat of(Settings settings) {
    ReportFormat format = valueOf(settings.get(Options.REPORT_FORMAT).toUpperCase(Locale.ROOT).replace('-', '_'));
    return settings.get(Options.JSON) && !format.isJson() ? JSON : format;
  }

  public boolean isJson() {
    return this == JSON || this == JSON_COMPAT;
  }
}
