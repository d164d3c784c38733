package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Companion;
import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.companion.Logging;
import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.Optional;

/** The shell scripts of the loggers of one service: s6-log, with what changes lines before it where that is wished. */
final class LoggerScript {
  private static final String HEAD = "#!/command/with-contenv sh\n";
  private static final int BACKUPS = 10;
  private static final long BYTES = 50L << 20;

  private final Service service;
  private final Logging logging;
  private final Optional<Forwarding> forwarding;

  /** @param forwarding where the lines of all services are collected */
  LoggerScript(Service service, Logging logging, Optional<Forwarding> forwarding) {
    this.service = service;
    this.logging = logging;
    this.forwarding = forwarding;
  }

  /** The service with a logger also before the container's own output, where lines are changed on their way there. */
  static Service withThoseNeeded(Service service, Logging logging) {
    return logging.changesLines() ? service.withLogs(logged(service.out()), logged(service.err())) : service;
  }

  private static Log logged(Log log) {
    return log instanceof Log.ToContainer container
        ? new Log.AtStart(container.asError() ? "/dev/stderr" : "/dev/stdout", "/var/log", BYTES, BACKUPS) : log;
  }

  /** The logger behind standard output. */
  String out(Log log) {
    return script(log, "", "", service.err() instanceof Log.ToOutput ? "both" : "stdout");
  }

  /** The logger behind standard error. */
  String err(Log log) {
    String fifo = Scripts.FIFOS + "/" + service.name() + ".stderr";
    return script(log, "mkdir -p " + Scripts.FIFOS + "\n[ -p " + fifo + " ] || mkfifo -m 0600 " + fifo + "\nexec 0<>" + fifo + "\n",
        ".stderr", "stderr");
  }

  /** One that cannot begin stays down, or s6-rc would wait for it to be ready, and others for s6-rc. */
  static String finish() {
    return "#!/bin/sh\n# 100: it cannot begin to keep the log; to end with 125 is to stay down.\n[ \"$1\" != 100 ] || exit 125\n";
  }

  private String script(Log log, String before, String suffix, String stream) {
    StringBuilder script = new StringBuilder(HEAD).append("# Made by wnm from ").append(service.place().brief())
        .append(".\nset -e\n");
    logging.group().ifPresent(group -> script.append("log_service=").append(service.name()).append("\nlog_group='").append(group)
        .append("'\n. ").append(Companion.LIBRARY).append("log-access\n"));
    script.append(before);
    if (isCollected()) {
      script.append("rm -f ").append(place(stream)).append('\n');
    }
    String passOn = "exec " + program(stream) + " 1";
    if (log instanceof Log.AtStart chosen) {
      script.append(ShText.emptyOnes(chosen.file())).append("file=").append(ShText.quote(chosen.file())).append('\n')
          .append(LogTarget.decideInShell(service.name(), chosen.auto(), passOn))
          .append(LogTarget.passOnToSpecialFile(service.name(), passOn)).append("folder=$file.d\n");
      return script.append(keeper(chosen.backups(), chosen.bytes(), suffix, stream)).toString();
    }
    Log.ToFolder folder = (Log.ToFolder) log;
    return script.append("file=").append(ShText.quote(folder.file())).append('\n')
        .append(LogTarget.passOnToSpecialFile(service.name(), passOn)).append("folder=").append(ShText.quote(folder.folder()))
        .append('\n').append(keeper(folder.backups(), folder.bytes(), suffix, stream)).toString();
  }

  /** Where the logger says which folder it has. */
  private String place(String stream) {
    return Companion.STATE + service.name() + "/log-" + stream;
  }

  private boolean isCollected() {
    return forwarding.filter(Forwarding::isByService).isPresent();
  }

  /** s6-log up to its script; before it, where lines are changed, what ends it when it has handed on the last. */
  private String program(String stream) {
    String options = "-d " + Scripts.READINESS_FD + " --";
    return logging.changesLines() ? Companion.LIBRARY + "lines " + service.name() + " " + stream + (logging.isJson() ? " json" : " text")
        + (logging.masked().isEmpty() ? " plain" : " masked") + " /command/s6-log -p -l 0 " + options : "/command/s6-log " + options;
  }

  private String keeper(int backups, long bytes, String suffix, String stream) {
    boolean forGroup = logging.group().isPresent();
    String make = forGroup ? "log_folder \"$folder\"\n" : "mkdir -p -- \"$folder\"\n";
    StringBuilder script = new StringBuilder(make)
        .append("# Each logger needs a folder of its own: where another has this one, the service's name is added.\n")
        .append("if ! /command/s6-setlock -n \"$folder/lock\" true 2>/dev/null; then\n  folder=$file.").append(service.name())
        .append(suffix).append(".d\n  ").append(make).append("fi\n");
    if (isCollected()) {
      script.append("(\n  umask 022\n  mkdir -p ").append(Companion.STATE).append(service.name())
          .append("\n  printf '%s\\n' \"$folder\" >").append(place(stream)).append(".new\n  mv -f ").append(place(stream)).append(".new ")
          .append(place(stream)).append("\n)\n");
    }
    script.append("exec ").append(program(stream)).append(" n").append(backups).append(" s").append(bytes)
        .append(forGroup ? " ." : " \"$folder\"");
    if (forwarding.filter(each -> each.to() == Forwarding.To.OUTPUT).isPresent()) {
      script.append(logging.isJson() ? "" : " p" + service.name() + ":").append(" 1");
    }
    return script.append('\n').toString();
  }
}
