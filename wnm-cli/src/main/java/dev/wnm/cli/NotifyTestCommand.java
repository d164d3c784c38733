package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.watch.Notifier;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** {@code --notify_test}: tells everybody that this is a test, before there is a colony or with one. */
final class NotifyTestCommand {
  private NotifyTestCommand() {}

  static ExitCode run(SettingsResolver resolver, Dependencies tools, Consumer<String> tell) throws IOException {
    Notifier notifier = ServiceLoader.load(Notifier.class).findFirst()
        .orElseThrow(() -> new BadInputException(Options.NOTIFY_TEST + ": this wnm was built without what tells of events"));
    List<Notifier.Tried> tried = notifier.test(resolver.ofThisRun(), colony(resolver, tools), tools);
    tried.forEach(each -> tell.accept(each.target() + ": " + each.failure().map(why -> "not told: " + why).orElse("told")));
    return tried.stream().map(Notifier.Tried::failure).allMatch(Optional::isEmpty) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String colony(SettingsResolver resolver, Dependencies tools) throws IOException {
    if (!ColonyStore.holdsSettings(resolver.database(), false)) {
      return "";
    }
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      return colony.id().text();
    }
  }
}
