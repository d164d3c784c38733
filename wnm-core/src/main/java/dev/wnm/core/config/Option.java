package dev.wnm.core.config;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.model.WantedRelease;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One option of wnm: the single definition from which its command-line option, environment variables, config-file key,
 * column, check, help line and docs row follow. Core's are in {@link Options}, all in
 * {@link OptionRegistry}. Immutable; two of one name are the same.
 *
 * @param <T> what its value is: of an option that a back end declares an {@link Optional}, else {@link Integer} for counts and percentages, {@link Long} for bytes, {@link Double} for
 *     loads, {@link Duration}, {@link Path} (absolute), {@link StorageList}, {@link WantedRelease}, {@link BlockList}, {@link NotifyTargets}, {@link Boolean}, or {@link String} (empty when unset)
 */
public final class Option<T> {
  private final String name;
  private final ValueType<T> type;
  private final Optional<Character> letter;
  private final Scope scope;
  private final boolean ours;
  private final boolean negatable;
  private final boolean commonWord;
  private final Optional<String> bare;
  private final boolean clearable;
  private final boolean keptAsStored;
  private final boolean secret;
  private final String unit;
  private final String defaultText;
  private final Function<Defaults, Optional<T>> initial;
  private final String help;
  private final Fitness fitness;
  private final Set<RunMode> modes;
  private final Set<RunMode> companyModes;
  private final List<String> companions;

  Option(OptionDraft<T> draft, String help) {
    this.name = draft.name;
    this.type = draft.type;
    this.letter = draft.letter;
    this.scope = draft.scope;
    this.ours = draft.ours;
    this.negatable = draft.negatable;
    this.commonWord = draft.commonWord;
    this.bare = draft.bare;
    this.clearable = draft.clearable;
    this.keptAsStored = draft.keptAsStored;
    this.secret = draft.secret;
    this.unit = draft.unit;
    this.defaultText = draft.defaultText;
    this.initial = draft.initial;
    this.help = help;
    this.fitness = draft.fitness;
    this.companyModes = draft.companyModes;
    this.companions = draft.companions;
    modes = draft.modes.orElseGet(() -> scope == Scope.ONCE ? RunMode.askedForBy(name) : RunMode.thatUseSettings());
  }

  static OptionDraft<Integer> integer(String name, int lowest, int highest) {
    return new OptionDraft<>(name, ValueType.integer(lowest, highest));
  }

  static OptionDraft<Integer> percent(String name, int lowest) {
    return integer(name, lowest, 100).unit("%");
  }

  static OptionDraft<Long> bytes(String name) {
    return new OptionDraft<>(name, ValueType.longInteger(0)).unit("bytes");
  }

  static OptionDraft<Double> decimal(String name, int highest) {
    return new OptionDraft<>(name, ValueType.decimal(highest));
  }

  static OptionDraft<Duration> seconds(String name, int lowest, int highest) {
    return new OptionDraft<>(name, ValueType.seconds(lowest, highest)).unit("s");
  }

  static OptionDraft<Duration> millis(String name) {
    return new OptionDraft<>(name, ValueType.millis(0, 86_400_000)).unit("ms");
  }

  static OptionDraft<Integer> portThousands(String name) {
    return new OptionDraft<>(name, ValueType.portThousands());
  }

  static OptionDraft<Boolean> flag(String name) {
    return new OptionDraft<>(name, ValueType.flag()).initially(false);
  }

  static OptionDraft<Path> path(String name) {
    return new OptionDraft<>(name, ValueType.path());
  }

  static OptionDraft<WantedRelease> release(String name) {
    return new OptionDraft<>(name, ValueType.release());
  }

  static OptionDraft<NotifyTargets> notifyTargets(String name) {
    return new OptionDraft<>(name, ValueType.notifyTargets());
  }

  static OptionDraft<StorageList> storages(String name) {
    return new OptionDraft<>(name, ValueType.storages());
  }

  static OptionDraft<Path> database(String name) {
    return new OptionDraft<>(name, ValueType.database());
  }

  /** A text whose default is none. */
  static OptionDraft<String> text(String name, ValueType<String> type) {
    return new OptionDraft<>(name, type).initially("");
  }

  /** In snake_case: the command-line option behind {@code --}, the config-file key, and the column where it has one. */
  public String name() {
    return name;
  }

  /** The other spelling on the command line: kebab-case. */
  public String kebabName() {
    return name.replace('_', '-');
  }

  /** The letter behind one dash, where it has one. */
  public Optional<Character> letter() {
    return letter;
  }

  public Scope scope() {
    return scope;
  }

  /** What of the machine a new value must fit. */
  public Fitness fitness() {
    return fitness;
  }

  /** The modes in which it means something, whatever else is said. */
  Set<RunMode> modes() {
    return Collections.unmodifiableSet(modes);
  }

  /** The names of options beside which it means something in further modes; empty for most. */
  List<String> companions() {
    return companions;
  }

  /** Whether it means something in a mode. @param isGiven whether the run is given a value of another option */
  boolean isHeededIn(RunMode mode, Predicate<Option<?>> isGiven) {
    return modes.contains(mode)
        || companyModes.contains(mode) && companions.stream().map(Options::named).anyMatch(isGiven);
  }

  /** Whether it is a column of the {@code machine} table; kept options that are not live in the {@code setting} table. */
  public boolean isMachineColumn() {
    return scope.isKept() && !ours;
  }

  /** Whether {@code --no_NAME} turns it off, as {@code --NAME=false} does. */
  boolean isNegatable() {
    return negatable;
  }

  /** The environment variables it may come from; a later one wins. */
  public List<String> variables() {
    String variable = name.toUpperCase(Locale.ROOT);
    String prefixed = "WNM_" + variable;
    return switch (scope) {
      case ONCE, IGNORED -> List.of();
      case STORED, FIXED, RUN -> commonWord ? List.of(prefixed) : List.of(variable, prefixed);
    };
  }

  /** What it means on a command line where no value follows it; empty where one has to. */
  Optional<String> bare() {
    return bare;
  }

  /** Its unit, such as {@code %}; empty where it has none. */
  public String unit() {
    return unit;
  }

  /** What its value must be, such as {@code a whole number from 1 to 100}. */
  public String allowed() {
    return type.allowed();
  }

  /** What stands for its value in help, such as {@code PATH}; empty for a flag. */
  public String placeholder() {
    return type.placeholder();
  }

  /** The words that its value is one of; empty where it is no such choice. */
  public List<String> words() {
    return type.words();
  }

  public boolean isFlag() {
    return type.placeholder().isEmpty();
  }

  /** One sentence for the operator. */
  public String help() {
    return help;
  }

  /** Its built-in default in words; empty where it has none. */
  public String defaultText() {
    return defaultText;
  }

  /**
   * The text of a value: what is stored (flags as 1 and 0, times in the option's unit) and what reads back as the same. Of one that is
   * secret, and so never stored, what may be seen of it.
   */
  public String print(T value) {
    return type.writer().apply(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Option<?> option && option.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "--" + name;
  }

  /** Whether a text from a file says "no value": an empty one, or {@code None} where there need be no value. */
  boolean isNothing(String text) {
    return text.isEmpty() || text.equals("None") && defaultText.isEmpty();
  }

  /** Whether its value is for nobody's eyes: no message and no report has it. */
  public boolean isSecret() {
    return secret;
  }

  /** Whether an empty text on the command line empties it, rather than counting as not given. */
  boolean isClearable() {
    return clearable;
  }

  T cast(Object value) {
    return type.javaType().cast(value);
  }

  /** @throws BadInputException when the text is not allowed */
  Setting<T> read(String text, Origin origin, Platform platform) {
    if (text.isEmpty() && clearable) {
      return new Setting<>(this, type.blank(), origin);
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw refusal(text, "must not hold line breaks or control characters", origin);
    }
    try {
      return type.reader().apply(text, platform)
          .map(value -> new Setting<>(this, value, origin))
          .orElseThrow(() -> refusal(text, "must be " + allowed() + unitInBrackets(), origin));
    } catch (IllegalArgumentException e) {
      throw refusal(text, Reason.of(e), origin);
    }
  }

  /** What is stored, where that is a value. */
  Optional<Setting<T>> readStored(String text, Platform platform) {
    String stripped = text.strip();
    if (isNothing(stripped)) {
      return Optional.empty();
    }
    return Optional.of(keptAsStored
        ? new Setting<>(this, cast(stripped), Origin.STORED)
        : read(stripped, Origin.STORED, platform));
  }

  /** The built-in default, where there is one. */
  Optional<Setting<T>> initial(Defaults defaults) {
    return initial.apply(defaults).map(value -> new Setting<>(this, value, Origin.DEFAULT));
  }

  private BadInputException refusal(String text, String rule, Origin origin) {
    String said = secret ? "says something else" : "says '" + text + "'";
    return new BadInputException(this + " " + rule + ", but " + origin.where() + " " + said);
  }

  private String unitInBrackets() {
    return unit.isEmpty() ? "" : " (" + unit + ")";
  }
}
