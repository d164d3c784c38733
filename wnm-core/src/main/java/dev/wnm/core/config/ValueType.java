package dev.wnm.core.config;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.model.StorageList;
import dev.wnm.core.model.WantedRelease;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * How the text of a value is read, checked and written.
 *
 * @param javaType what it becomes
 * @param placeholder what stands for it in help; empty for flags
 * @param allowed what is allowed, to follow "must be"
 * @param words the words to choose from; empty where it is no choice
 * @param reader reads a text; empty when it is not allowed, {@link IllegalArgumentException} when there is more to say
 * @param writer the text that is stored, and that the reader reads back as the same value
 */
record ValueType<T>(
    Class<T> javaType,
    String placeholder,
    String allowed,
    List<String> words,
    BiFunction<String, Platform, Optional<T>> reader,
    Function<T, String> writer) {
  private static final List<String> YES = List.of("1", "true", "yes", "on");
  private static final List<String> NO = List.of("0", "false", "no", "off");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");

  private ValueType(Class<T> javaType, String placeholder, String allowed, BiFunction<String, Platform, Optional<T>> reader,
      Function<T, String> writer) {
    this(javaType, placeholder, allowed, List.of(), reader, writer);
  }

  static ValueType<Integer> integer(int lowest, int highest) {
    return whole(Integer.class, "N", wholeNumber(lowest, highest), lowest, highest, n -> (int) n, n -> n);
  }

  static ValueType<Long> longInteger(long lowest) {
    return whole(Long.class, "N", "a whole number from " + lowest, lowest, Long.MAX_VALUE, n -> n, n -> n);
  }

  static ValueType<Duration> seconds(int lowest, int highest) {
    return whole(Duration.class, "S", wholeNumber(lowest, highest), lowest, highest,
        Duration::ofSeconds, Duration::toSeconds);
  }

  static ValueType<Duration> millis(int lowest, int highest) {
    return whole(Duration.class, "MS", wholeNumber(lowest, highest), lowest, highest,
        Duration::ofMillis, Duration::toMillis);
  }

  /**
   * The thousands that ports begin at. A port itself is taken too, if it is where a range begins or node 1's: 55, 55000 and
   * 55001 are the same.
   */
  static ValueType<Integer> portThousands() {
    int highest = 65;
    return new ValueType<>(Integer.class, "N",
        "thousands from 1 to " + highest + ", or a port ending in 000 or 001 such as 55000",
        (text, platform) -> wholeNumber(text)
            .filter(n -> n < 1_000 || n % 1_000 <= 1)
            .filter(n -> 1 <= n && n <= PortRange.HIGHEST)
            .map(n -> PortPlan.thousands(n.intValue()))
            .filter(n -> n <= highest),
        String::valueOf);
  }

  /** The same, or {@code off}, which is 0. */
  static ValueType<Integer> portThousandsOrOff() {
    ValueType<Integer> thousands = portThousands();
    return new ValueType<>(Integer.class, "N|off", thousands.allowed + ", or off",
        (text, platform) -> text.equals("off") ? Optional.of(0) : thousands.reader.apply(text, platform),
        start -> start == 0 ? "off" : String.valueOf(start));
  }

  /** A decimal number above 0. */
  static ValueType<Double> decimal(int highest) {
    return new ValueType<>(Double.class, "X", "a number above 0, at most " + highest, (text, platform) -> {
      try {
        double value = new BigDecimal(text).doubleValue();
        return Optional.of(value).filter(n -> 0 < n && n <= highest);
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }, String::valueOf);
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(Boolean.class, "", "true, yes, on, 1, false, no, off or 0", (text, platform) -> {
      String word = text.toLowerCase(Locale.ROOT);
      return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }, on -> on ? "1" : "0");
  }

  /** A yes for a no and a no for a yes; any other text as it is. */
  static String turnedRound(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word) ? "false" : NO.contains(word) ? "true" : text;
  }

  /** One of some words. */
  static ValueType<String> choice(String placeholder, List<String> words) {
    return new ValueType<>(String.class, placeholder, "one of " + String.join(", ", words), words,
        (text, platform) -> Optional.of(text).filter(words::contains), Function.identity());
  }

  /** One of some upper-case words, typed in any case. */
  static ValueType<String> upperCaseChoice(String placeholder, List<String> words) {
    return new ValueType<>(String.class, placeholder, "one of " + String.join(", ", words), words,
        (text, platform) -> Optional.of(text.toUpperCase(Locale.ROOT)).filter(words::contains), Function.identity());
  }

  /** Any text that {@code check} lets pass; {@code check} may throw {@link IllegalArgumentException} to say more. */
  static ValueType<String> text(String placeholder, String allowed, Predicate<String> check) {
    return new ValueType<>(String.class, placeholder, allowed,
        (text, platform) -> Optional.of(text).filter(check), Function.identity());
  }

  /** A release of a node program: the newest, one of a version, or one whose archive is here. */
  static ValueType<WantedRelease> release() {
    return new ValueType<>(WantedRelease.class, "RELEASE",
        "latest, a version such as 0.23.1, or a release's archive ….tar.gz that has its signature ….tar.gz.sig beside it",
        (text, platform) -> text.equals("latest") ? Optional.of(new WantedRelease.Newest())
            : text.endsWith(".tar.gz") ? Optional.of(new WantedRelease.InFile(Paths.expand(text, platform)))
            : Version.parse(text).map(WantedRelease.Exactly::new),
        WantedRelease::toString);
  }

  static ValueType<Path> path() {
    return new ValueType<>(Path.class, "PATH", "a path", (text, platform) -> Optional.of(Paths.expand(text, platform)),
        Path::toString);
  }

  /** Programs and addresses. What is written of one is not all of it. */
  static ValueType<NotifyTargets> notifyTargets() {
    return new ValueType<>(NotifyTargets.class, "WHERE", NotifyTarget.ALLOWED, (text, platform) -> Optional.of(NotifyTargets.read(text)),
        NotifyTargets::toString);
  }

  static ValueType<BlockList> blocks() {
    return new ValueType<>(BlockList.class, "BLOCKS", "any, or numbers from 1 to " + BlockList.HIGHEST + " and ranges separated by commas, such as 1-3,7",
        (text, platform) -> BlockList.parse(text), BlockList::toString);
  }

  static ValueType<StorageList> storages() {
    return new ValueType<>(StorageList.class, "PATHS", "a path, or absolute paths separated by commas",
        (text, platform) -> Optional.of(new StorageList(StorageList.split(text).stream().map(path -> Paths.expand(path, platform)).toList())), StorageList::toString);
  }

  static ValueType<Path> database() {
    return new ValueType<>(Path.class, "PATH", "a path or sqlite:///PATH",
        (text, platform) -> Optional.of(Paths.database(text, platform)), Path::toString);
  }

  /** The value of an option that a back end declares; none where it is empty. */
  @SuppressWarnings("unchecked")
  static <T> ValueType<Optional<T>> declared(ManagerOption<T> option) {
    Class<Optional<T>> type = (Class<Optional<T>>) (Class<?>) Optional.class;
    return new ValueType<>(type, option.placeholder(), option.allowed(), option.words(),
        (text, platform) -> Optional.of(read(option, text, platform)).filter(Optional::isPresent),
        value -> value.map(option::write).orElse(""));
  }

  /** What a back end makes of a text; empty where it does not allow it, or cannot even say so. */
  static <T> Optional<T> read(ManagerOption<T> option, String text, Platform platform) {
    String whole = option.isPath() ? Paths.expand(text, platform).toString() : text;
    try {
      // What cannot be written again cannot be kept.
      return option.read(whole).filter(value -> !option.write(value).isEmpty());
    } catch (RuntimeException | LinkageError broken) {
      return Optional.empty();
    }
  }

  /** The value of what is set to nothing. */
  T blank() {
    return javaType.cast(javaType == String.class ? "" : Optional.empty());
  }

  private static <T> ValueType<T> whole(Class<T> javaType, String placeholder, String allowed, long lowest, long highest,
      LongFunction<T> reader, ToLongFunction<T> writer) {
    return new ValueType<>(javaType, placeholder, allowed,
        (text, platform) -> wholeNumber(text).filter(n -> lowest <= n && n <= highest).map(reader::apply),
        value -> String.valueOf(writer.applyAsLong(value)));
  }

  private static String wholeNumber(int lowest, int highest) {
    return "a whole number from " + lowest + " to " + highest;
  }

  /** Empty for anything but a whole number that fits into 64 bits. */
  private static Optional<Long> wholeNumber(String text) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
  }
}
