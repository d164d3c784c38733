package dev.wnm.core.config;

import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Settles every option: built-in default, then the database, then config files ({@code ~/.local/share/wnm/config},
 * {@code ~/wnm/config}, the one after {@code -c}), then {@code ~/.local/share/wnm/.env}, the environment, and last the
 * command line; later ones win. Every value given is checked, also one that another overrules. What is taken over from
 * another program ({@link #above}) ranks between the database and the files.
 *
 * <p>In two steps, because what is given says where the database is: {@link #read}, then {@link #database()}, then
 * {@link #settle} with what is stored there.
 */
public final class SettingsResolver {
  private final OptionRegistry registry;
  private final Platform platform;
  private final Map<Option<?>, Setting<?>> given;
  private final List<String> warnings;
  /** Given as before, and stored then. */
  private final Set<Option<?>> storedBefore;
  private final Optional<Path> chosenDatabase;

  private SettingsResolver(OptionRegistry registry, Platform platform, List<GivenValue> values, List<String> warnings) {
    this.registry = registry;
    this.platform = platform;
    this.given = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(warnings);
    this.storedBefore = Set.of();
    this.chosenDatabase = Optional.empty();
    for (GivenValue value : values) {
      if (value.option().scope() != Scope.IGNORED) {
        Setting<?> now = value.option().read(value.text(), value.origin(), platform);
        Setting<?> before = given.put(value.option(), now);
        overruledForNow(Optional.ofNullable(before), now).ifPresent(all::add);
      }
    }
    this.warnings = List.copyOf(all);
    turnOffFlagsOfDisableConfig();
  }

  /** {@link #read(OptionRegistry, Platform, List)} where there are no plug-ins: their options are unknown. */
  public static SettingsResolver read(Platform platform, List<String> words) {
    return read(OptionRegistry.ofClassPath(), platform, words);
  }

  /**
   * Reads all sources but the database.
   *
   * @param registry all options that there are
   * @param words the command line
   * @throws BadInputException when any of them holds something unknown or not allowed, or a file cannot be read
   */
  public static SettingsResolver read(OptionRegistry registry, Platform platform, List<String> words) {
    List<GivenValue> commandLine = new CommandLineReader(registry).read(words);
    ConfigFileReader files = new ConfigFileReader(registry);
    EnvironmentReader variables = new EnvironmentReader(registry);
    List<GivenValue> values = new ArrayList<>();
    Path own = platform.home().resolve(".local/share/wnm");
    Stream.of(own.resolve("config"), platform.home().resolve("wnm/config"))
        .filter(Files::exists)
        .forEach(file -> values.addAll(files.read(file)));
    commandLine.stream().filter(value -> value.option() == Options.CONFIG).reduce((first, last) -> last)
        .ifPresent(value -> values.addAll(files.read(
            Options.CONFIG.read(value.text(), value.origin(), platform).value())));
    if (Files.exists(own.resolve(".env"))) {
      values.addAll(variables.readFile(own.resolve(".env")));
    }
    values.addAll(variables.read(platform.environment()));
    values.addAll(commandLine);
    return new SettingsResolver(registry, platform, values, variables.warnings(platform.environment()));
  }

  /**
   * What a program says that has wnm in it, and nothing else: no file and no environment variable is read.
   *
   * @param registry all options that there are
   * @param values in the form that each option takes in a config file
   * @throws BadInputException when one of them is unknown or not allowed
   */
  public static SettingsResolver ofProgram(OptionRegistry registry, Platform platform, Map<String, String> values) {
    return new SettingsResolver(registry, platform, values.entrySet().stream().map(value ->
        new GivenValue(registry.require(value.getKey(), ""), value.getValue(), Origin.PROGRAM)).toList(), List.of());
  }

  /** What can be told of where plug-ins are, before their options are known. Refuses nothing. */
  public static SettingsResolver firstLook(Platform platform, List<String> words) {
    return new SettingsResolver(OptionRegistry.ofClassPath(), platform, FirstLook.at(platform, words), List.of());
  }

  /** The folder of plug-ins. @param stored what a database, which may be missing, says of it */
  public Path pluginFolder(Function<Path, Optional<String>> stored) {
    Path database = database();
    return given(Options.PLUGIN_PATH)
        .or(() -> stored.apply(database).flatMap(text -> Options.PLUGIN_PATH.readStored(text, platform)).map(Setting::value))
        .or(() -> Options.PLUGIN_PATH.initial(new Defaults(platform, "", folders(""), database)).map(Setting::value))
        .orElseThrow();
  }

  /**
   * What the command line alone says: enough to answer {@code --help} and {@code --version} whatever is in the files.
   *
   * @throws BadInputException when it holds something unknown or not allowed
   */
  public static Settings commandLineOnly(OptionRegistry registry, Platform platform, List<String> words) {
    return new SettingsResolver(registry, platform, new CommandLineReader(registry).read(words), List.of()).unchecked(Map.of(), List.of());
  }

  private SettingsResolver(SettingsResolver other, Map<Option<?>, Setting<?>> given, Set<Option<?>> storedBefore,
      Optional<Path> chosenDatabase) {
    this.registry = other.registry;
    this.platform = other.platform;
    this.given = given;
    this.warnings = other.warnings;
    this.storedBefore = storedBefore;
    this.chosenDatabase = chosenDatabase;
  }

  static SettingsResolver withoutSources(Platform platform) {
    return new SettingsResolver(OptionRegistry.ofClassPath(), platform, List.of(), List.of());
  }

  /**
   * The same with what another program's configuration says: it counts where no file, variable or command line says anything.
   *
   * @throws BadInputException when a value is not allowed
   */
  public SettingsResolver above(List<ForeignValue> values) {
    Map<Option<?>, Setting<?>> all = new LinkedHashMap<>();
    for (ForeignValue value : values) {
      all.put(value.option(),
          value.option().read(value.text(), new Origin(Origin.Level.OTHER_PROGRAM, value.where()), platform));
    }
    all.putAll(given);
    return new SettingsResolver(this, all, storedBefore, chosenDatabase);
  }

  /**
   * The same with what the operator answered when asked; that counts as much as a command line.
   *
   * @param answers texts, in the form that each option takes on the command line
   * @throws BadInputException when one of them is not allowed
   */
  public SettingsResolver answering(Map<Option<?>, String> answers) {
    Map<Option<?>, Setting<?>> all = new LinkedHashMap<>(given);
    answers.forEach((option, text) -> all.put(option, option.read(text, Origin.ANSWER, platform)));
    return new SettingsResolver(this, all, storedBefore, chosenDatabase);
  }

  /**
   * The same in a run of several cycles. What files, variables and command line have said all along was stored by an earlier
   * cycle of this run; since then others may have stored something else, which counts now. What has changed there counts, as
   * in a run of its own. The database is the one that the run began with.
   *
   * @param earlier what the last cycle went by that could store its settings
   */
  public SettingsResolver after(SettingsResolver earlier) {
    Set<Option<?>> same = new HashSet<>();
    given.forEach((option, now) -> {
      Setting<?> before = earlier.given.get(option);
      if (option.scope().isKept() && before != null && before.value().equals(now.value())) {
        same.add(option);
      }
    });
    return new SettingsResolver(this, given, same, Optional.of(earlier.database()));
  }

  /** All options that there are in this run. */
  public OptionRegistry registry() {
    return registry;
  }

  /** Whether anm's settings and nodes are to be taken over. */
  public boolean isMigration() {
    return given(Options.MIGRATE_ANM).orElse(false);
  }

  /** Whether the command line of this run names the option. */
  public boolean isOnCommandLine(Option<?> option) {
    return given.containsKey(option) && given.get(option).origin().isOfThisRun();
  }

  /** Whether command line, environment or a config file gives it a value. */
  public boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  /** Whether nothing may be changed. */
  public boolean isDryRun() {
    return given(Options.DRY_RUN).orElse(false);
  }

  /**
   * The database file: {@code dbpath} when it is given. Else the place of the given process manager's mode; when that is not
   * given either, the first of the two usual places that has one (root looks in the system's place first, others in their
   * own). When none has one: where {@code --init} makes it.
   */
  public Path database() {
    if (chosenDatabase.isPresent()) {
      return chosenDatabase.get();
    }
    Optional<Path> dbpath = given(Options.DBPATH);
    if (dbpath.isPresent()) {
      return dbpath.get();
    }
    Optional<String> manager = given(Options.PROCESS_MANAGER);
    if (manager.isPresent()) {
      return folders(manager.get()).database();
    }
    Path system = Folders.system(platform).database();
    Path user = Folders.user(platform).database();
    List<Path> places = prefersSudo() ? List.of(system, user) : List.of(user, system);
    return places.stream().filter(Files::isReadable).findFirst().orElse(places.get(0));
  }

  /**
   * The settings in force.
   *
   * @param stored the kept values by option name, as texts; null columns left out, empty before {@code --init}
   * @param preferredManagers process manager types that work here, the best first; the first that fits this account's
   *     mode is the default; when there is none, the one that asks the least of a machine
   * @throws BadInputException when a value is not allowed, two contradict each other, or a fixed one is to change
   */
  public Settings settle(Map<String, String> stored, List<String> preferredManagers) {
    Settings settings = unchecked(stored, preferredManagers);
    if (!stored.isEmpty()) {
      refuseForbiddenChanges(settings, settings.changesAgainst(stored), stored);
    }
    return settings.withWarnings(CrossChecks.check(settings, stored));
  }

  /**
   * What is given for this run, and the built-in defaults for all else. Not checked against each other: what is stored has a say in that.
   * For what is never stored.
   */
  public Settings ofThisRun() {
    return unchecked(Map.of(), List.of());
  }

  private Settings unchecked(Map<String, String> stored, List<String> preferredManagers) {
    Map<Option<?>, Setting<?>> known = new LinkedHashMap<>();
    for (Option<?> option : registry.all()) {
      Setting<?> now = given.get(option);
      String text = option.scope().isKept() ? stored.get(option.name()) : null;
      Optional<? extends Setting<?>> setting = now != null && !(text != null && storedBefore.contains(option))
          ? Optional.of(now)
          : text != null
              ? option.readStored(text, platform)
              : Optional.empty();
      setting.ifPresent(value -> known.put(option, value));
    }
    String manager = known.containsKey(Options.PROCESS_MANAGER)
        ? known.get(Options.PROCESS_MANAGER).text()
        : defaultManager(preferredManagers);
    Defaults defaults = new Defaults(platform, manager, folders(manager), database());
    Map<Option<?>, Setting<?>> all = new LinkedHashMap<>();
    for (Option<?> option : registry.all()) {
      Optional<? extends Setting<?>> setting =
          known.containsKey(option) ? Optional.of(known.get(option)) : option.initial(defaults);
      setting.ifPresent(value -> all.put(option, value));
    }
    return new Settings(registry, platform, all, warnings);
  }

  private void refuseForbiddenChanges(Settings settings, Map<String, String> changes, Map<String, String> stored) {
    for (String name : changes.keySet()) {
      Option<?> option = registry.require(name, "");
      String fixed = stored.getOrDefault(name, "");
      if (option.scope() == Scope.FIXED && settings.isGiven(option) && !option.isNothing(fixed)) {
        throw new BadInputException(option + " is fixed at --init: it is " + fixed + ", but "
            + settings.source(option) + " says " + changes.get(name));
      }
    }
    if (changes.containsKey(Options.HIGHEST_NODE_ID_USED.name())
        && !settings.get(Options.FORCE_ACTION).equals("update_config")) {
      throw new BadInputException(Options.HIGHEST_NODE_ID_USED + " can be changed only together with --force_action"
          + " update_config, but " + settings.source(Options.HIGHEST_NODE_ID_USED) + " says "
          + changes.get(Options.HIGHEST_NODE_ID_USED.name()));
    }
  }

  /** {@code --force_action disable_config --no_upnp} means: no longer. Only flags on the command line are meant. */
  private void turnOffFlagsOfDisableConfig() {
    if (given(Options.FORCE_ACTION).filter("disable_config"::equals).isPresent()) {
      registry.all().stream()
          .filter(option -> option.isFlag() && option.scope() == Scope.STORED && !option.isNegatable() && isOnCommandLine(option))
          .forEach(flag -> given.put(flag, flag.read("off", Origin.COMMAND_LINE, platform)));
    }
  }

  /** What the operator stores by the command line holds until a run without it, where a file or a variable says something else. */
  private static Optional<String> overruledForNow(Optional<Setting<?>> before, Setting<?> now) {
    return before.filter(other -> now.origin() == Origin.COMMAND_LINE && now.option().scope() == Scope.STORED
            && !other.value().equals(now.value()))
        .map(other -> other.origin().where() + " says " + now.option() + " " + Shell.word(other.text())
            + ", which counts again in the next run with that and without " + now.option() + "; change it there, too");
  }

  private String defaultManager(List<String> preferred) {
    return preferred.stream()
        .filter(type -> registry.isForWholeSystem(type) == prefersSudo())
        .findFirst()
        .or(() -> registry.lastResort(platform.os(), prefersSudo()))
        .orElse("");
  }

  private Folders folders(String processManager) {
    return Folders.of(platform, registry.isForWholeSystem(processManager));
  }

  private boolean prefersSudo() {
    return platform.root() && platform.os() == OperatingSystem.LINUX;
  }

  private <T> Optional<T> given(Option<T> option) {
    return Optional.ofNullable(given.get(option)).map(setting -> option.cast(setting.value()));
  }
}
