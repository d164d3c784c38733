package dev.wnm.managers.s6overlay.companion;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is wished for services, as it was written. Immutable. */
public final class Wishes {
  /** None. */
  public static final Wishes NONE = new Wishes(Map.of());

  private final Map<Wish, String> texts;

  private Wishes(Map<Wish, String> texts) {
    this.texts = texts.isEmpty() ? new EnumMap<>(Wish.class) : new EnumMap<>(texts);
  }

  /** @param options what an option says, if anything, by its name without dashes */
  public static Wishes of(Function<Wish, Optional<String>> options) {
    Wishes wishes = NONE;
    for (Wish wish : Wish.values()) {
      Wishes before = wishes;
      wishes = options.apply(wish).map(text -> before.with(wish, text)).orElse(wishes);
    }
    return wishes;
  }

  /** The same with one more. */
  public Wishes with(Wish wish, String text) {
    Map<Wish, String> more = new EnumMap<>(Wish.class);
    more.putAll(texts);
    more.put(wish, text);
    return new Wishes(more);
  }

  /** As written; empty when nothing is wished. */
  public String text(Wish wish) {
    return texts.getOrDefault(wish, "");
  }
}
