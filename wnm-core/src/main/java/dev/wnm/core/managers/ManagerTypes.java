package dev.wnm.core.managers;

import dev.wnm.core.model.Node;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Types of process managers as the Python wnm left them in its rows: of imported nodes it dropped the mode, and called
 * launchd's {@code systemd}, which only the column {@code method} puts right.
 */
public final class ManagerTypes {
  private final Predicate<String> known;

  /** @param known whether a process manager of this whole name was found; such a name is never completed */
  public ManagerTypes(Predicate<String> known) {
    this.known = known;
  }

  /**
   * The whole type of a row.
   *
   * @param main the machine's type: its own where the base is the same, else its mode counts
   */
  public String whole(Node row, String main) {
    String type = row.managerType();
    if (type.contains("+") || known.test(type)) {
      return type;
    }
    String base = row.method().isEmpty() || row.method().contains("+") ? type : row.method();
    return base.isEmpty() || main.startsWith(base + "+") ? main : base + (main.endsWith("+sudo") ? "+sudo" : "+user");
  }

  /**
   * The type that most of these rows have; empty when there are none.
   *
   * @param mode of rows that name none, {@code user} or {@code sudo}
   */
  public Optional<String> most(Collection<Node> rows, String mode) {
    Map<String, Long> votes = rows.stream()
        .collect(Collectors.groupingBy(row -> whole(row, "+" + mode), LinkedHashMap::new, Collectors.counting()));
    return votes.entrySet().stream().filter(vote -> !vote.getKey().startsWith("+"))
        .max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
