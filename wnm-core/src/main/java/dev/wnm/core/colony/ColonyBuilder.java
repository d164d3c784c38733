package dev.wnm.core.colony;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.work.WorkListener;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens a colony, or sets one up, for a program that has wnm in it. What is said here and what the database holds are all that
 * counts: no command line, no environment variable and no config file is read. Made by {@link Colony#builder()}; not for use by
 * several threads at once.
 */
public final class ColonyBuilder {
  private final Map<String, String> values = new LinkedHashMap<>();
  private Optional<Dependencies> dependencies = Optional.empty();
  private Progress progress = Progress.SILENT;
  private WorkListener work = WorkListener.SILENT;

  ColonyBuilder() {}

  /** The database file of the colony. Without it, it is where wnm itself has it for this account. */
  public ColonyBuilder database(Path file) {
    return setting(Options.DBPATH, file.toAbsolutePath());
  }

  /**
   * A setting of core's, a constant of {@link Options}. Opening the colony stores it, as an option on wnm's command line would
   * be; whether it is allowed is found out then.
   */
  public <T> ColonyBuilder setting(Option<T> option, T value) {
    return setting(option.name(), option.print(value));
  }

  /** A setting that a back end declares; the same otherwise. */
  public <T> ColonyBuilder setting(ManagerOption<T> option, T value) {
    return setting(option.name(), option.write(value));
  }

  /**
   * A setting by its name; the same otherwise.
   *
   * @param name as in a config file, such as {@code node_cap}; what is said last of an option counts
   * @param text as in a config file; a flag is {@code 1} or {@code 0}
   */
  public ColonyBuilder setting(String name, String text) {
    values.put(name.replace('-', '_'), text);
    return this;
  }

  /** Who is told of slow work; nobody when this is not called. Does not count beside {@link #dependencies}. */
  public ColonyBuilder progress(Progress listener) {
    progress = listener;
    return this;
  }

  /** Who is told how work on many nodes goes on; nobody when this is not called. Does not count beside {@link #dependencies}. */
  public ColonyBuilder work(WorkListener listener) {
    work = listener;
    return this;
  }

  /** What the colony works with, instead of {@link Dependencies#ofThisMachine} without the environment. */
  public ColonyBuilder dependencies(Dependencies given) {
    dependencies = Optional.of(given);
    return this;
  }

  /**
   * Opens the colony to work on it, see {@link Colony#open}.
   *
   * @throws BadInputException when a setting is unknown or not allowed; nothing is changed then
   * @throws CycleLock.HeldException when another wnm is at work on it, in this process or another
   * @throws ManagerUnavailableException when the process manager cannot work with a new setting; nothing is changed then
   * @throws dev.wnm.core.store.StoreException when there is no such database, or it cannot be used
   */
  public Colony open() throws CycleLock.HeldException, IOException, ManagerUnavailableException {
    Dependencies tools = tools();
    return Colony.open(resolver(tools), tools);
  }

  /**
   * Opens the colony to look at it, see {@link Colony#openToRead}: settings given here count for what is shown, and are not stored.
   *
   * @throws BadInputException when a setting is unknown or not allowed
   * @throws dev.wnm.core.store.StoreException when there is no such database, or it cannot be used
   */
  public Colony openToRead() {
    Dependencies tools = tools();
    return Colony.openToRead(resolver(tools), tools);
  }

  /**
   * Sets a new colony up, and opens it. Everything is checked first, as by {@code wnm --init}. {@link Options#REWARDS_ADDRESS} is
   * needed.
   *
   * @throws BadInputException when something does not fit, or the database holds a colony already; nothing is changed then
   * @throws CycleLock.HeldException when another wnm is at work on the database
   * @throws ManagerUnavailableException when the process manager cannot work here; nothing is changed then
   */
  public Colony initialize() throws CycleLock.HeldException, IOException, ManagerUnavailableException {
    Dependencies tools = tools();
    SettingsResolver resolver = resolver(tools);
    new Initializer(resolver, tools).run();
    return Colony.open(resolver, tools);
  }

  private Dependencies tools() {
    return dependencies.orElseGet(() -> Dependencies.ofThisMachine(Platform.ofAccount(), progress).watchedBy(work, () -> true));
  }

  /** The names of options are known only when it is known where plug-ins are, which is an option, too. */
  private SettingsResolver resolver(Dependencies tools) {
    OptionRegistry ofClassPath = OptionRegistry.ofClassPath();
    Map<String, String> known = values.entrySet().stream().filter(value -> ofClassPath.find(value.getKey()).isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    OptionRegistry all = InstalledOptions.find(SettingsResolver.ofProgram(ofClassPath, tools.platform(), known));
    return SettingsResolver.ofProgram(all, tools.platform(), values);
  }
}
