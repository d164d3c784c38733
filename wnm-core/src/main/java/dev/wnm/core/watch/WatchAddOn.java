package dev.wnm.core.watch;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Something that goes along with a {@link Watch}, such as a page that shows it. Found by {@link java.util.ServiceLoader}, and only where
 * there is a watch, or a single cycle that is given what it asks for. It has threads of its own: whatever it does, no cycle waits for it.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface WatchAddOn {
  /**
   * Begins, where the settings ask for it.
   *
   * @return empty where they do not
   * @throws BadInputException when what they ask for cannot be; nothing is begun then
   * @throws IOException when it cannot begin for another reason, which the message says in a sentence
   */
  Optional<Running> begin(Host host) throws IOException;

  /** Whether it goes along with a single cycle, too; that is told of as one of a watch is, and then it is closed. */
  default boolean isForSingleCycles() {
    return false;
  }

  /**
   * The watch that it goes along with.
   *
   * @param settings those at the beginning, of command line, files and environment
   * @param sources where the colony is and what is given; a colony is opened with it
   * @param tools what a colony is opened with; of its own, so that nothing is shared with the cycles
   * @param cycleNow starts a cycle as soon as none is under way, where there is a watch
   * @param says is told what a person should know, a sentence each
   */
  record Host(Settings settings, SettingsResolver sources, Dependencies tools, Runnable cycleNow, Consumer<String> says) {}

  /** One that has begun. Is told of cycles, and has to return at once. */
  interface Running extends Watch.Listener, AutoCloseable {
    @Override
    void close();
  }
}
