package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import java.util.Collection;
import java.util.Optional;

/** Writes services and bundles as s6-rc's sources, laid out as in {@code /etc/s6-overlay}. Not thread-safe. */
final class Sources {
  private static final String SERVICES = "s6-rc.d/";
  private static final String AT_BOOT = "user-bundles.d/user/";
  /** So that a companion that never gets ready does not hold up the container's start for ever. */
  private static final int READY_WITHIN_MS = 300_000;
  /** A logger whose variable is not set never gets ready; the services that do not need it still come up. */
  private static final int LOGGER_WITHIN_MS = 60_000;

  private final OutputFolder tree;
  private final Names names;
  private boolean anyAtBoot;

  /** @param names all that services and bundles have */
  Sources(OutputFolder tree, Names names) {
    this.tree = tree;
    this.names = names;
  }

  void service(Service service, Collection<String> dependencies, Optional<Readiness> readiness) {
    Scripts scripts = new Scripts(service);
    String name = service.name();
    String folder = longrun(name, scripts.run(readiness.isPresent()));
    tree.script(folder + "finish", scripts.finish());
    if (service.stop().signalGroup()) {
      tree.file(folder + "timeout-finish", "10000\n");
    }
    String signal = service.stop().signal();
    tree.file(folder + "down-signal", (signal.matches("\\d+") ? "" : "SIG") + signal + "\n");
    // 0 would be for ever.
    tree.file(folder + "timeout-kill", Math.max(1, service.stop().waitSeconds() * 1000L) + "\n");
    dependencies.forEach(earlier -> tree.file(folder + "dependencies.d/" + earlier, ""));
    if (!service.around().environment().isEmpty()) {
      tree.privateFile(folder + "data/environment", scripts.environment());
    }
    readiness.ifPresent(ready -> {
      tree.file(folder + "notification-fd", Scripts.READINESS_FD + "\n");
      tree.file(folder + "timeout-up", READY_WITHIN_MS + "\n");
      tree.script(folder + "data/check", ready.check());
    });
    if (service.command().isSplitAtStart()) {
      tree.file(folder + WordSplitting.FILE, WordSplitting.script(name));
    }
    String inBoot = name;
    if (service.out().needsLogger()) {
      String loggerName = names.free(name + "-log");
      inBoot = names.free(name + "-pipeline");
      String logger = logger(loggerName, scripts.outLogger(service.out()));
      tree.file(logger + "consumer-for", name + "\n");
      tree.file(logger + "pipeline-name", inBoot + "\n");
      tree.file(folder + "producer-for", loggerName + "\n");
    }
    if (service.err().needsLogger()) {
      String loggerName = names.free(name + "-stderr-log");
      logger(loggerName, scripts.errLogger(service.err()));
      tree.file(folder + "dependencies.d/" + loggerName, "");
    }
    if (service.autostart()) {
      if (!anyAtBoot) {
        tree.file(AT_BOOT + "type", "bundle\n");
        anyAtBoot = true;
      }
      tree.file(AT_BOOT + "contents.d/" + inBoot, "");
    }
  }

  void bundle(String name, Collection<String> members) {
    tree.file(SERVICES + name + "/type", "bundle\n");
    members.forEach(member -> tree.file(SERVICES + name + "/contents.d/" + member, ""));
  }

  private String logger(String name, String run) {
    String folder = longrun(name, run);
    tree.file(folder + "notification-fd", Scripts.READINESS_FD + "\n");
    tree.file(folder + "timeout-up", LOGGER_WITHIN_MS + "\n");
    return folder;
  }

  private String longrun(String name, String run) {
    String folder = SERVICES + name + "/";
    tree.file(folder + "type", "longrun\n");
    tree.script(folder + "run", run);
    tree.file(folder + "dependencies.d/base", "");
    return folder;
  }
}
