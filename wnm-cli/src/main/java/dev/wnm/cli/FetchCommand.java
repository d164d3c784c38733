package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.fetch.FetchException;
import dev.wnm.fetch.FetchOrder;
import dev.wnm.fetch.Fetched;
import dev.wnm.fetch.NextStep;
import dev.wnm.fetch.NodeFetch;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** {@code --fetch_node}: the node program from its publisher, before there is a colony or for one. */
final class FetchCommand {
  private FetchCommand() {}

  static ExitCode run(SettingsResolver resolver, Dependencies tools, Consumer<String> tell) throws IOException {
    boolean hasColony = ColonyStore.holdsSettings(resolver.database(), false);
    Settings settings = hasColony ? settingsOfColony(resolver, tools) : resolver.settle(Map.of(), List.of());
    NodeFetch fetch = NodeFetch.ofThisMachine(tools.platform(), tools.runner(), tools.clock());
    Fetched fetched = fetched(fetch, new FetchOrder(settings.find(Options.FETCH_NODE).orElseThrow(),
        settings.find(Options.FETCH_SHA256).filter(digest -> !digest.isEmpty()).map(digest -> digest.toLowerCase(Locale.ROOT)), settings.get(Options.ANTNODE_PATH),
        settings.get(Options.CONFIRM), resolver.isDryRun()));
    tell.accept(fetched.sentence());
    if (fetched.isDone()) {
      tell.accept(NextStep.of(fetched.program(), fetch.program(), settings, hasColony, tools.runner()));
    }
    return ExitCode.DONE;
  }

  /** An order that can never be carried out is bad input: whoever tries again what failed is not to try that. */
  private static Fetched fetched(NodeFetch fetch, FetchOrder order) throws IOException {
    try {
      return fetch.fetch(order);
    } catch (FetchException e) {
      if (e.isForGood()) {
        throw new BadInputException(e.getMessage());
      }
      throw e;
    }
  }

  private static Settings settingsOfColony(SettingsResolver resolver, Dependencies tools) throws IOException {
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      return colony.settings();
    }
  }
}
