package dev.wnm.core.doctor;

import dev.wnm.core.model.Check;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.service.WnmService;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** wnm's own database, and who starts wnm. */
final class OwnChecks {
  /** Cron's interval, and what a long cycle takes. */
  private static final Duration LONG = Duration.ofMinutes(10);
  /** From then on the report {@code status} speaks of trouble, too. */
  private static final Duration TOO_LONG = Duration.ofHours(1);

  private final Patient patient;

  OwnChecks(Patient patient) {
    this.patient = patient;
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(permissions(), database()));
    patient.store().ifPresent(store -> checks.add(service(store)));
    return checks;
  }

  private Check permissions() {
    Path database = patient.database();
    Optional<String> problem = Trusted.problem(database);
    if (problem.isPresent()) {
      String[] parts = problem.get().split("; if it is to be trusted: ", 2);
      return Check.trouble("permissions", parts[0], parts.length == 2 ? parts[1] : "");
    }
    Path there = Stream.iterate(database.toAbsolutePath(), Files::notExists, ParentFolder::of).reduce((first, last) -> last)
        .map(ParentFolder::of).orElse(database);
    return Files.isWritable(there) ? Check.ok("permissions", "only this account and root can change " + there + ", and this account can")
        : Check.trouble("permissions", there + " cannot be written", "run wnm as the account that " + there + " belongs to");
  }

  private Check database() {
    if (!patient.refusal().isEmpty()) {
      return Check.trouble("database", patient.refusal(), "");
    }
    if (patient.store().isEmpty()) {
      return Check.warning("database", "there is none at " + patient.database() + " yet", "wnm --init --rewards_address YOUR_WALLET");
    }
    try {
      Optional<String> damage = patient.store().get().damage();
      int nodes = patient.store().get().nodes().size();
      return damage.isPresent() ? Check.trouble("database", patient.database() + " is damaged: " + damage.get(), "put back a backup of it")
          : Check.ok("database", patient.database() + " is sound, with " + nodes + (nodes == 1 ? " node" : " nodes"));
    } catch (StoreException e) {
      return Check.trouble("database", String.valueOf(e.getMessage()), "");
    }
  }

  private Check service(ColonyStore store) {
    List<String> places;
    try {
      places = new WnmService(patient.runner(), patient.settings().platform()).installed(patient.settings());
    } catch (IOException | CommandFailedException e) {
      return Check.unknown("own service", String.valueOf(e.getMessage()));
    }
    String by = places.isEmpty() ? "nothing that --install_service has written starts wnm" : "started by " + String.join(", ", places);
    String mend = places.isEmpty() ? "wnm --install_service" : "look what it says: systemctl status, or its log";
    Optional<Duration> age = new CycleState(patient.stored()).hasSeenACycle()
        ? store.counters().map(HostCounters::takenAt).map(at -> Duration.between(at, patient.clock().instant())) : Optional.empty();
    if (age.isEmpty()) {
      return Check.warning("own service", by + "; there was no cycle yet", mend);
    }
    String seen = by + "; the last cycle was " + minutes(age.get());
    return age.get().compareTo(TOO_LONG) > 0 ? Check.trouble("own service", seen, mend)
        : age.get().compareTo(LONG) > 0 ? Check.warning("own service", seen, mend) : Check.ok("own service", seen);
  }

  private static String minutes(Duration age) {
    return age.toMinutes() < 1 ? "less than a minute ago" : age.toMinutes() == 1 ? "1 minute ago" : age.toMinutes() + " minutes ago";
  }
}
