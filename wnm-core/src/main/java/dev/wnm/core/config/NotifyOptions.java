package dev.wnm.core.config;

import dev.wnm.core.model.Event;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is told of what happens, without having asked. */
interface NotifyOptions {
  Option<NotifyTargets> NOTIFY = Option.notifyTargets("notify").secret().commonWord().scope(Scope.RUN).heededBy(modes())
      .help("After cycles, tell these programs and addresses of what happened; docs/notify.md tells more. An address with a secret belongs"
          + " into a config file, WNM_NOTIFY or --notify_file.");
  Option<Path> NOTIFY_FILE = Option.path("notify_file").scope(Scope.RUN).heededBy(modes())
      .help("A file with more of whom to tell, a line each, which its owner alone may read.");
  Option<String> NOTIFY_EVENTS = Option.text("notify_events", ValueType.text("KINDS", "some of " + words() + ", separated by commas",
          text -> Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(word -> Event.Kind.toChoose().anyMatch(kind -> kind.word().equals(word)))))
      .initially(words()).scope(Scope.RUN).heededBy(modes())
      .help("Of which kinds of events to tell.");
  Option<Boolean> NOTIFY_TEST = Option.flag("notify_test").scope(Scope.ONCE)
      .help("Tell everybody of --notify and --notify_file that this is a test, now, and print what came of it.");

  OptionGroup EVENTS = new OptionGroup("Telling of events", List.of(NOTIFY, NOTIFY_FILE, NOTIFY_EVENTS, NOTIFY_TEST));

  private static Set<RunMode> modes() {
    return RunMode.union(RunMode.cycles(), EnumSet.of(RunMode.NOTIFY_TEST, RunMode.INSTALL_SERVICE));
  }

  private static String words() {
    return Event.Kind.toChoose().map(Event.Kind::word).collect(Collectors.joining(","));
  }
}
