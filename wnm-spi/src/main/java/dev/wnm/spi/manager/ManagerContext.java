package dev.wnm.spi.manager;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a process manager is given to work with. There is no store among it.
 *
 * @param colony who the colony is: whatever a back end makes carries it, and what carries another is not touched
 * @param settings every setting in force, by option name (such as {@code antctl_path}), as text; a flag is {@code 1} or
 *     {@code 0}
 * @param runner runs programs
 * @param firewall opens and closes the nodes' ports
 * @param clock the time
 * @param nodeStorage the folder that holds the nodes' folders; absolute
 * @param home the operator's home folder
 * @param progress is told of slow work, one short sentence at a time
 */
public record ManagerContext(
    ColonyId colony,
    Map<String, String> settings,
    CommandRunner runner,
    Firewall firewall,
    Clock clock,
    Path nodeStorage,
    Path home,
    Progress progress) {
  public ManagerContext {
    settings = Map.copyOf(settings);
  }

  /** Opens a started node's port in the firewall; where that fails it is reported, and the node runs on. */
  public void openPort(NodeSpec node) {
    try {
      firewall.open(node.ports().node(), node.service());
    } catch (CommandFailedException e) {
      progress.report(node.service() + " runs, but the firewall was not opened for it: " + e.getMessage());
    }
  }

  /** Closes the port of a node that is down; where that fails it is reported. */
  public void closePort(NodeSpec node) {
    try {
      firewall.close(node.ports().node());
    } catch (CommandFailedException e) {
      progress.report(node.service() + " is down, but the firewall was not closed after it: " + e.getMessage());
    }
  }

  /** A setting's text; empty when it is not set. */
  public Optional<String> setting(String option) {
    return Optional.ofNullable(settings.get(option)).filter(text -> !text.isEmpty());
  }

  /** Whether a flag, such as {@code antctl_debug}, is on; one that is not set is off. */
  public boolean flag(String option) {
    return setting(option).filter("1"::equals).isPresent();
  }
}
