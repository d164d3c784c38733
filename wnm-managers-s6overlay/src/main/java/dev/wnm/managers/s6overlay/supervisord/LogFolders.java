package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that each logger has a folder of its own: s6-log locks it. Not thread-safe. */
final class LogFolders {
  private final Set<String> taken = new HashSet<>();

  Service apart(Service service, Findings findings) {
    return service.withLogs(apart(service.out(), service, "", findings), apart(service.err(), service, ".stderr", findings));
  }

  private Log apart(Log log, Service service, String suffix, Findings findings) {
    if (!(log instanceof Log.ToFolder folder) || taken.add(folder.folder())) {
      return log;
    }
    String own = folder.folder().replaceFirst("\\.d$", "") + "." + service.name() + suffix + ".d";
    findings.note(service.place(), "[program:" + service.program() + "] log of " + service.name(),
        "another service has this log file already; each logger needs its own, so this one has " + service.name() + suffix
            + " in its name");
    taken.add(own);
    return new Log.ToFolder(folder.file(), own, folder.bytes(), folder.backups());
  }
}
