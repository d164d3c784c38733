package dev.wnm.core.config;

import dev.wnm.core.allocation.GroupBlocks;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.NearestWord;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.PortUse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The value of every option in one run, checked one by one and against each other. Immutable; {@link SettingsResolver}
 * makes it.
 */
public final class Settings {
  private final OptionRegistry registry;
  private final Platform platform;
  private final Map<Option<?>, Setting<?>> values;

  private final List<String> warnings;

  Settings(OptionRegistry registry, Platform platform, Map<Option<?>, Setting<?>> values, List<String> warnings) {
    this.registry = registry;
    this.platform = platform;
    this.values = new LinkedHashMap<>(values);
    this.warnings = List.copyOf(warnings);
  }

  /** What holds when nothing is given and nothing is stored. */
  public static Settings defaults(Platform platform) {
    return SettingsResolver.withoutSources(platform).settle(Map.of(), List.of());
  }

  /**
   * The value of an option.
   *
   * @throws NoSuchElementException for an option without default that has no value; {@link #find} is for these
   */
  public <T> T get(Option<T> option) {
    return find(option).orElseThrow(() -> new NoSuchElementException(option + " has no value"));
  }

  /** The value of an option; empty when it has neither a value nor a default. */
  public <T> Optional<T> find(Option<T> option) {
    return setting(option).map(setting -> option.cast(setting.value()));
  }

  /** Whether this run was given a value by command line, environment or config file. */
  public boolean isGiven(Option<?> option) {
    return setting(option).filter(setting -> setting.origin().isGiven()).isPresent();
  }

  /** Whether the operator named it on the command line of this run, or the program that has wnm in it did. */
  public boolean isOnCommandLine(Option<?> option) {
    return setting(option).filter(setting -> setting.origin().isOfThisRun()).isPresent();
  }

  /** Whether this run was given a value that is not the stored one. @param stored texts by name */
  boolean isNew(Option<?> option, Map<String, String> stored) {
    return isGiven(option)
        && setting(option).filter(setting -> isSame(setting, stored.getOrDefault(option.name(), ""))).isEmpty();
  }

  /** Where the value comes from, for messages: {@code the environment variable NODE_CAP}, say. */
  public String source(Option<?> option) {
    return setting(option).map(Setting::origin).orElse(Origin.DEFAULT).where();
  }

  /** Every option that has a value, by name, as {@link Option#print} writes it; paths are absolute, flags 1 or 0. */
  public Map<String, String> asText() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((option, setting) -> texts.put(option.name(), setting.text()));
    return texts;
  }

  /** What {@code --init} stores, as texts by name: every column of {@code machine} with a value, and what else was given. */
  public Map<String, String> kept() {
    Map<String, String> kept = new LinkedHashMap<>();
    for (Setting<?> setting : values.values()) {
      if (setting.option().isMachineColumn() || setting.option().scope().isKept() && setting.origin().isGiven()) {
        kept.put(setting.option().name(), setting.text());
      }
    }
    return kept;
  }

  /**
   * The part of {@link #kept} whose values differ from the stored ones.
   *
   * @param stored texts by name; null columns left out
   */
  public Map<String, String> changesAgainst(Map<String, String> stored) {
    Map<String, String> changes = kept();
    changes.keySet().removeIf(name -> setting(registry.require(name, ""))
        .filter(setting -> isSame(setting, stored.getOrDefault(name, ""))).isPresent());
    return changes;
  }

  /**
   * The same with other values, not checked against each other. What the machine-config report prints and is no option, and
   * {@code None} or nothing where there need be no value, are passed over.
   *
   * @param texts values by option name
   * @param where the source in words, for messages
   * @throws BadInputException when a name is unknown or a value is not allowed
   */
  public Settings with(Map<String, String> texts, String where) {
    Origin origin = new Origin(Origin.Level.COMMAND_LINE, where);
    Map<Option<?>, Setting<?>> changed = new LinkedHashMap<>(values);
    texts.forEach((name, text) -> {
      if (!PythonNames.REPORTED_ONLY.contains(name)) {
        Option<?> option = registry.require(name, "");
        if (!option.isNothing(text) && option.scope() != Scope.IGNORED) {
          changed.put(option, option.read(text, origin, platform));
        }
      }
    });
    return new Settings(registry, platform, changed, warnings);
  }

  /** The same with what is proposed for settings that nobody gave a value. */
  public Settings proposing(List<Proposal> proposals) {
    Map<Option<?>, Setting<?>> proposed = new LinkedHashMap<>(values);
    proposals.stream().filter(proposal -> !isGiven(proposal.option()))
        .forEach(proposal -> proposed.put(proposal.option(), proposal.option().read(proposal.text(), Origin.PROPOSAL, platform)));
    return new Settings(registry, platform, proposed, warnings);
  }

  /**
   * The same with other values for settings that decisions depend on, checked as if they were to be stored.
   *
   * @param texts values by option name
   * @param where the source in words, for messages
   * @param stored the kept values by option name, as texts
   * @throws BadInputException when one is none that decisions depend on, is not allowed, or contradicts another
   */
  public Settings trying(Map<String, String> texts, String where, Map<String, String> stored) {
    List<String> names = Options.OF_DECISIONS.stream().map(Option::name).toList();
    texts.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
      throw new BadInputException(where + " names " + name + ", which is no setting that decisions depend on"
          + NearestWord.to(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
    });
    Settings tried = with(texts, where);
    CrossChecks.check(tried, stored);
    return tried;
  }

  /** Where logs and the bootstrap cache are, and where storage and database would be if no option said otherwise. */
  public Folders folders() {
    return Folders.of(platform, isForWholeSystem());
  }

  /** Whether the process manager in force works for the whole system, with root's rights. */
  public boolean isForWholeSystem() {
    return registry.isForWholeSystem(get(Options.PROCESS_MANAGER));
  }

  /** As whom new nodes run. */
  public String accountOfNodes() {
    return registry.accountOfNodes(get(Options.PROCESS_MANAGER)).orElse(platform.user());
  }

  /** What the service of a new node is called. @param id the node's number, 1 or more */
  public String serviceOf(int id) {
    return registry.service(get(Options.PROCESS_MANAGER), id);
  }

  /** What the options of back ends say, for these. */
  public OptionValues backEndValues() {
    return registry.valuesIn(this);
  }

  /** All options that there are in this run. */
  public OptionRegistry registry() {
    return registry;
  }

  public Platform platform() {
    return platform;
  }

  /** Those that decisions depend on, and how long a start takes, as texts by name. */
  public Map<String, String> ofDecisions() {
    Map<String, String> texts = new LinkedHashMap<>();
    Options.OF_DECISIONS.forEach(option -> setting(option).ifPresent(setting -> texts.put(option.name(), setting.text())));
    return texts;
  }

  /** What the decision engine works by. */
  public DecisionLimits decisionLimits() {
    return new DecisionLimits(
        get(Options.NODE_CAP),
        band(Options.CPU_LESS_THAN, Options.CPU_REMOVE),
        band(Options.MEM_LESS_THAN, Options.MEM_REMOVE),
        band(Options.HD_LESS_THAN, Options.HD_REMOVE),
        band(Options.DESIRED_LOAD_AVERAGE, Options.MAX_LOAD_AVERAGE_ALLOWED),
        band(Options.HDIO_READ_LESS_THAN, Options.HDIO_READ_REMOVE),
        band(Options.HDIO_WRITE_LESS_THAN, Options.HDIO_WRITE_REMOVE),
        band(Options.NETIO_READ_LESS_THAN, Options.NETIO_READ_REMOVE),
        band(Options.NETIO_WRITE_LESS_THAN, Options.NETIO_WRITE_REMOVE),
        new DecisionLimits.Concurrency(get(Options.MAX_CONCURRENT_UPGRADES), get(Options.MAX_CONCURRENT_STARTS),
            get(Options.MAX_CONCURRENT_REMOVALS), get(Options.MAX_CONCURRENT_OPERATIONS)),
        get(Options.DELAY_REMOVE),
        get(Options.ENABLE_UPGRADE),
        get(Options.ALLOW_DOWNGRADE),
        0);
  }

  /** The pause between operations in this run. */
  public Duration actionDelay() {
    return find(Options.INTERVAL).or(() -> find(Options.THIS_ACTION_DELAY)).orElseGet(() -> get(Options.ACTION_DELAY));
  }

  /** The pause between nodes in the surveys of this run. */
  public Duration surveyDelay() {
    return find(Options.THIS_SURVEY_DELAY).orElseGet(() -> get(Options.SURVEY_DELAY));
  }

  /** The container groups that there may be. */
  public GroupBlocks groupBlocks() {
    return GroupBlocks.forCap(get(Options.NODE_CAP), get(Options.MAX_NODE_PER_CONTAINER), get(Options.MIN_CONTAINER_COUNT), get(Options.GROUP_BLOCKS));
  }

  /** @throws BadInputException when these do not have the ports that nodes in them would be given; container groups own whole blocks, whether the cap fills them or not */
  public void requirePortsOfGroups(PortPlan plan) {
    GroupBlocks blocks = groupBlocks();
    plan.problem(blocks.highestId()).ifPresent(problem -> {
      throw new BadInputException(Options.MAX_NODE_PER_CONTAINER + " " + blocks.size() + " and "
          + (blocks.allowed().areAll() ? Options.MIN_CONTAINER_COUNT + " " + get(Options.MIN_CONTAINER_COUNT) : Options.GROUP_BLOCKS + " " + blocks.allowed())
          + " make blocks that do not fit: " + problem);
    });
  }

  /** Where the ports of nodes begin that are of any of these programs. */
  public PortPlan portPlan(NodeProgram... programs) {
    Set<PortUse> uses = EnumSet.noneOf(PortUse.class);
    Arrays.stream(programs).forEach(program -> uses.addAll(program.ports()));
    if (get(Options.WEBRTC_PORT_START) == 0) {
      uses.remove(PortUse.BROWSERS);
    }
    return new PortPlan(get(Options.PORT_START), get(Options.METRICS_PORT_START), get(Options.RPC_PORT_START),
        get(Options.WEBRTC_PORT_START), uses);
  }

  /** Whether new nodes may open ports by UPnP. */
  public boolean upnp() {
    return !get(Options.NO_UPNP);
  }

  /** Further arguments for antnode, without those that wnm sets itself. */
  public List<String> startArguments() {
    return StartArguments.read(get(Options.START_ARGS)).words();
  }

  /** The nodes that were named; empty when none were. */
  public List<String> serviceNames() {
    return Arrays.stream(get(Options.SERVICE_NAME).split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /** What the operator should know, each a sentence. */
  public List<String> warnings() {
    return warnings;
  }

  Settings withWarnings(List<String> more) {
    return new Settings(registry, platform, values, Stream.concat(warnings.stream(), more.stream()).toList());
  }

  Optional<Setting<?>> setting(Option<?> option) {
    return Optional.ofNullable(values.get(option));
  }

  private DecisionLimits.Band band(Option<? extends Number> lessThan, Option<? extends Number> remove) {
    return new DecisionLimits.Band(get(lessThan).doubleValue(), get(remove).doubleValue());
  }

  /** Compares values, not texts: {@code ~/x} and its absolute form are the same path, 2 and 2.0 the same load. */
  private <T> boolean isSame(Setting<T> setting, String storedText) {
    try {
      return setting.option().readStored(storedText, platform)
          .map(stored -> stored.value().equals(setting.value()))
          .orElse(setting.text().isEmpty());
    } catch (BadInputException e) {
      return false; // what is stored is not even allowed
    }
  }
}
