package dev.wnm.managers.s6overlay;

import java.util.Locale;

/** How nodes in a container are reached: a value of {@code --container_network}. */
enum NetworkMode {
  /** Docker publishes each node port of the group's block. */
  PUBLISHED,
  /** One rule of wnm's own carries the whole block to the container. */
  ROUTED,
  /** The container has the host's network. */
  HOST;

  static NetworkMode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
