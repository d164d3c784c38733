package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Log;

/** Reads where the output of a program goes. */
final class LogReader {
  private static final long SMALLEST = 4096;
  private static final long LARGEST = 268_435_455;
  private static final int MOST_BACKUPS = 1_000_000;
  private static final String FROM_FOLDER = "lines go to syslog out of a log folder, which keeps those that it cannot take yet";

  private final Findings findings;
  private final String folderOfAuto;
  private final boolean toSyslog;

  /** @param toSyslog whether lines are collected by a syslog server: those that are in folders */
  LogReader(Findings findings, String folderOfAuto, boolean toSyslog) {
    this.findings = findings;
    this.folderOfAuto = folderOfAuto;
    this.toSyslog = toSyslog;
  }

  Log out(SectionReader reader, String service) {
    return alsoToSyslog(reader, "stdout", service, read(reader, "stdout", service));
  }

  Log err(SectionReader reader, String service, Log out) {
    return alsoToSyslog(reader, "stderr", service, readErr(reader, service, out));
  }

  private Log alsoToSyslog(SectionReader reader, String stream, String service, Log log) {
    String option = stream + "_syslog";
    if (!reader.yes(option, false)) {
      return log;
    }
    if (!toSyslog) {
      findings.without(reader.place(option), what(reader, option), "nothing hands lines to syslog without --forward",
          "convert with --forward syslog+udp://HOST, syslog+tcp://HOST or syslog+tls://HOST");
    } else if (log instanceof Log.ToContainer) {
      findings.without(reader.place(option), what(reader, option), "lines that go to the container's output are not collected",
          "give " + stream + "_logfile a file");
    } else if (log instanceof Log.ToNothing) {
      findings.note(reader.place(option), what(reader, option), FROM_FOLDER);
      return ofSyslog(reader, stream, service);
    }
    return log;
  }

  private Log ofSyslog(SectionReader reader, String stream, String service) {
    return folder(reader, stream, folderOfAuto + "/" + service + (stream.equals("stderr") ? ".stderr" : "") + ".log");
  }

  private Log readErr(SectionReader reader, String service, Log out) {
    String file = reader.forScript("stderr_logfile").orElse("AUTO");
    LogTarget target = LogTarget.of(file);
    if (reader.yes("redirect_stderr", false)) {
      if (target != LogTarget.AUTO && target != LogTarget.NOTHING) {
        findings.note(reader.place("stderr_logfile"), what(reader, "stderr_logfile"),
            "without effect beside redirect_stderr=true, as with supervisord");
      }
      return new Log.ToOutput();
    }
    if (target == LogTarget.AUTO || file.equals(reader.forScript("stdout_logfile").orElse("AUTO"))) {
      return new Log.ToOutput();
    }
    Log log = read(reader, "stderr", service);
    boolean toOutput = log instanceof Log.ToContainer container && !container.asError();
    // The program's own standard output is a pipe then; a logger still has the container's.
    return toOutput && out.needsLogger() ? atStart(reader, "stderr", "/dev/stdout", service) : log;
  }

  private Log read(SectionReader reader, String stream, String service) {
    String option = stream + "_logfile";
    String file = reader.forScript(option).orElse("AUTO");
    switch (LogTarget.of(file)) {
      case NOTHING:
        return new Log.ToNothing();
      case OUTPUT:
        return new Log.ToContainer(false);
      case ERROR:
        return new Log.ToContainer(true);
      case SYSLOG:
        if (toSyslog) {
          findings.note(reader.place(option), what(reader, option), FROM_FOLDER);
          return ofSyslog(reader, stream, service);
        }
        findings.without(reader.place(option), what(reader, option), "nothing hands lines to syslog; they go to the"
            + " container's log", "convert with --forward, or let the container's log driver hand them on");
        return new Log.ToContainer(stream.equals("stderr"));
      case AUTO:
        return folder(reader, stream, folderOfAuto + "/" + service + ".log");
      case DEVICE:
        findings.note(reader.place(option), what(reader, option), "lines go to that device where the container has it and it"
            + " can be written to, else to the container's log; terminals and other descriptors are the container's log");
        return atStart(reader, stream, file, service);
      case KNOWN_AT_START:
        findings.note(reader.place(option), what(reader, option), "the variable is looked at when the service starts: a file"
            + " becomes a folder FILE.d; NONE, AUTO, nothing, /dev/null, /dev/stdout, /dev/stderr and other devices keep"
            + " their meaning; syslog is the container's log");
        return atStart(reader, stream, file, service);
      default:
        return file(reader, stream, file);
    }
  }

  private Log file(SectionReader reader, String stream, String file) {
    String option = stream + "_logfile";
    if (file.startsWith("~")) {
      throw reader.refuse(option, "must be a path without ~", file);
    }
    String absolute = file.startsWith("/") ? file : "/" + file;
    if (!absolute.equals(file)) {
      findings.note(reader.place(option), what(reader, option), "the path is relative, and taken from /");
    }
    return folder(reader, stream, absolute);
  }

  private Log folder(SectionReader reader, String stream, String file) {
    return new Log.ToFolder(file, file + ".d", bytes(reader, stream), backups(reader, stream));
  }

  private Log atStart(SectionReader reader, String stream, String file, String service) {
    return new Log.AtStart(file, folderOfAuto + "/" + service + ".log", bytes(reader, stream), backups(reader, stream));
  }

  private long bytes(SectionReader reader, String stream) {
    String option = stream + "_logfile_maxbytes";
    long bytes = reader.bytes(option, 50L << 20);
    long used = bytes == 0 ? LARGEST : Math.min(LARGEST, Math.max(SMALLEST, bytes));
    if (used != bytes) {
      findings.note(reader.place(option), what(reader, option), "s6-log rotates at " + used + " bytes: it always rotates, at"
          + " " + SMALLEST + " to " + LARGEST);
    }
    return used;
  }

  private int backups(SectionReader reader, String stream) {
    String option = stream + "_logfile_backups";
    return reader.number(option, 0, MOST_BACKUPS, 10);
  }

  private static String what(SectionReader reader, String option) {
    return "[" + reader.section().name() + "] " + option;
  }
}
