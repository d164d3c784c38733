package dev.wnm.core.companions;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.GroupCompanions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The services that an operator named, as {@code GROUP/SERVICE}; {@code *} as the group stands for every group that has it.
 *
 * @param found those that there are, in the order in which they were named
 * @param missing a clause for each name that means none, by that name
 */
@API(status = API.Status.STABLE)
public record CompanionNames(List<CompanionName> found, Map<String, String> missing) {
  private static final String EVERY_GROUP = "*";
  /** Stands in no service name of a node, so that a name is known for what it is by itself. */
  private static final char BETWEEN = '/';

  public CompanionNames {
    found = List.copyOf(found);
  }

  /** Whether a name is that of a service beside nodes, and not a node's. */
  public static boolean isOne(String name) {
    return name.indexOf(BETWEEN) >= 0;
  }

  /**
   * Refuses names that are no {@code GROUP/SERVICE}, before anything is asked.
   *
   * @param asker the option, for the sentence
   */
  public static void require(String asker, List<String> names) {
    for (String name : names) {
      if (!isOne(name)) {
        throw new BadInputException(asker + " " + name + " names no service beside nodes: those are GROUP/SERVICE, such as a1/caddy");
      }
      if (CompanionName.parse(any(name)).isEmpty()) {
        throw new BadInputException("'" + name + "' is no GROUP/SERVICE, such as a1/caddy, or */caddy for that of every group");
      }
    }
  }

  /** The name with some group in the place of all groups. */
  private static String any(String name) {
    return name.startsWith(EVERY_GROUP + BETWEEN) ? "a1" + name.substring(EVERY_GROUP.length()) : name;
  }

  /**
   * @param names that {@link #require} has let pass
   * @param there what each group has
   */
  static CompanionNames resolve(List<String> names, Map<String, GroupCompanions> there) {
    Set<CompanionName> found = new LinkedHashSet<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (String name : names) {
      String group = name.substring(0, name.indexOf(BETWEEN));
      String service = name.substring(group.length() + 1);
      if (!group.equals(EVERY_GROUP)) {
        problem(group, service, there).ifPresentOrElse(why -> missing.put(name, why),
            () -> found.add(new CompanionName(group, service)));
        continue;
      }
      List<CompanionName> of = new ArrayList<>();
      boolean allKnown = there.values().stream().allMatch(companions -> companions instanceof GroupCompanions.Known);
      there.forEach((each, companions) -> {
        if (companions instanceof GroupCompanions.Unknown unknown) {
          missing.put(each + BETWEEN + service, "not known: " + unknown.reason());
        } else if (problem(each, service, there).isEmpty()) {
          of.add(new CompanionName(each, service));
        }
      });
      if (of.isEmpty() && allKnown) {
        missing.put(name, "no group has it; there " + theServices(there));
      }
      found.addAll(of);
    }
    return new CompanionNames(List.copyOf(found), missing);
  }

  private static Optional<String> problem(String group, String service, Map<String, GroupCompanions> there) {
    GroupCompanions companions = there.get(group);
    if (companions == null) {
      return Optional.of("there is no group " + group + (there.isEmpty() ? "" : "; there are " + String.join(", ", there.keySet())));
    }
    if (companions instanceof GroupCompanions.Unknown unknown) {
      return Optional.of("not known: " + unknown.reason());
    }
    return names(companions).contains(service) ? Optional.empty()
        : Optional.of("not found; there " + theServices(Map.of(group, companions)));
  }

  private static String theServices(Map<String, GroupCompanions> there) {
    Set<String> names = there.values().stream().flatMap(companions -> names(companions).stream()).collect(Collectors.toCollection(TreeSet::new));
    return names.isEmpty() ? "are none" : "are " + String.join(", ", names);
  }

  private static List<String> names(GroupCompanions companions) {
    return companions instanceof GroupCompanions.Known known ? known.companions().stream().map(CompanionView::service).toList() : List.of();
  }
}
