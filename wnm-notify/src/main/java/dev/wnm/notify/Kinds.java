package dev.wnm.notify;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Event;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Of which kinds of events is told. */
final class Kinds {
  private Kinds() {}

  static Set<Event.Kind> of(Settings settings) {
    Set<String> words = Arrays.stream(settings.get(Options.NOTIFY_EVENTS).split(",")).map(String::strip).collect(Collectors.toSet());
    return Event.Kind.toChoose().filter(kind -> words.contains(kind.word())).collect(Collectors.toUnmodifiableSet());
  }
}
