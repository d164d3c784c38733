package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes services and bundles as s6-rc's sources, laid out as in {@code /etc/s6-overlay}. Not thread-safe. */
final class Sources {
  private static final String SERVICES = "s6-rc.d/";
  private static final String AT_BOOT = "user-bundles.d/user/";
  /** So that a companion that never gets ready does not hold up the container's start for ever. */
  private static final int READY_WITHIN_MS = 300_000;

  private final OutputFolder tree;
  private final Map<String, Place> taken = new HashMap<>();
  private boolean anyAtBoot;

  Sources(OutputFolder tree) {
    this.tree = tree;
  }

  void service(Service service, Collection<String> dependencies, Optional<Readiness> readiness) {
    Scripts scripts = new Scripts(service);
    String name = service.name();
    String folder = longrun(name, service.place(), scripts.run(readiness.isPresent()));
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
    if (service.out() instanceof Log.ToFolder log) {
      String logger = longrun(name + "-log", service.place(), scripts.outLogger(log));
      take(name + "-pipeline", service.place());
      tree.file(logger + "notification-fd", Scripts.READINESS_FD + "\n");
      tree.file(logger + "consumer-for", name + "\n");
      tree.file(logger + "pipeline-name", name + "-pipeline\n");
      tree.file(folder + "producer-for", name + "-log\n");
    }
    if (service.err() instanceof Log.ToFolder log) {
      String logger = longrun(name + "-stderr-log", service.place(), scripts.errLogger(log));
      tree.file(logger + "notification-fd", Scripts.READINESS_FD + "\n");
      tree.file(folder + "dependencies.d/" + name + "-stderr-log", "");
    }
    if (service.autostart()) {
      if (!anyAtBoot) {
        tree.file(AT_BOOT + "type", "bundle\n");
        anyAtBoot = true;
      }
      tree.file(AT_BOOT + "contents.d/" + (service.out() instanceof Log.ToFolder ? name + "-pipeline" : name), "");
    }
  }

  void bundle(String name, Place place, Collection<String> members) {
    String folder = take(name, place);
    tree.file(folder + "type", "bundle\n");
    members.forEach(member -> tree.file(folder + "contents.d/" + member, ""));
  }

  boolean isTaken(String name) {
    return taken.containsKey(name);
  }

  private String longrun(String name, Place place, String run) {
    String folder = take(name, place);
    tree.file(folder + "type", "longrun\n");
    tree.script(folder + "run", run);
    tree.file(folder + "dependencies.d/base", "");
    return folder;
  }

  private String take(String name, Place place) {
    Place first = taken.putIfAbsent(Names.check(name, place), place);
    if (first != null) {
      throw place.refuse("there would be two services called '" + name + "', the other from " + first.brief()
          + "; rename one of the sections");
    }
    return SERVICES + name + "/";
  }
}
