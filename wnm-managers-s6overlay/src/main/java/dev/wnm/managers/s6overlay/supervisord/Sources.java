package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Companion;
import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.output.OutputFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes services and bundles as s6-rc's sources, laid out as in {@code /etc/s6-overlay}. Not thread-safe. */
final class Sources {
  private static final String SERVICES = "s6-rc.d/";
  private static final String AT_BOOT = "user-bundles.d/user/";
  /** So that a companion that never gets ready does not hold up the container's start for ever. */
  private static final int READY_WITHIN_MS = 300_000;
  /** A logger whose variable is not set never gets ready; the services that do not need it still come up. */
  private static final int LOGGER_WITHIN_MS = 60_000;
  /** It ends at once, but for a check that does not want to. */
  private static final int WATCH_ENDS_WITHIN_MS = 5_000;
  /** It takes up to 8 s for last words. */
  private static final int FORWARDER_ENDS_WITHIN_MS = 15_000;

  private static final int BEFORE_STOP_TELLS_WITHIN_MS = 5_000;

  private final OutputFolder tree;
  private final Names names;
  private final Map<String, Companion> companions;
  private final Optional<Forwarding> forwarding;
  private final Map<String, String> beforeStops = new HashMap<>();
  private boolean anyAtBoot;

  /**
   * @param names all that services and bundles have
   * @param companions what is wished for each service
   * @param forwarding where the lines of all are collected
   */
  Sources(OutputFolder tree, Names names, Map<String, Companion> companions, Optional<Forwarding> forwarding) {
    this.tree = tree;
    this.names = names;
    this.companions = companions;
    this.forwarding = forwarding;
    companions.forEach((name, companion) -> {
      if (companion.beforeStop().isPresent()) {
        beforeStops.put(name, names.free(name + "-before-stop"));
      }
    });
  }

  void service(Service wanted, Collection<String> dependencies) {
    String name = wanted.name();
    Companion companion = companions.get(name);
    Service service = LoggerScript.withThoseNeeded(wanted, companion.logging());
    LoggerScript loggers = new LoggerScript(service, companion.logging(), forwarding);
    Scripts scripts = new Scripts(service, companion);
    String folder = longrun(name, scripts.run());
    tree.script(folder + "finish", scripts.finish());
    if (service.stop().signalGroup()) {
      tree.file(folder + "timeout-finish", "10000\n");
    }
    String signal = service.stop().signal();
    tree.file(folder + "down-signal", (signal.matches("\\d+") ? "" : "SIG") + signal + "\n");
    // 0 would be for ever.
    tree.file(folder + "timeout-kill", Math.max(1, service.stop().waitSeconds() * 1000L) + "\n");
    // What stands between a service and those that it serves is still there when they stop.
    dependencies.forEach(earlier -> tree.file(folder + "dependencies.d/" + beforeStops.getOrDefault(earlier, earlier), ""));
    afterForwarding(folder);
    if (!service.around().environment().isEmpty()) {
      tree.privateFile(folder + "data/environment", scripts.environment());
    }
    companion.writeTo(tree, folder);
    if (companion.tellsReadiness()) {
      tree.file(folder + "notification-fd", Scripts.READINESS_FD + "\n");
      tree.file(folder + "timeout-up", READY_WITHIN_MS + (companion.needs().isEmpty() ? 0 : companion.needsSeconds() * 1000) + "\n");
    }
    if (service.command().isSplitAtStart()) {
      tree.file(folder + WordSplitting.FILE, WordSplitting.script(name));
    }
    String inBoot = name;
    if (service.out().needsLogger()) {
      String loggerName = names.free(name + "-log");
      inBoot = names.free(name + "-pipeline");
      String logger = logger(loggerName, loggers.out(service.out()));
      helps(logger, name, "output-log");
      tree.file(logger + "consumer-for", name + "\n");
      tree.file(logger + "pipeline-name", inBoot + "\n");
      tree.file(folder + "producer-for", loggerName + "\n");
    }
    if (service.err().needsLogger()) {
      String loggerName = names.free(name + "-stderr-log");
      helps(logger(loggerName, loggers.err(service.err())), name, "error-log");
      tree.file(folder + "dependencies.d/" + loggerName, "");
    }
    List<String> together = new ArrayList<>(List.of(inBoot));
    if (beforeStops.containsKey(name)) {
      together.add(beforeStop(service, beforeStops.get(name)));
    }
    if (companion.isWatched()) {
      together.add(watch(name));
    }
    if (service.autostart()) {
      together.forEach(this::atBoot);
    }
  }

  /** What collects the lines of all, where that is a service. */
  void forward() {
    forwarding.filter(Forwarding::isByService).ifPresent(target -> {
      String folder = longrun(Forwarding.SERVICE, "#!/command/with-contenv sh\nexec " + Companion.LIBRARY + "forward ./data\n");
      target.writeTo(tree, folder + "data/");
      List<Optional<String>> groups = companions.values().stream().map(each -> each.logging().group()).distinct().toList();
      groups.get(0).filter(group -> groups.size() == 1).ifPresent(group -> tree.file(folder + "data/group", group + "\n"));
      tree.file(folder + "timeout-kill", FORWARDER_ENDS_WITHIN_MS + "\n");
      atBoot(Forwarding.SERVICE);
    });
  }

  /** It stops last, so that it hears what others say at their end; that it runs, nobody waits for. */
  private void afterForwarding(String folder) {
    if (forwarding.filter(Forwarding::isByService).isPresent()) {
      tree.file(folder + "dependencies.d/" + Forwarding.SERVICE, "");
    }
  }

  private void atBoot(String name) {
    if (!anyAtBoot) {
      tree.file(AT_BOOT + "type", "bundle\n");
      anyAtBoot = true;
    }
    tree.file(AT_BOOT + "contents.d/" + name, "");
  }

  /**
   * Down before the service, and only then. The command has as long as the service itself has to stop; s6-rc waits a little
   * longer, for it keeps a service up whose hook has not ended.
   */
  private String beforeStop(Service service, String name) {
    String folder = SERVICES + name + "/";
    tree.file(folder + "type", "oneshot\n");
    tree.file(folder + "up", "true\n");
    tree.file(folder + "down", Companion.LIBRARY + "before-stop " + service.name() + "\n");
    tree.file(folder + "timeout-down", Math.max(1, service.stop().waitSeconds() * 1000L) + BEFORE_STOP_TELLS_WITHIN_MS + "\n");
    tree.file(folder + "dependencies.d/" + service.name(), "");
    helps(folder, service.name(), "before-stop");
    return name;
  }

  /** Stopped before the service, so that it restarts nothing that is being stopped. */
  private String watch(String service) {
    String name = names.free(service + "-watch");
    String folder = longrun(name, "#!/command/with-contenv sh\nexec " + Companion.LIBRARY + "watch " + service + "\n");
    tree.file(folder + "timeout-kill", WATCH_ENDS_WITHIN_MS + "\n");
    tree.file(folder + "dependencies.d/" + service, "");
    helps(folder, service, "watch");
    return name;
  }

  /** For {@code wnm-companions}, which tells of services and not of what there is for them. s6-rc does not look at it. */
  private void helps(String folder, String service, String kind) {
    tree.file(folder + "helps", service + " " + kind + "\n");
  }

  void bundle(String name, Collection<String> members) {
    tree.file(SERVICES + name + "/type", "bundle\n");
    members.forEach(member -> tree.file(SERVICES + name + "/contents.d/" + member, ""));
  }

  private String logger(String name, String run) {
    String folder = longrun(name, run);
    tree.file(folder + "notification-fd", Scripts.READINESS_FD + "\n");
    tree.file(folder + "timeout-up", LOGGER_WITHIN_MS + "\n");
    tree.script(folder + "finish", LoggerScript.finish());
    afterForwarding(folder);
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
