package dev.wnm.core.managers;

import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.ManagerType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Types of process managers as the Python wnm left them in its rows: of imported nodes it dropped the mode, and called
 * launchd's {@code systemd}, which only the column {@code method} puts right.
 */
public final class ManagerTypes {
  private final Map<String, ManagerType> known;

  /** @param known those that were found, by name; such a name is never completed */
  public ManagerTypes(Map<String, ManagerType> known) {
    this.known = known;
  }

  /**
   * The whole type of a row.
   *
   * @param main the machine's type: its own where the base is the same, else its mode counts
   */
  public String whole(Node row, String main) {
    String type = row.managerType();
    if (type.contains("+") || known.containsKey(type)) {
      return type;
    }
    String base = row.method().isEmpty() || row.method().contains("+") ? type : row.method();
    return base.isEmpty() || main.startsWith(base + "+") ? main : completed(base, main);
  }

  /** Of the types of a back end, the one in the machine's mode, else the one of the same reach. */
  private String completed(String base, String main) {
    String sameMode = base + main.substring(Math.max(0, main.indexOf('+')));
    boolean forWholeSystem = known.containsKey(main) && known.get(main).isForWholeSystem();
    return known.containsKey(sameMode) ? sameMode
        : known.values().stream().filter(type -> type.backEnd().equals(base) && type.isForWholeSystem() == forWholeSystem)
            .map(ManagerType::name).findFirst().orElse(sameMode);
  }

  /**
   * The type that most of these rows have; empty when there are none.
   *
   * @param usual what a row has the mode of that names a back end only
   */
  public Optional<String> most(Collection<Node> rows, String usual) {
    Map<String, Long> votes = rows.stream().filter(row -> !row.managerType().isEmpty() || !row.method().isEmpty())
        .collect(Collectors.groupingBy(row -> whole(row, usual), LinkedHashMap::new, Collectors.counting()));
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
