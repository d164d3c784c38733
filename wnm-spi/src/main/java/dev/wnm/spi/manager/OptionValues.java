package dev.wnm.spi.manager;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values of back ends' options. Immutable; made with {@link #NONE} and {@link #with}. */
public final class OptionValues {
  /** None is set. */
  public static final OptionValues NONE = new OptionValues(Map.of());

  private final Map<String, Object> byName;

  private OptionValues(Map<String, Object> byName) {
    this.byName = byName;
  }

  /** The same with the value of one more option. */
  public <T> OptionValues with(ManagerOption<T> option, T value) {
    Map<String, Object> all = new HashMap<>(byName);
    all.put(option.name(), value);
    return new OptionValues(all);
  }

  /**
   * What texts say of these options, for a test of a back end: wnm itself reads them by more than this.
   *
   * @param texts by option name; those that are of no option are passed over
   * @throws IllegalArgumentException when one is not allowed
   */
  public static OptionValues read(Collection<ManagerOption<?>> options, Map<String, String> texts) {
    OptionValues values = NONE;
    for (ManagerOption<?> option : options) {
      String text = texts.getOrDefault(option.name(), "");
      if (!text.isEmpty()) {
        values = values.withText(option, text);
      }
    }
    return values;
  }

  private <T> OptionValues withText(ManagerOption<T> option, String text) {
    return with(option, option.read(text).orElseThrow(() -> new IllegalArgumentException(option + " must be " + option.allowed()
        + ", but is '" + text + "'")));
  }

  /** The value of an option, or its default; empty where it has neither. */
  public <T> Optional<T> find(ManagerOption<T> option) {
    Object value = byName.get(option.name());
    return value != null ? Optional.of(option.type().cast(value))
        : option.isPath() || option.defaultText().isEmpty() ? Optional.empty() : option.read(option.defaultText());
  }
}
