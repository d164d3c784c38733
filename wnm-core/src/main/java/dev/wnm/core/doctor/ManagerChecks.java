package dev.wnm.core.doctor;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.firewall.FirewallChoice;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Check;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What runs the nodes: each process manager says itself whether it can work; and the firewall. */
final class ManagerChecks {
  private final Patient patient;
  private final Settings settings;

  ManagerChecks(Patient patient) {
    this.patient = patient;
    settings = patient.settings();
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(chosen()));
    checks.addAll(others());
    checks.addAll(plugIns());
    checks.add(firewall());
    return checks;
  }

  private Check chosen() {
    String type = settings.get(Options.PROCESS_MANAGER);
    String mend = "choose another: wnm --list_managers";
    try {
      return patient.registry().require(type).availability(patient.context()) instanceof Availability.Unavailable unavailable
          ? Check.trouble("process manager", type + " cannot work here: " + unavailable.reason(), mend)
          : Check.ok("process manager", type + " works here");
    } catch (ManagerUnavailableException e) {
      return Check.trouble("process manager", String.valueOf(e.getMessage()), mend);
    }
  }

  private List<Check> others() {
    List<Check> checks = new ArrayList<>();
    for (ManagerRegistry.Entry entry : patient.registry().entries()) {
      if (!entry.type().equals(settings.get(Options.PROCESS_MANAGER))) {
        Availability availability = entry.availability(patient.context());
        checks.add(Check.ok(entry.type(), availability instanceof Availability.Unavailable unavailable
            ? "not in use; it could not work here: " + unavailable.reason() : "not in use; it could work here"));
      }
    }
    return checks;
  }

  private List<Check> plugIns() {
    Path folder = settings.get(Options.PLUGIN_PATH);
    List<String> problems = patient.registry().problems();
    return problems.isEmpty() ? List.of(Check.ok("plug-ins", patient.registry().entries().stream().map(ManagerRegistry.Entry::source)
            .filter(source -> source.startsWith(folder.toString())).distinct()
            .collect(Collectors.collectingAndThen(Collectors.joining(", "), jars -> jars.isEmpty() ? "none in " + folder : jars))))
        : problems.stream().map(problem -> Check.warning("plug-ins", problem, "")).toList();
  }

  private Check firewall() {
    String mode = Options.FIREWALL + " " + settings.get(Options.FIREWALL);
    try {
      FirewallChoice.require(settings, patient.runner());
    } catch (ManagerUnavailableException e) {
      return Check.trouble("firewall", String.valueOf(e.getMessage()), "");
    }
    List<String> notices = patient.context().firewall().notices();
    return notices.isEmpty() ? Check.ok("firewall", mode) : Check.warning("firewall", mode + ": " + String.join("; ", notices), "");
  }
}
