package dev.wnm.core.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An option while it is being defined; {@link #help} finishes it. Without further words it is {@link Scope#STORED} in a
 * column of the {@code machine} table and has no default.
 */
final class OptionDraft<T> {
  final String name;
  final ValueType<T> type;
  Optional<Character> letter = Optional.empty();
  Scope scope = Scope.STORED;
  boolean ours;
  boolean negatable;
  boolean commonWord;
  Optional<String> bare = Optional.empty();
  boolean clearable;
  boolean keptAsStored;
  boolean secret;
  String unit = "";
  String defaultText = "";
  Optional<Set<RunMode>> modes = Optional.empty();
  Set<RunMode> companyModes = Set.of();
  Fitness fitness = Fitness.NONE;
  List<String> companions = List.of();
  Function<Defaults, Optional<T>> initial = defaults -> Optional.empty();

  OptionDraft(String name, ValueType<T> type) {
    this.name = name;
    this.type = type;
  }

  OptionDraft<T> letter(char shortName) {
    letter = Optional.of(shortName);
    return this;
  }

  OptionDraft<T> scope(Scope newScope) {
    scope = newScope;
    return this;
  }

  /** Not in the Python wnm's tables, hence kept in one of our own. */
  OptionDraft<T> ours() {
    ours = true;
    return this;
  }

  /** A flag that is on by default: {@code --no_NAME} turns it off as {@code --NAME=false} does. */
  OptionDraft<T> negatable() {
    negatable = true;
    return this;
  }

  /** @param text what it means on a command line where no value follows it */
  OptionDraft<T> bare(String text) {
    bare = Optional.of(text);
    return this;
  }

  /** Its name is a word that other programs use too, so only the variable with {@code WNM_} in front counts. */
  OptionDraft<T> commonWord() {
    commonWord = true;
    return this;
  }

  /** An empty text on the command line empties it. */
  OptionDraft<T> clearable() {
    clearable = true;
    return this;
  }

  /** Nothing shows what its value is. It cannot be stored. */
  OptionDraft<T> secret() {
    secret = true;
    return this;
  }

  /** What is stored of it is taken as it is, also where a new value would be refused; {@link CrossChecks} warns of it. */
  OptionDraft<T> keptAsStored() {
    keptAsStored = true;
    return this;
  }

  /**
   * The modes in which it means something. When this is not said: those that use settings; for what is asked once, those that
   * it asks for.
   */
  @SafeVarargs
  final OptionDraft<T> heededBy(Set<RunMode>... sets) {
    modes = Optional.of(RunMode.union(sets));
    return this;
  }

  /** In these further modes it means something where one of these options has a value, too. */
  OptionDraft<T> heededBeside(Set<RunMode> others, String... optionNames) {
    companyModes = others;
    companions = List.of(optionNames);
    return this;
  }

  /** What of the machine a new value must fit. */
  OptionDraft<T> mustFit(Fitness machine) {
    fitness = machine;
    return this;
  }

  OptionDraft<T> unit(String newUnit) {
    unit = newUnit;
    return this;
  }

  OptionDraft<T> initially(T value) {
    String words = value instanceof Boolean on ? on ? "on" : "off" : type.writer().apply(value);
    return initially(words, defaults -> value);
  }

  /** @param words the default in words, for help and docs */
  OptionDraft<T> initially(String words, Function<Defaults, T> value) {
    defaultText = words;
    initial = defaults -> Optional.of(value.apply(defaults));
    return this;
  }

  /** A new colony gets what fits the machine instead: {@link PaceProposal}. */
  OptionDraft<T> proposedAtInit() {
    defaultText += "; --init proposes";
    return this;
  }

  Option<T> help(String sentence) {
    return new Option<>(this, sentence);
  }
}
