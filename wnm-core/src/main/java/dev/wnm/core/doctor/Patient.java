package dev.wnm.core.doctor;

import dev.wnm.core.config.Settings;
import dev.wnm.core.host.Meter;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.ManagerContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What the doctor looks at.
 *
 * @param settings in force, or those that a new colony would have
 * @param database where the database is, or would be
 * @param store the database, where there is one that can be read
 * @param stored what it holds of settings and state, as texts by name; empty without it
 * @param refusal why the database cannot be read; empty where it can, or there is none
 * @param registry the process managers that were found
 * @param context what they are asked in
 * @param runner runs programs
 * @param meter measures the machine
 * @param clock the time
 * @param top where the file system begins
 */
public record Patient(Settings settings, Path database, Optional<ColonyStore> store, Map<String, String> stored, String refusal,
    ManagerRegistry registry, ManagerContext context, CommandRunner runner, Meter meter, Clock clock, Path top) {
  public Patient {
    stored = Map.copyOf(stored);
  }
}
