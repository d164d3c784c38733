package dev.wnm.core.cycle;

import dev.wnm.core.config.BadInputException;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person asks for with {@code --force_action}. Words that the action would not heed are refused: whoever writes them
 * means something by them, and the action would be done to other nodes.
 *
 * @param action the value of {@code --force_action}
 * @param names the nodes it is about, as they were named; empty lets the action choose
 * @param count how many when none are named, 1 or more; empty when that was not said
 * @param storage the node storage it is about
 */
public record Order(String action, List<String> names, OptionalInt count, Optional<Path> storage) {
  /** The one that needs a storage, and is about nothing else. */
  static final String FORGET = "forget";

  private static final Heeds ONLY_SETTINGS =
      new Heeds(false, false, "it is about settings, not about nodes", "it is about settings, not about nodes");
  private static final Heeds ALL_GROUPS = new Heeds(false, false, "it is about the containers of all groups",
      "it is about the containers of all groups");
  private static final Heeds CHOSEN_NODES = new Heeds(true, true, "", "");
  private static final Heeds NAMED_NODES = new Heeds(true, false, "", "name the nodes with --service_name");

  private static final Map<String, Heeds> HEEDS = Map.ofEntries(
      Map.entry("add", new Heeds(false, true, "wnm gives new nodes their names; say with --count how many", "")),
      Map.entry("remove", CHOSEN_NODES),
      Map.entry("upgrade", CHOSEN_NODES),
      Map.entry("start", CHOSEN_NODES),
      Map.entry("stop", CHOSEN_NODES),
      Map.entry("disable", NAMED_NODES),
      Map.entry("enable", NAMED_NODES),
      Map.entry("survey", new Heeds(true, false, "", "it looks at all nodes, or at those that --service_name names")),
      Map.entry("teardown", new Heeds(false, false, "it removes every node; to remove some, use --force_action remove"
          + " --service_name %s", "it removes every node; to remove some, use --force_action remove --count %s")),
      Map.entry("upgrade_image", ALL_GROUPS),
      Map.entry(FORGET, new Heeds(false, false, "it is about all nodes of the storage that --storage names",
          "it is about all nodes of the storage that --storage names")),
      Map.entry("update_config", ONLY_SETTINGS),
      Map.entry("nullop", ONLY_SETTINGS),
      Map.entry("disable_config", ONLY_SETTINGS),
      Map.entry("wnm-db-migration", ONLY_SETTINGS));

  /**
   * Which words an action heeds.
   *
   * @param insteadOfNames what to do or know instead, where it does not heed names; {@code %s} stands for them
   * @param insteadOfCount the same for a count
   */
  private record Heeds(boolean names, boolean count, String insteadOfNames, String insteadOfCount) {}

  /** @throws BadInputException when the action is unknown or would not heed one of the words */
  public Order {
    names = List.copyOf(names);
    Heeds heeds = HEEDS.get(action);
    if (heeds == null) {
      throw new BadInputException(Options.FORCE_ACTION + " must be " + Options.FORCE_ACTION.allowed() + ", not '" + action + "'");
    }
    if (!names.isEmpty() && !heeds.names()) {
      throw unheeded(action, Options.SERVICE_NAME.toString(), heeds.insteadOfNames(), String.join(",", names));
    }
    if (count.isPresent() && !heeds.count()) {
      throw unheeded(action, Options.COUNT.toString(), heeds.insteadOfCount(), Integer.toString(count.getAsInt()));
    }
    if (storage.isPresent() != action.equals(FORGET)) {
      throw new BadInputException(storage.isPresent()
          ? Options.FORCE_ACTION + " " + action + " does not know " + Options.STORAGE + ": only " + FORGET + " does"
          : Options.FORCE_ACTION + " " + FORGET + " needs " + Options.STORAGE + ": the node storage that is gone for good");
    }
    if (count.isPresent() && !names.isEmpty()) {
      throw new BadInputException(Options.COUNT + " does not go with " + Options.SERVICE_NAME + ": " + Options.FORCE_ACTION
          + " " + action + " is done either to the nodes that are named or to as many as it chooses itself");
    }
  }

  /** An order that is about nodes, or about all there is. */
  public Order(String action, List<String> names, OptionalInt count) {
    this(action, names, count, Optional.empty());
  }

  /**
   * The order of a command line; empty when it has none.
   *
   * @throws BadInputException when an option stands there that only an order, or another one, would heed
   */
  public static Optional<Order> of(Settings asked) {
    String action = asked.get(Options.FORCE_ACTION);
    if (!action.isEmpty()) {
      return Optional.of(new Order(action, asked.serviceNames(),
          asked.isGiven(Options.COUNT) ? OptionalInt.of(asked.get(Options.COUNT)) : OptionalInt.empty(),
          asked.find(Options.STORAGE)));
    }
    if (asked.isGiven(Options.COUNT)) {
      throw new BadInputException(Options.COUNT + " goes only with " + Options.FORCE_ACTION);
    }
    if (asked.find(Options.STORAGE).isPresent()) {
      throw new BadInputException(Options.STORAGE + " goes only with " + Options.FORCE_ACTION + " " + FORGET);
    }
    if (!asked.serviceNames().isEmpty() && asked.get(Options.REPORT).isEmpty()) {
      throw new BadInputException(Options.SERVICE_NAME + " goes only with " + Options.FORCE_ACTION + " or " + Options.REPORT);
    }
    return Optional.empty();
  }

  private static BadInputException unheeded(String action, String option, String instead, String value) {
    return new BadInputException(
        Options.FORCE_ACTION + " " + action + " does not know " + option + ": " + instead.replace("%s", value));
  }
}
