package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.Locale;

/** Reads where the output of a program goes. */
final class LogReader {
  private static final long SMALLEST = 4096;
  private static final long LARGEST = 268_435_455;
  private static final int MOST_BACKUPS = 1_000_000;

  private final Findings findings;
  private final String folderOfAuto;

  LogReader(Findings findings, String folderOfAuto) {
    this.findings = findings;
    this.folderOfAuto = folderOfAuto;
  }

  Log out(SectionReader reader, String service) {
    return read(reader, "stdout", service);
  }

  Log err(SectionReader reader, String service, Log out) {
    String file = reader.forScript("stderr_logfile").orElse("AUTO");
    if (reader.yes("redirect_stderr", false)) {
      if (!isWord(file, "auto") && !isWord(file, "none")) {
        findings.note(reader.place("stderr_logfile"), what(reader, "stderr_logfile"),
            "without effect beside redirect_stderr=true, as with supervisord");
      }
      return new Log.ToOutput();
    }
    return isWord(file, "auto") || file.equals(reader.forScript("stdout_logfile").orElse("AUTO"))
        ? new Log.ToOutput() : read(reader, "stderr", service);
  }

  private Log read(SectionReader reader, String stream, String service) {
    String option = stream + "_logfile";
    String file = reader.forScript(option).orElse("AUTO");
    if (isWord(file, "none") || isWord(file, "off")) {
      return new Log.ToNothing();
    }
    if (file.matches("/dev/(stdout|stderr|fd/[12])|/proc/self/fd/[12]")) {
      return new Log.ToContainer();
    }
    if (isWord(file, "syslog")) {
      findings.without(reader.place(option), what(reader, option), "nothing hands lines to syslog; they go to the"
          + " container's log", "let the container's log driver hand them on");
      return new Log.ToContainer();
    }
    if (isWord(file, "auto")) {
      return new Log.ToFolder(folderOfAuto + "/" + service + ".log.d", bytes(reader, stream), backups(reader, stream));
    }
    if (file.startsWith("~")) {
      throw reader.refuse(option, "must be a path without ~", file);
    }
    String absolute = file.startsWith("/") || file.startsWith("\uE000") ? file : "/" + file;
    if (!absolute.equals(file)) {
      findings.note(reader.place(option), what(reader, option), "the path is relative, and taken from /");
    }
    return new Log.ToFolder(absolute + ".d", bytes(reader, stream), backups(reader, stream));
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

  private static boolean isWord(String text, String word) {
    return text.toLowerCase(Locale.ROOT).equals(word);
  }

  private static String what(SectionReader reader, String option) {
    return "[" + reader.section().name() + "] " + option;
  }
}
