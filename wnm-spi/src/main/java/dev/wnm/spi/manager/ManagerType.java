package dev.wnm.spi.manager;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A type of process manager, as its provider declares it: what core must know of it before it asks whether it can work here.
 * Immutable; made with {@link #of} and the methods that give it more.
 */
public final class ManagerType {
  private final String name;
  private final Optional<String> account;
  private final Map<OperatingSystem, Integer> ranks;

  private ManagerType(String name, Optional<String> account, Map<OperatingSystem, Integer> ranks) {
    this.name = name;
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
    return new ManagerType(Objects.requireNonNull(name, "name"), Optional.empty(), Map.of());
  }

  /**
   * The same for the whole system: wnm's folders are those of the system, it works with root's rights, by sudo where it is not
   * root, and so may open the firewall.
   *
   * @param accountOfNodes as whom new nodes run
   */
  public ManagerType forWholeSystem(String accountOfNodes) {
    return new ManagerType(name, Optional.of(accountOfNodes), ranks);
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
    return new ManagerType(name, account, all);
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
