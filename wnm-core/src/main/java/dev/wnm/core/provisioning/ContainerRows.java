package dev.wnm.core.provisioning;

import dev.wnm.spi.model.Container;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The rows of containers, old and new. A container keeps its row when it is renamed, and when it is made anew. */
public final class ContainerRows {
  private final TreeMap<Integer, Container> rows = new TreeMap<>();

  public ContainerRows(Collection<Container> known) {
    known.forEach(container -> rows.put(container.id().orElseThrow(), container));
  }

  /** The container as it is now, in its old row or a new one. */
  public Container record(Container found) {
    int id = first(row -> row.dockerId().equals(found.dockerId()))
        .or(() -> first(row -> row.name().equals(found.name())))
        .orElseGet(() -> rows.isEmpty() ? 1 : rows.lastKey() + 1);
    Container recorded = found.withId(id);
    rows.put(id, recorded);
    return recorded;
  }

  /** A container that is about to be made; one that has a row keeps it as it is. */
  Container recordPlanned(Container planned) {
    return named(planned.name()).orElseGet(() -> record(planned));
  }

  Optional<Container> named(String name) {
    return rows.values().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** All of them by row. */
  public List<Container> all() {
    return List.copyOf(rows.values());
  }

  private Optional<Integer> first(Predicate<Container> which) {
    return rows.values().stream().filter(which).findFirst().flatMap(Container::id);
  }
}
