package dev.wnm.managers.s6overlay.supervisord;

import java.util.Map;
import java.util.Optional;

/**
 * What {@code [supervisord]} says for all programs.
 *
 * @param expander knows the variables that it sets
 * @param directory where programs without their own run
 * @param openFiles at least so many; 0 where nothing is said
 */
record DaemonSettings(
    Expander expander, Map<String, String> environment, Optional<String> user, Optional<String> umask, String directory,
    int openFiles, LogReader logs) {
  /** @param toSyslog whether lines are collected by a syslog server */
  static DaemonSettings read(Configuration configuration, Findings findings, boolean toSyslog) {
    IniSection section = configuration.find("supervisord")
        .orElseGet(() -> new IniSection("supervisord", new Place(configuration.file(), 1)));
    SectionReader bare = new SectionReader(section, configuration.expander());
    Map<String, String> environment = bare.environment();
    Expander expander = configuration.expander().withVariables(environment);
    SectionReader reader = bare.with(expander);
    String directory = reader.text("directory").orElse("/");
    if (!directory.startsWith("/")) {
      throw reader.refuse("directory", "must be an absolute path", directory);
    }
    String logs = reader.text("childlogdir").filter(text -> !text.isEmpty()).orElse("/var/log/supervisor");
    if (!logs.startsWith("/")) {
      throw reader.refuse("childlogdir", "must be an absolute path", logs);
    }
    return new DaemonSettings(expander, environment, reader.user("user").filter(user -> !user.equals("root")),
        reader.octal("umask"), directory, reader.number("minfds", 0, 1 << 30, 0),
        new LogReader(findings, logs.replaceAll("/+$", ""), toSyslog));
  }
}
