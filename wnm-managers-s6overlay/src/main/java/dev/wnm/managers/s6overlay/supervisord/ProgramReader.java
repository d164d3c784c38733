package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import dev.wnm.spi.config.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes services of a {@code [program:x]} or {@code [fcgi-program:x]}. */
final class ProgramReader {
  private static final Set<String> SIGNALS = Set.of("HUP", "INT", "QUIT", "KILL", "USR1", "USR2", "TERM", "ABRT", "ALRM",
      "BUS", "CHLD", "CONT", "FPE", "ILL", "PIPE", "PROF", "SEGV", "STOP", "SYS", "TRAP", "TSTP", "TTIN", "TTOU", "URG",
      "VTALRM", "WINCH", "XCPU", "XFSZ", "IO", "PWR");
  private static final int MOST_SECONDS = 1_000_000;

  private final DaemonSettings daemon;
  private final Names names;
  private final Findings findings;

  ProgramReader(DaemonSettings daemon, Names names, Findings findings) {
    this.daemon = daemon;
    this.names = names;
    this.findings = findings;
  }

  /**
   * @param group the first group that names the program, else its own name
   * @param groupPriority empty where it is in no group
   */
  List<Service> read(IniSection section, String group, Optional<Integer> groupPriority) {
    String program = section.id();
    SectionReader reader = new SectionReader(section, daemon.expander().with(
        Map.of("program_name", program, "group_name", group)));
    int count = reader.number("numprocs", 1, 999, 1);
    int first = reader.number("numprocs_start", 0, 1_000_000, 0);
    boolean told = section.find("process_name").filter(name -> name.text().contains("%(process_num)")).isPresent();
    if (count > 1 && !told) {
      throw reader.place("process_name").refuse("process_name must hold %(process_num)d when numprocs is above 1");
    }
    List<Service> services = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      SectionReader one = reader.with(reader.expander().with(
          Map.of("process_num", String.valueOf(number), "numprocs", String.valueOf(count))));
      services.add(service(one, program, group, count, groupPriority));
    }
    return services;
  }

  private Service service(SectionReader bare, String program, String group, int count, Optional<Integer> groupPriority) {
    Map<String, String> environment = new LinkedHashMap<>(daemon.environment());
    environment.putAll(bare.environment());
    SectionReader reader = bare.with(bare.expander().withVariables(environment));
    String process = reader.text("process_name").orElse(program);
    String name = name(reader, program, process, count);
    int priority = reader.number("priority", -999_999, 999_999, 999);
    Log out = daemon.logs().out(reader, name);
    return new Service(name, program, process, group, reader.section().place(), command(reader),
        new Service.Level(groupPriority.orElse(priority), priority), reader.yes("autostart", true),
        new Service.Surroundings(reader.user("user").or(daemon::user), directory(reader),
            reader.octal("umask").or(daemon::umask), daemon.openFiles(), environment),
        restarts(reader), stop(reader), out, daemon.logs().err(reader, name, out), socket(reader));
  }

  private String name(SectionReader reader, String program, String process, int count) {
    String what = "[" + reader.section().name() + "]";
    if (count > 1) {
      return names.of(process.startsWith(program) ? process : program + "-" + process, reader.place("process_name"), what);
    }
    String name = names.of(program, reader.section().place(), what);
    if (!process.equals(program)) {
      findings.note(reader.place("process_name"), "[" + reader.section().name() + "] process_name",
          "the service has the program's name, " + name);
    }
    return name;
  }

  private Service.Command command(SectionReader reader) {
    String text = reader.forScript("command").orElseThrow(() -> reader.section().place().refuse(
        "[" + reader.section().name() + "] has no command"));
    List<String> words;
    try {
      words = ShellWords.split(text);
    } catch (IllegalArgumentException e) {
      throw reader.place("command").refuse("command " + e.getMessage());
    }
    if (words.isEmpty()) {
      throw reader.place("command").refuse("command is empty");
    }
    Service.Command command = new Service.Command(reader.place("command"), text, words);
    if (command.isSplitAtStart()) {
      findings.note(reader.place("command"), "[" + reader.section().name() + "] command", "the variables in it are read when"
          + " the service starts, before the command is split into words; without them the service does not start");
    }
    return command;
  }

  private String directory(SectionReader reader) {
    String directory = reader.forScript("directory").orElse(daemon.directory());
    if (directory.startsWith("~")) {
      throw reader.refuse("directory", "must be a path without ~", directory);
    }
    return directory.startsWith("/") || directory.startsWith("\uE000") ? directory : "/" + directory;
  }

  private static Service.Restarts restarts(SectionReader reader) {
    Service.Restarts.Auto auto = reader.text("autorestart").map(text -> switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> Service.Restarts.Auto.ALWAYS;
      case "false", "no", "off", "0" -> Service.Restarts.Auto.NEVER;
      case "unexpected" -> Service.Restarts.Auto.UNEXPECTED;
      default -> throw reader.refuse("autorestart", "must be true, false or unexpected", text);
    }).orElse(Service.Restarts.Auto.UNEXPECTED);
    Set<Integer> expected = new LinkedHashSet<>();
    String codes = reader.text("exitcodes").orElse("0");
    for (String code : codes.isEmpty() ? new String[0] : codes.split(",")) {
      if (!code.strip().matches("\\d{1,3}") || Integer.parseInt(code.strip()) > 255) {
        throw reader.refuse("exitcodes", "must be numbers from 0 to 255 separated by commas", codes);
      }
      expected.add(Integer.parseInt(code.strip()));
    }
    return new Service.Restarts(auto, reader.number("startsecs", 0, MOST_SECONDS, 1),
        reader.number("startretries", 0, MOST_SECONDS, 3), expected);
  }

  private static Service.Stop stop(SectionReader reader) {
    String signal = reader.text("stopsignal").orElse("TERM").toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    boolean isNumber = signal.matches("\\d{1,2}") && Integer.parseInt(signal) >= 1 && Integer.parseInt(signal) <= 31;
    if (!SIGNALS.contains(signal) && !isNumber) {
      throw reader.refuse("stopsignal", "must be a signal such as TERM", signal);
    }
    boolean group = reader.yes("stopasgroup", false);
    boolean kill = reader.yes("killasgroup", group);
    if (group && !kill) {
      throw reader.place("killasgroup").refuse("killasgroup cannot be false where stopasgroup is true");
    }
    return new Service.Stop(signal, reader.number("stopwaitsecs", 0, MOST_SECONDS, 10), group, kill);
  }

  private Optional<Service.Socket> socket(SectionReader reader) {
    if (!reader.section().kind().equals("fcgi-program")) {
      return Optional.empty();
    }
    String socket = reader.text("socket").orElseThrow(() -> reader.section().place().refuse(
        "[" + reader.section().name() + "] has no socket"));
    String path = socket.replaceFirst("^unix://", "");
    if (path.equals(socket) || !path.startsWith("/")) {
      throw reader.refuse("socket", "must be tcp://HOST:PORT or unix:///PATH", socket);
    }
    return Optional.of(new Service.Socket(path, reader.octal("socket_mode").orElse("0700"),
        reader.number("socket_backlog", 1, 65_535, 128)));
  }
}
