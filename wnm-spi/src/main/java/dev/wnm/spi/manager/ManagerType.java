package dev.wnm.spi.manager;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A type of process manager, as its provider declares it: what core must know of it before it asks whether it can work here.
 * Immutable; made with {@link #of} and the methods that give it more.
 */
public final class ManagerType {
  /** The place of a node's number, in four digits, in a format of service names. */
  public static final String NUMBER = "{number}";
  /** That of a type which names none: the Python wnm's names. */
  private static final String USUAL_SERVICES = "antnode" + NUMBER + ".service";

  private final String name;
  private final Optional<String> account;
  private final Map<OperatingSystem, Integer> ranks;
  private final String services;
  private final int startsOfAGroup;
  private final String nodes;

  private ManagerType(String name, Optional<String> account, Map<OperatingSystem, Integer> ranks, String services, int startsOfAGroup,
      String nodes) {
    this.name = name;
    this.nodes = nodes;
    this.services = services;
    this.startsOfAGroup = startsOfAGroup;
    this.account = account;
    this.ranks = ranks;
  }

  /**
   * One that works for whoever runs wnm, as whom its nodes run, and that is never chosen unless it is named.
   *
   * @param name the back end's name, {@code +} and the mode, such as {@code setsid+user}: what an operator writes after
   *     {@code --process_manager}
   */
  public static ManagerType of(String name) {
    return new ManagerType(Objects.requireNonNull(name, "name"), Optional.empty(), Map.of(), USUAL_SERVICES, 0, "");
  }

  /**
   * The same for the whole system: wnm's folders are those of the system, it works with root's rights, by sudo where it is not
   * root, and so may open the firewall.
   *
   * @param accountOfNodes as whom new nodes run
   */
  public ManagerType forWholeSystem(String accountOfNodes) {
    return new ManagerType(name, Optional.of(accountOfNodes), ranks, services, startsOfAGroup, nodes);
  }

  /**
   * The same, chosen by itself where an operator of this system names none, and nothing of a lower rank works.
   *
   * @param rank its place among those of the same reach, the lowest first; wnm's own have 100 and 200
   */
  public ManagerType preferredOn(OperatingSystem system, int rank) {
    Map<OperatingSystem, Integer> all = new EnumMap<>(OperatingSystem.class);
    all.putAll(ranks);
    all.put(system, rank);
    return new ManagerType(name, account, all, services, startsOfAGroup, nodes);
  }

  /**
   * The same, whose nodes' services are called so.
   *
   * @param format with {@link #NUMBER} once, such as {@code plain-{number}}; without it they are called as
   *     {@code antnode0001.service}
   * @throws IllegalArgumentException when the number is not in it once, or the name would hold a slash or a blank
   */
  public ManagerType withServices(String format) {
    if (format.split(Pattern.quote(NUMBER), -1).length != 2 || format.matches(".*[/\\s].*")) {
      throw new IllegalArgumentException("a format of service names has " + NUMBER + " once, no slash and no blank: " + format);
    }
    return new ManagerType(name, account, ranks, format, startsOfAGroup, nodes);
  }

  /**
   * The same, whose nodes live in groups that each bear so many starts at once. From that follow {@code max_concurrent_starts} and
   * {@code max_concurrent_operations} of a new colony, unless an operator gives them: so many for each group that it may come to have.
   *
   * @param starts 1 or more
   * @throws IllegalArgumentException when it is less
   */
  public ManagerType startingInEachGroup(int starts) {
    if (starts < 1) {
      throw new IllegalArgumentException(starts + " starts at once in each group are none");
    }
    return new ManagerType(name, account, ranks, services, starts, nodes);
  }

  /**
   * The same with a few words on what its nodes are, for an operator who chooses among several.
   *
   * @param words such as {@code plain processes of your account}; they follow its name
   */
  public ManagerType whoseNodesAre(String words) {
    return new ManagerType(name, account, ranks, services, startsOfAGroup, Objects.requireNonNull(words, "words"));
  }

  /** What its nodes are, in a few words; empty where it does not say. */
  public String nodes() {
    return nodes;
  }

  /** How many nodes start at once in each group; empty where it has no wish. */
  public OptionalInt startsOfAGroup() {
    return startsOfAGroup == 0 ? OptionalInt.empty() : OptionalInt.of(startsOfAGroup);
  }

  /** What core suggests as the name of a node's service. @param id its number, 1 or more */
  public String service(int id) {
    return services.replace(NUMBER, String.format(Locale.ROOT, "%04d", id));
  }

  /** Such as {@code setsid+user}. */
  public String name() {
    return name;
  }

  /** What is before the {@code +}: which of the types that a back end has in several modes belong together. */
  public String backEnd() {
    return name.replaceFirst("\\+.*", "");
  }

  /** Whether it works for the whole system, and not for one account only. */
  public boolean isForWholeSystem() {
    return account.isPresent();
  }

  /** As whom its new nodes run; empty for whoever runs wnm. */
  public Optional<String> accountOfNodes() {
    return account;
  }

  /** Its place on this system among those that are chosen by themselves, the lowest first; empty where it is not. */
  public OptionalInt rankOn(OperatingSystem system) {
    return ranks.containsKey(system) ? OptionalInt.of(ranks.get(system)) : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
