package dev.wnm.spi.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A group of nodes that share a container and own a block of ids, hence of ports.
 *
 * @param index 1, 2, …; the group is named {@code a<index>}
 * @param size how many nodes it can hold, 1 or more
 */
public record ContainerGroup(int index, int size) {
  private static final Pattern NAME = Pattern.compile("a[1-9][0-9]{0,4}");

  public ContainerGroup {
    if (index < 1 || size < 1) {
      throw new IllegalArgumentException("container group " + index + " of " + size + " nodes: both must be at least 1");
    }
  }

  /** The group that is called so; empty when no group is. */
  public static Optional<ContainerGroup> named(String name, int size) {
    return NAME.matcher(name).matches()
        ? Optional.of(new ContainerGroup(Integer.parseInt(name.substring(1)), size)) : Optional.empty();
  }

  public String name() {
    return "a" + index;
  }

  public int firstId() {
    return (index - 1) * size + 1;
  }

  public int lastId() {
    return index * size;
  }

  public boolean owns(int id) {
    return firstId() <= id && id <= lastId();
  }

  /** The group's ports when ids are counted from {@code startThousands} × 1000. */
  public PortRange ports(int startThousands) {
    return new PortRange(startThousands * 1_000 + firstId(), startThousands * 1_000 + lastId());
  }
}
