package dev.wnm.core.watch;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** Tells those of {@code --notify} of events. Found by {@link java.util.ServiceLoader}, and only where somebody is to be told. */
@API(status = API.Status.EXPERIMENTAL)
public interface Notifier {
  /**
   * What came of telling one of them.
   *
   * @param target its name, from which nobody can tell how to reach it
   * @param failure why it could not be told, a clause; empty when it was
   */
  record Tried(String target, Optional<String> failure) {}

  /**
   * Tells all of them that this is a test, once each, side by side.
   *
   * @param colony the word for the colony; empty where there is none yet
   * @return one for each, in their order
   * @throws BadInputException when nobody is named, or their file cannot be used
   */
  List<Tried> test(Settings settings, String colony, Dependencies tools);
}
