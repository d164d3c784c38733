package dev.wnm.core.cycle;

import dev.wnm.core.companions.CompanionNames;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.CompanionAction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * What a person asks for with {@code --force_action}. Words that the action would not heed are refused: whoever writes them
 * means something by them, and the action would be done to other nodes.
 *
 * @param action the value of {@code --force_action}
 * @param names the nodes it is about, as they were named, or the services beside nodes; empty lets the action choose
 * @param count how many when none are named, 1 or more; empty when that was not said
 * @param storage the node storage it is about: that which is forgotten, or to which nodes are moved
 */
@API(status = API.Status.STABLE)
public record Order(String action, List<String> names, OptionalInt count, Optional<Path> storage) {
  /** The one that needs a storage, and is about nothing else. */
  public static final String FORGET = "forget";

  /** The one that brings nodes to another storage. */
  public static final String MOVE = "move";

  /** The one that replaces nodes of another program. */
  public static final String RENEW = "renew";

  /** @throws BadInputException when the action is unknown or would not heed one of the words */
  public Order {
    names = List.copyOf(names);
    RunMode mode = RunMode.ofAction(action).orElseThrow(() -> new BadInputException(
        Options.FORCE_ACTION + " must be " + Options.FORCE_ACTION.allowed() + ", not '" + action + "'"));
    if (!names.isEmpty()) {
      require(mode, Options.SERVICE_NAME, String.join(",", names));
    }
    count.ifPresent(number -> require(mode, Options.COUNT, Integer.toString(number)));
    storage.ifPresent(path -> require(mode, action.equals(MOVE) ? Options.TO : Options.STORAGE, path.toString()));
    if (action.equals(MOVE) && (storage.isEmpty() || names.isEmpty())) {
      throw new BadInputException(Options.FORCE_ACTION + " " + MOVE + " needs " + Options.SERVICE_NAME + " and " + Options.TO
          + ": the nodes, and the node storage that they are to be in");
    }
    if (storage.isEmpty() && action.equals(FORGET)) {
      throw new BadInputException(Options.FORCE_ACTION + " " + FORGET + " needs " + Options.STORAGE
          + ": the node storage that is gone for good");
    }
    checkKind(action, names);
    if (count.isPresent() && !names.isEmpty()) {
      throw new BadInputException(Options.COUNT + " does not go with " + Options.SERVICE_NAME + ": " + Options.FORCE_ACTION
          + " " + action + " is done either to the nodes that are named or to as many as it chooses itself");
    }
  }

  /** An order that is about nodes, or about all there is. */
  public Order(String action, List<String> names, OptionalInt count) {
    this(action, names, count, Optional.empty());
  }

  /** New nodes. @param count how many, 1 or more */
  public static Order add(int count) {
    return anyOf(ManualAction.ADD, count);
  }

  /** This done to as many nodes as the action finds first. @param count how many, 1 or more */
  public static Order anyOf(ManualAction action, int count) {
    return new Order(action.name().toLowerCase(Locale.ROOT), List.of(), OptionalInt.of(count));
  }

  /** This done to these nodes. @param names their service names, or numbers as text; one or more */
  public static Order on(ManualAction action, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no node is named, so " + action.verb() + " would choose one itself; anyOf does that");
    }
    return new Order(action.name().toLowerCase(Locale.ROOT), names, OptionalInt.empty());
  }

  /** As many of the oldest nodes of another program than the present one give way to new ones. @param count 1 or more */
  public static Order renew(int count) {
    return new Order(RENEW, List.of(), OptionalInt.of(count));
  }

  /** Every node looked at now. */
  public static Order survey() {
    return new Order("survey", List.of(), OptionalInt.empty());
  }

  /** All nodes removed, with their data. */
  public static Order teardown() {
    return new Order("teardown", List.of(), OptionalInt.empty());
  }

  /** The image of the settings brought to all container groups. */
  public static Order upgradeImage() {
    return new Order("upgrade_image", List.of(), OptionalInt.empty());
  }

  /** A node storage that is gone for good forgotten, and the nodes in it. */
  public static Order forget(Path storage) {
    return new Order(FORGET, List.of(), OptionalInt.empty(), Optional.of(storage));
  }

  /** These nodes brought to another storage. @param names their service names, or numbers as text; one or more */
  public static Order move(List<String> names, Path storage) {
    return new Order(MOVE, names, OptionalInt.empty(), Optional.of(storage));
  }

  /**
   * The order of a command line; empty when it has none.
   *
   * @throws BadInputException when an option stands there that the order would not heed
   */
  public static Optional<Order> of(Settings asked) {
    String action = asked.get(Options.FORCE_ACTION);
    return action.isEmpty() ? Optional.empty() : Optional.of(new Order(action, asked.serviceNames(),
        asked.isGiven(Options.COUNT) ? OptionalInt.of(asked.get(Options.COUNT)) : OptionalInt.empty(),
        asked.find(action.equals(MOVE) ? Options.TO : Options.STORAGE)));
  }

  /** What is to be done to services beside nodes; empty for an order that is about nodes. */
  public Optional<CompanionAction> onCompanions() {
    return names.isEmpty() || !CompanionNames.isOne(names.get(0)) ? Optional.empty()
        : Optional.of(CompanionAction.valueOf(action.toUpperCase(Locale.ROOT)));
  }

  /** Some actions are for nodes, some for services beside nodes, some for both, and none for both at once. */
  private static void checkKind(String action, List<String> names) {
    Optional<CompanionAction> onCompanions =
        Arrays.stream(CompanionAction.values()).filter(each -> each.verb().equals(action)).findFirst();
    if (names.stream().noneMatch(CompanionNames::isOne)) {
      if (onCompanions.isPresent() && ManualAction.named(action).isEmpty()) {
        throw new BadInputException(Options.FORCE_ACTION + " " + action + " is for services beside nodes: name them with "
            + Options.SERVICE_NAME + " GROUP/SERVICE, such as a1/caddy" + (names.isEmpty() ? "" : "; a node is stopped and started"));
      }
      return;
    }
    if (!names.stream().allMatch(CompanionNames::isOne)) {
      throw new BadInputException(Options.SERVICE_NAME + " has nodes and services beside nodes (GROUP/SERVICE); run wnm once for"
          + " each kind");
    }
    CompanionNames.require(Options.SERVICE_NAME.toString(), names);
    if (onCompanions.isEmpty()) {
      throw new BadInputException(Options.FORCE_ACTION + " " + action + " is for nodes; services beside nodes are part of their image,"
          + " and can be started, stopped, restarted and reloaded");
    }
  }

  private static void require(RunMode mode, Option<?> option, String value) {
    if (!mode.heeds(option)) {
      throw mode.unheeded(option, value);
    }
  }
}
