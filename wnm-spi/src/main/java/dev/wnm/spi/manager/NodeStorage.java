package dev.wnm.spi.manager;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds the folders of nodes: the one above a node's own. A node keeps the storage that it was made in,
 * whatever the settings say later.
 *
 * @param path the folder, absolute
 * @param group the container that its nodes live in, if any, as {@link NodeSpec#group} names it
 */
public record NodeStorage(Path path, Optional<String> group) {
  public NodeStorage {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(group, "group");
  }

  /** That of a node. */
  public static NodeStorage of(NodeSpec node) {
    return new NodeStorage(node.storage(), node.group());
  }

  /** Written out, as {@link #hashCode} is: a cycle that needs none of those that Java makes for records at run time is faster. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeStorage storage && path.equals(storage.path) && group.equals(storage.group);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, group);
  }
}
