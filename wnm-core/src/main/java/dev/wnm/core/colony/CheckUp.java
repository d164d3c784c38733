package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.doctor.Doctor;
import dev.wnm.core.doctor.Patient;
import dev.wnm.core.model.Check;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has everything checked that wnm needs on this machine, with a colony or before there is one. Writes nothing, and takes no lock. */
public final class CheckUp {
  private CheckUp() {}

  /**
   * What was found, from the machine to wnm itself. Takes seconds where a program does not answer.
   *
   * @throws BadInputException when a setting is not allowed
   */
  public static List<Check> run(SettingsResolver resolver, Dependencies tools) {
    Path database = resolver.database();
    if (!Files.exists(database)) {
      return run(resolver, tools, Optional.empty(), "");
    }
    try (ColonyStore store = ColonyStore.openReadOnly(database, tools.clock())) {
      return run(resolver, tools, Optional.of(store), "");
    } catch (StoreException e) {
      return run(resolver, tools, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** @param refusal why the database that is there cannot be read; else empty */
  private static List<Check> run(SettingsResolver resolver, Dependencies tools, Optional<ColonyStore> store, String refusal) {
    Map<String, String> stored = store.flatMap(ColonyStore::machine).orElse(Map.of());
    Settings settings = resolver.settle(stored, List.of());
    if (!stored.containsKey(Options.PROCESS_MANAGER.name())) {
      settings = resolver.settle(stored, new DefaultManager(settings, tools).working());
    }
    return Doctor.examine(new Patient(settings, resolver.database(), store, stored, refusal,
        tools.managers().apply(settings.get(Options.PLUGIN_PATH)),
        ManagerContexts.of(settings, CycleState.colony(stored, tools.platform().home()), tools), tools.runner(), tools.meter(),
        tools.clock(), Path.of("/")));
  }
}
