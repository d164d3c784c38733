package dev.wnm.spi.manager;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An option of a back end, declared once: core makes of it the command-line option, the environment variables, the key of
 * config files, the check, the line in {@code --help} and what is stored, and hands its value over as a {@code T}, see
 * {@link ManagerContext#find}. Made by one of the factories and {@link Builder#help}; held as a constant. Immutable.
 *
 * <p>Several providers may declare the same option. Two that differ under one name, or a name that core has, are a fault: the
 * provider that comes second is left out.
 *
 * @param <T> what its value is
 */
public final class ManagerOption<T> {
  private static final Pattern NAME = Pattern.compile("(?!no_)[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final Builder<T> parts;
  private final String help;

  private ManagerOption(Builder<T> parts, String help) {
    this.parts = parts;
    this.help = help;
  }

  /** Where help shows an option. */
  public enum Topic {
    /** Paths of programs and folders. */
    PLACES,
    /** What runs nodes, and how. */
    NODES,
    /** Containers, and what is in them. */
    CONTAINERS
  }

  /** Any text that matches a pattern as a whole. @param allowed what it must be, such as {@code a number followed by k, m or g} */
  public static Builder<String> text(String name, String placeholder, String allowed, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return parsed(name, String.class, placeholder, allowed,
        text -> Optional.of(text).filter(each -> compiled.matcher(each).matches()), Function.identity());
  }

  /** A whole number within bounds. */
  public static Builder<Integer> integer(String name, String placeholder, int lowest, int highest) {
    return parsed(name, Integer.class, placeholder, "a whole number from " + lowest + " to " + highest,
        text -> Optional.of(text).filter(each -> each.matches("[1-9][0-9]{0,9}|0")).map(Long::parseLong)
            .filter(number -> lowest <= number && number <= highest).map(Long::intValue),
        String::valueOf);
  }

  /** A time in whole seconds within bounds. */
  public static Builder<Duration> seconds(String name, int lowest, int highest) {
    Builder<Integer> number = integer(name, "S", lowest, highest);
    return parsed(name, Duration.class, "S", number.allowed + " (seconds)",
        text -> number.reader.apply(text).map(Duration::ofSeconds), time -> String.valueOf(time.toSeconds()));
  }

  /** One of some words. */
  public static Builder<String> choice(String name, String placeholder, List<String> words) {
    Builder<String> builder = parsed(name, String.class, placeholder, "one of " + String.join(", ", words),
        text -> Optional.of(text).filter(words::contains), Function.identity());
    builder.words = List.copyOf(words);
    return builder;
  }

  /** One of the constants of an enum, written in lower case. */
  public static <E extends Enum<E>> Builder<E> choice(String name, String placeholder, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> words = constants.stream().map(ManagerOption::word).toList();
    Builder<E> builder = parsed(name, type, placeholder, "one of " + String.join(", ", words),
        text -> Optional.of(words.indexOf(text)).filter(at -> at >= 0).map(constants::get), ManagerOption::word);
    builder.words = words;
    return builder;
  }

  /** A switch, off unless it is given. */
  public static Builder<Boolean> flag(String name) {
    Builder<Boolean> builder = parsed(name, Boolean.class, "", "true, yes, on, 1, false, no, off or 0",
        text -> switch (text.toLowerCase(Locale.ROOT)) {
          case "1", "true", "yes", "on" -> Optional.of(true);
          case "0", "false", "no", "off" -> Optional.of(false);
          default -> Optional.empty();
        }, on -> on ? "1" : "0");
    return builder.initially("off");
  }

  /** A path, handed over as an absolute one; {@code ~}, {@code $VAR} and the folder that a relative one starts from are core's matter. */
  public static Builder<Path> path(String name) {
    Builder<Path> builder = parsed(name, Path.class, "PATH", "a path", text -> Optional.of(Path.of(text)), Path::toString);
    builder.isPath = true;
    return builder.topic(Topic.PLACES);
  }

  /** Some names separated by commas. @param pattern what each of them matches as a whole */
  public static Builder<Names> names(String name, String placeholder, String allowed, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return parsed(name, Names.class, placeholder, allowed,
        text -> Optional.of(Names.split(text)).filter(names -> names.all().stream().allMatch(each -> compiled.matcher(each).matches())),
        Names::text);
  }

  /**
   * Whatever a back end makes of a text.
   *
   * @param type what that is, with an {@code equals} that tells whether two values are the same
   * @param placeholder what stands for it in help, such as {@code VERSION}; empty for a switch
   * @param allowed what is allowed, to follow "must be"
   * @param reader reads a text, which is neither empty nor has control characters; empty when it is not allowed
   * @param writer the text that is stored and that the reader reads back as the same value
   */
  public static <T> Builder<T> parsed(String name, Class<T> type, String placeholder, String allowed,
      Function<String, Optional<T>> reader, Function<T, String> writer) {
    return new Builder<>(name, type, placeholder, allowed, reader, writer);
  }

  /** An option while it is declared; {@link #help} finishes it. Without further words it has no default and is about nodes. */
  public static final class Builder<T> {
    private final String name;
    private final Class<T> type;
    private final String placeholder;
    private final String allowed;
    private final Function<String, Optional<T>> reader;
    private final Function<T, String> writer;
    private List<String> words = List.of();
    private String initial = "";
    private Topic topic = Topic.NODES;
    private boolean isPath;
    private boolean clearable;
    private boolean decidesAvailability;
    private boolean forThisRun;

    private Builder(String name, Class<T> type, String placeholder, String allowed, Function<String, Optional<T>> reader,
        Function<T, String> writer) {
      this.name = name;
      this.type = type;
      this.placeholder = placeholder;
      this.allowed = allowed;
      this.reader = reader;
      this.writer = writer;
    }

    private Builder(Builder<T> other) {
      this(other.name, other.type, other.placeholder, other.allowed, other.reader, other.writer);
      words = other.words;
      initial = other.initial;
      topic = other.topic;
      isPath = other.isPath;
      clearable = other.clearable;
      decidesAvailability = other.decidesAvailability;
      forThisRun = other.forThisRun;
    }

    /** Its default, as an operator would write it. */
    public Builder<T> initially(String text) {
      initial = text;
      return this;
    }

    /** Where help shows it. */
    public Builder<T> topic(Topic newTopic) {
      topic = newTopic;
      return this;
    }

    /** An empty text on the command line empties it. */
    public Builder<T> clearable() {
      clearable = true;
      return this;
    }

    /** What it says decides whether the process manager can work here: a new value is refused where it then cannot. */
    public Builder<T> decidesAvailability() {
      decidesAvailability = true;
      return this;
    }

    /** It is not kept in the database: each run needs it anew. */
    public Builder<T> forThisRun() {
      forThisRun = true;
      return this;
    }

    /**
     * The option.
     *
     * @param sentence what it is for, for the operator
     * @throws IllegalArgumentException when its name is not in snake_case or its default is not allowed
     */
    public ManagerOption<T> help(String sentence) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("the option name '" + name + "' is not of the form some_name");
      }
      if (!initial.isEmpty() && reader.apply(initial).isEmpty()) {
        throw new IllegalArgumentException("the default '" + initial + "' of --" + name + " must be " + allowed);
      }
      return new ManagerOption<>(new Builder<>(this), Objects.requireNonNull(sentence, "sentence"));
    }
  }

  /**
   * Names in the order in which they were written.
   *
   * @param all at least one
   */
  public record Names(List<String> all) {
    public Names {
      all = List.copyOf(all);
    }

    private static Names split(String text) {
      return new Names(Arrays.asList(text.split(",", -1)));
    }

    private String text() {
      return String.join(",", all);
    }
  }

  /** In snake_case: what stands behind {@code --}. */
  public String name() {
    return parts.name;
  }

  /** What its values are. */
  public Class<T> type() {
    return parts.type;
  }

  /** What stands for its value in help; empty for a switch. */
  public String placeholder() {
    return parts.placeholder;
  }

  /** What is allowed, to follow "must be". */
  public String allowed() {
    return parts.allowed;
  }

  /** The words that its value is one of; empty where it is no such choice. */
  public List<String> words() {
    return parts.words;
  }

  /** One sentence for the operator. */
  public String help() {
    return help;
  }

  /** Its default as an operator would write it; empty where it has none. */
  public String defaultText() {
    return parts.initial;
  }

  public Topic topic() {
    return parts.topic;
  }

  /** Whether its value is a path that core makes absolute. */
  public boolean isPath() {
    return parts.isPath;
  }

  /** Whether an empty text on the command line empties it. */
  public boolean isClearable() {
    return parts.clearable;
  }

  /** Whether a new value is refused where the process manager cannot work with it. */
  public boolean isDecidingAvailability() {
    return parts.decidesAvailability;
  }

  /** Whether it is for one run and not kept. */
  public boolean isForThisRun() {
    return parts.forThisRun;
  }

  /** The value that a text stands for; empty when it is not allowed. */
  public Optional<T> read(String text) {
    return parts.reader.apply(text);
  }

  /** The text that stands for a value. */
  public String write(T value) {
    return parts.writer.apply(value);
  }

  /** Whether the two say the same to an operator and to core; how they read a text cannot be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ManagerOption<?> option && described().equals(option.described());
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }

  @Override
  public String toString() {
    return "--" + name();
  }

  private List<Object> described() {
    return new ArrayList<>(List.of(name(), type().getName(), placeholder(), allowed(), words(), help, defaultText(), topic(), isPath(),
        isClearable(), isDecidingAvailability(), isForThisRun()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
