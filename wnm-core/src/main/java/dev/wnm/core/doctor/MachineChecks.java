package dev.wnm.core.doctor;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.model.Check;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.service.SystemdFacts;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The machine and the account that wnm runs as. */
final class MachineChecks {
  /** What a node of some thousand connections has open at most. */
  private static final long FILES_OF_A_NODE = 1_024;
  /** Threads of a node: a few for each CPU, and some. */
  private static final long THREADS_OF_A_NODE = 32;
  private static final String UNREADABLE = "the kernel's limits cannot be read, or cannot be true";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Patient patient;
  private final Settings settings;
  private final Platform platform;
  private final KernelLimits limits;

  MachineChecks(Patient patient) {
    this.patient = patient;
    settings = patient.settings();
    platform = settings.platform();
    limits = new KernelLimits(patient.top().resolve("proc"));
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(machine(), clock()));
    Measurement measurement = patient.meter().measure(settings.get(Options.NODE_STORAGE).paths(), Set.of(),
        patient.store().flatMap(ColonyStore::counters).filter(this::isOfToday));
    checks.add(measuring(measurement));
    settings.get(Options.NODE_STORAGE).paths().forEach(storage -> checks.add(disk(storage, measurement)));
    if (platform.os() == OperatingSystem.LINUX) {
      checks.add(openFiles());
      checks.add(processes());
      linger().ifPresent(checks::add);
    }
    return checks;
  }

  private boolean isOfToday(HostCounters counters) {
    return !counters.takenAt().isAfter(patient.clock().instant());
  }

  private Check machine() {
    String seen = System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", " + platform.cpuCount()
        + (platform.cpuCount() == 1 ? " CPU, " : " CPUs, ") + "Java " + System.getProperty("java.version") + ", as " + platform.user();
    return platform.os() == OperatingSystem.OTHER
        ? Check.warning("machine", seen + "; wnm is made for Linux and macOS", "") : Check.ok("machine", seen);
  }

  private Check clock() {
    if (patient.runner().find("timedatectl").isEmpty() || !hasSystemd()) {
      return Check.unknown("clock", "nothing here tells whether the clock is set by the network");
    }
    try {
      String answer = patient.runner().run(Command.of("timedatectl", "show", "--property=NTPSynchronized", "--value").within(LIMIT))
          .orThrow().stdout().strip();
      return switch (answer) {
        case "yes" -> Check.ok("clock", "set by the network");
        case "no" -> Check.warning("clock", "not set by the network; nodes with a wrong time are shunned", "sudo timedatectl set-ntp true");
        default -> Check.unknown("clock", "timedatectl says '" + answer + "'");
      };
    } catch (CommandFailedException e) {
      return Check.unknown("clock", String.valueOf(e.getMessage()));
    }
  }

  private static Check measuring(Measurement measurement) {
    return measurement.doubts().isEmpty() ? Check.ok("measuring", "CPU, memory, disk, network and load can be measured")
        : Check.warning("measuring", "while this is unknown, no node is added or started where a threshold depends on it: "
            + String.join("; ", measurement.doubts().values()), "");
  }

  /** Each disk is judged by the same thresholds. */
  private Check disk(Path storage, Measurement measurement) {
    OptionalDouble used = measurement.of(storage).map(StorageSpace::usedPercent).orElse(OptionalDouble.empty());
    if (used.isEmpty()) {
      return Check.unknown("disk", "how full the disk of " + storage + " is cannot be told");
    }
    String seen = String.format(Locale.ROOT, "the disk of %s is %.0f %% full", storage, used.getAsDouble());
    int remove = settings.get(Options.HD_REMOVE);
    int lessThan = settings.get(Options.HD_LESS_THAN);
    if (used.getAsDouble() > remove && remove < 100) {
      return Check.trouble("disk", seen + ": above hd_remove " + remove + ", so nodes on it are removed",
          "make room, or: wnm --force_action update_config --hd_remove N");
    }
    return used.getAsDouble() >= lessThan && lessThan < 100
        ? Check.warning("disk", seen + ": not below hd_less_than " + lessThan + ", so no node is added there",
            "make room, or: wnm --force_action update_config --hd_less_than N")
        : Check.ok("disk", seen);
  }

  /** Each node may have so many; nodes inherit the limit from wnm where no service manager sets it. */
  private Check openFiles() {
    int nodes = settings.get(Options.NODE_CAP);
    Optional<String> limit = limits.openFiles();
    OptionalLong system = limits.openFilesOfAll();
    if (limit.isEmpty() || system.isEmpty()) {
      return Check.unknown("open files", UNREADABLE);
    }
    String seen = "a process may open " + limit.get() + " files, all together " + (system.getAsLong() >= Long.MAX_VALUE ? "any number"
        : system.getAsLong());
    if (isBelow(limit.get(), FILES_OF_A_NODE)) {
      return Check.warning("open files", seen + "; a node may need " + FILES_OF_A_NODE,
          "echo '" + platform.user() + " - nofile 65536' | sudo tee /etc/security/limits.d/wnm.conf, and log in again");
    }
    return system.getAsLong() < nodes * FILES_OF_A_NODE
        ? Check.warning("open files", seen + "; " + nodes + " nodes may need " + nodes * FILES_OF_A_NODE,
            "echo fs.file-max=" + 2 * nodes * FILES_OF_A_NODE + " | sudo tee /etc/sysctl.d/90-wnm.conf && sudo sysctl --system")
        : Check.ok("open files", seen);
  }

  private Check processes() {
    int nodes = settings.get(Options.NODE_CAP);
    long needed = nodes * THREADS_OF_A_NODE;
    Optional<String> limit = limits.processes();
    OptionalLong system = limits.processesOfAll();
    if (limit.isEmpty() || system.isEmpty()) {
      return Check.unknown("processes", UNREADABLE);
    }
    String seen = platform.user() + " may have " + limit.get() + " processes and threads, the machine " + system.getAsLong();
    if (!platform.root() && isBelow(limit.get(), needed)) {
      return Check.warning("processes", seen + "; " + nodes + " nodes may need " + needed,
          "echo '" + platform.user() + " - nproc unlimited' | sudo tee -a /etc/security/limits.d/wnm.conf, and log in again");
    }
    return system.getAsLong() < needed
        ? Check.warning("processes", seen + "; " + nodes + " nodes may need " + needed,
            "echo kernel.pid_max=4194304 | sudo tee -a /etc/sysctl.d/90-wnm.conf && sudo sysctl --system")
        : Check.ok("processes", seen);
  }

  /** Without it whatever an account's own service manager runs ends with its last session, and most of what it has started. */
  private Optional<Check> linger() {
    if (platform.root() || !hasSystemd()) {
      return Optional.empty();
    }
    return Optional.of(SystemdFacts.lingers(patient.top(), platform.user())
        ? Check.ok("linger", "services of " + platform.user() + " run without a session, and from boot on")
        : Check.warning("linger", "services of " + platform.user() + " end with its last session, and do not come back after a reboot",
            "sudo loginctl enable-linger " + platform.user()));
  }

  private boolean hasSystemd() {
    return SystemdFacts.runs(patient.top());
  }

  private static boolean isBelow(String limit, long needed) {
    return !limit.equals("unlimited") && Long.parseLong(limit) < needed;
  }
}
