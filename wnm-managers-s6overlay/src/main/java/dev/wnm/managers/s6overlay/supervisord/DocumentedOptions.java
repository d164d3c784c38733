package dev.wnm.managers.s6overlay.supervisord;

import static dev.wnm.managers.s6overlay.supervisord.DocumentedOption.converted;
import static dev.wnm.managers.s6overlay.supervisord.DocumentedOption.without;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every option that supervisord 4.2 documents, with its outcome: the report and the page in docs are made from it. */
public final class DocumentedOptions {
  private static final String NO_SERVER = "s6-overlay has no such server";
  private static final String USE_S6 = "use s6-rc, s6-svc and s6-svstat in the container (docker exec)";
  private static final String CONTAINER_LOG = "what s6 itself says goes to the container's log";
  private static final String NO_EVENTS = "there are no events";

  private static final List<DocumentedOption> ALL = Stream.of(
      servers(), daemon(), programs(), logs("stdout"), logs("stderr"), rest()).flatMap(List::stream).toList();

  private DocumentedOptions() {}

  /** In the order of supervisord's own pages. */
  public static List<DocumentedOption> all() {
    return ALL;
  }

  /** What becomes of this option in this kind of section. */
  static Optional<DocumentedOption> find(String section, String name) {
    boolean likeProgram = section.equals("fcgi-program") || section.equals("eventlistener");
    return ALL.stream().filter(option -> option.name().equals(name))
        .filter(option -> option.section().equals(section) || likeProgram && option.section().equals("program"))
        .findFirst();
  }

  /** Whether there are such sections at all. */
  static boolean isSection(String kind) {
    return ALL.stream().anyMatch(option -> option.section().equals(kind));
  }

  private static List<DocumentedOption> servers() {
    List<DocumentedOption> options = new ArrayList<>();
    for (String name : List.of("file", "chmod", "chown", "username", "password")) {
      options.add(without("unix_http_server", name, NO_SERVER, USE_S6));
    }
    for (String name : List.of("port", "username", "password")) {
      options.add(without("inet_http_server", name, NO_SERVER, USE_S6));
    }
    return options;
  }

  private static List<DocumentedOption> daemon() {
    String section = "supervisord";
    return List.of(
        without(section, "logfile", CONTAINER_LOG, "read it with docker logs"),
        without(section, "logfile_maxbytes", CONTAINER_LOG, "bound the container's log with --log-opt max-size"),
        without(section, "logfile_backups", CONTAINER_LOG, "bound the container's log with --log-opt max-file"),
        without(section, "loglevel", "s6-overlay has a level of its own", "set S6_VERBOSITY in the image"),
        without(section, "pidfile", "s6-svscan is process 1", ""),
        converted(section, "umask", "umask of every service that has none of its own"),
        without(section, "nodaemon", "process 1 of a container is never a daemon", ""),
        without(section, "silent", CONTAINER_LOG, "set S6_VERBOSITY in the image"),
        converted(section, "minfds", "every run script raises its limit of open files to it, and fails where it cannot"),
        without(section, "minprocs", "the number of processes is the container's matter",
            "give the container --pids-limit or --ulimit nproc"),
        without(section, "nocleanup", "log folders are never emptied at a start", ""),
        converted(section, "childlogdir", "where the logs of AUTO are; /var/log/supervisor when not given"),
        converted(section, "user", "user of every service that has none of its own"),
        converted(section, "directory", "folder of every service that has none of its own; else it is /"),
        without(section, "strip_ansi", "s6-log writes what it reads", "tell the programs to write no colours"),
        converted(section, "environment", "exported by every service before its own"),
        without(section, "identifier", NO_SERVER, ""));
  }

  private static List<DocumentedOption> programs() {
    String section = "program";
    return List.of(
        converted(section, "command", "the last line of run: split into words as supervisord does, started without a shell"),
        converted(section, "process_name", "the service's name when numprocs is above 1; else that is the program's"),
        converted(section, "numprocs", "one service for each process, and a bundle of all"),
        converted(section, "numprocs_start", "the first %(process_num)s"),
        converted(section, "priority",
            "each level depends on the level below: up in this order, down in reverse; --depends replaces it"),
        converted(section, "autostart", "false: not in the bundle user, so down until s6-rc -u change NAME"),
        converted(section, "startsecs", "finish counts an end before it as a failed start"),
        converted(section, "startretries", "finish gives up (125) after so many failed starts in a row beyond the first;"
            + " starts are at least 1 s apart, the pause does not grow"),
        converted(section, "autorestart", "finish: 125 where supervisord would not start it again, else 0"),
        converted(section, "exitcodes", "the codes that finish takes as expected"),
        converted(section, "stopsignal", "down-signal"),
        converted(section, "stopwaitsecs", "timeout-kill, in ms"),
        converted(section, "stopasgroup", "finish sends stopsignal to what is left of the process group; later than"
            + " supervisord: when the process itself has ended"),
        converted(section, "killasgroup", "finish kills what is left of the process group after a stop"),
        converted(section, "user", "s6-setuidgid"),
        converted(section, "redirect_stderr", "exec 2>&1"),
        converted(section, "environment", "data/environment (0600), which run reads"),
        converted(section, "directory", "cd in run"),
        converted(section, "umask", "umask in run"),
        without(section, "serverurl", NO_SERVER, USE_S6));
  }

  private static List<DocumentedOption> logs(String stream) {
    String section = "program";
    String file = stream.equals("stdout")
        ? "a logger service behind a pipe, s6-log in the folder FILE.d; AUTO: in childlogdir; NONE and /dev/null: nowhere;"
            + " /dev/stdout and /dev/stderr: the container's"
        : "a logger service behind a fifo, s6-log in the folder FILE.d; AUTO: with stdout; NONE and /dev/null: nowhere;"
            + " /dev/stdout and /dev/stderr: the container's";
    return List.of(
        converted(section, stream + "_logfile", file),
        converted(section, stream + "_logfile_maxbytes",
            "s6-log s…, 4096 to 268435455; 0 becomes the largest, and is noted"),
        converted(section, stream + "_logfile_backups", "s6-log n…"),
        without(section, stream + "_capture_maxbytes", NO_EVENTS, ""),
        without(section, stream + "_events_enabled", NO_EVENTS, "read the log of the service"),
        converted(section, stream + "_syslog", "with --forward syslog+udp, +tcp or +tls its lines go to that server, as those of all"
            + " services do; else true is listed"));
  }

  private static List<DocumentedOption> rest() {
    List<DocumentedOption> options = new ArrayList<>(List.of(
        converted("include", "files", "read as if their sections stood in the file"),
        converted("group", "programs", "a bundle"),
        converted("group", "priority", "goes before the programs' own priority"),
        converted("fcgi-program", "socket", "unix://…: s6-ipcserver-socketbinder; tcp://…, or numprocs above 1: listed,"
            + " and the program is not converted"),
        converted("fcgi-program", "socket_backlog", "s6-ipcserver-socketbinder -b"),
        without("fcgi-program", "socket_owner", "the socket belongs to root", "open it to others with socket_mode"),
        converted("fcgi-program", "socket_mode", "s6-ipcserver-socketbinder -a; 0700 when not given")));
    for (String name : List.of("buffer_size", "events", "result_handler")) {
      options.add(without("eventlistener", name, "listeners speak supervisord's event protocol, and " + NO_EVENTS
          + "; the section is not converted", "use finish scripts, or watch with s6-svwait"));
    }
    for (String name : List.of("serverurl", "username", "password", "prompt", "history_file")) {
      options.add(without("supervisorctl", name, "there is no supervisorctl", USE_S6));
    }
    options.add(without("rpcinterface", "supervisor.rpcinterface_factory", "there is no XML-RPC", USE_S6));
    return List.copyOf(options);
  }
}
