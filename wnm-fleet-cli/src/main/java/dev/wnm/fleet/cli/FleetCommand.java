package dev.wnm.fleet.cli;

import dev.wnm.fleet.transport.FleetException;
import java.io.IOException;
import org.apache.commons.cli.Options;

/** One word after {@code wnm fleet}. */
interface FleetCommand {
  /** The word. */
  String name();

  /** What comes after it, such as {@code HOST [--labels site=home]}; may be empty. */
  String usage();

  /** What it does, in a sentence. */
  String help();

  /** Its own options; {@link Asked} adds those that all have. */
  Options options();

  /** Whether it has something to say to programs, and so {@code --json}. */
  default boolean speaksToPrograms() {
    return true;
  }

  /**
   * Does it.
   *
   * @return whether all was done
   * @throws FleetException when it could not be done, in a sentence
   * @throws dev.wnm.spi.config.BadInputException when it is not asked for in the right way; nothing was changed then
   */
  boolean run(Asked asked, FleetContext context) throws FleetException, IOException;
}
