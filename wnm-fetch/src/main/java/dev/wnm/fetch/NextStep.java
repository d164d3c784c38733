package dev.wnm.fetch;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.program.NodeProgram;
import java.nio.file.Path;

/** What happens with a program once it is in its place. */
public final class NextStep {
  private NextStep() {}

  /**
   * In one sentence.
   *
   * @param place where the program is
   * @param settings in force, those of the colony where there is one
   * @param hasColony whether there is one
   */
  public static String of(Path place, NodeProgram program, Settings settings, boolean hasColony, CommandRunner runner) {
    try {
      Path used = NodeBinary.locate(settings.get(Options.ANTNODE_PATH), runner);
      if (!used.equals(place)) {
        return "new nodes are still of " + used + "; with --antnode_path " + Shell.word(place.toString()) + " they are of this one";
      }
    } catch (NodeBinary.UnusableException e) {
      return e.getMessage();
    }
    if (!hasColony) {
      return "next: wnm --init --rewards_address YOUR_WALLET";
    }
    return settings.get(Options.ENABLE_UPGRADE)
        ? "new nodes are of it, and the next cycles upgrade nodes of " + program.name() + " that are older"
        : "new nodes are of it; those that there are stay as they are, because --enable_upgrade is off";
  }
}
