package dev.wnm.core.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The storages that new nodes come to: folders that hold the nodes' folders, one or more, in the order in which they were named.
 *
 * @param paths absolute; none lies in another one
 */
@API(status = API.Status.STABLE)
public record StorageList(List<Path> paths) {
  /** A comma is part of a path, too: it ends one only where the next one can begin. */
  private static final Pattern BETWEEN_PATHS = Pattern.compile(",\\s*(?=[/~$])");

  /** @throws IllegalArgumentException when there is none, or one lies in another one */
  public StorageList {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("must name a folder");
    }
    List<Path> distinct = new ArrayList<>(new LinkedHashSet<>(paths));
    if (distinct.size() < paths.size()) {
      throw new IllegalArgumentException("must name each folder once");
    }
    for (Path inner : paths) {
      for (Path outer : paths) {
        if (!inner.equals(outer) && inner.startsWith(outer)) {
          throw new IllegalArgumentException("must name folders beside each other (" + inner + " lies in " + outer + ")");
        }
      }
    }
  }

  /** That of these folders. @throws IllegalArgumentException when there is none, or one lies in another one */
  public static StorageList of(Path... paths) {
    return new StorageList(List.of(paths));
  }

  /** Written out, as each start compares one with what is stored: for a record's own, Java makes a dozen classes first. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StorageList list && paths.equals(list.paths);
  }

  @Override
  public int hashCode() {
    return paths.hashCode();
  }

  /** The texts of the paths in a text such as {@code /mnt/a/nodes,/mnt/b/nodes}; one where it is no list. */
  public static List<String> split(String text) {
    return Arrays.stream(BETWEEN_PATHS.split(text.strip())).map(String::strip).toList();
  }

  /** The first one: where all is that a colony has only one of. */
  public Path first() {
    return paths.get(0);
  }

  /** Whether there are others beside the first one. */
  public boolean areSeveral() {
    return paths.size() > 1;
  }

  /** As an operator writes them: separated by commas. */
  @Override
  public String toString() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(","));
  }
}
