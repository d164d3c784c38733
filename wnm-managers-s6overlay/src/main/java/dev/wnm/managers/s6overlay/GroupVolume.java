package dev.wnm.managers.s6overlay;

import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.program.NodeProgram;
import java.nio.file.Path;

/**
 * The folder of a group's data: on this machine, and where its container sees it.
 *
 * @param folder on this machine
 */
record GroupVolume(Path folder) {
  /** Where the container has it. */
  static final Path INSIDE = Path.of("/var/antctl/services");

  /** A node's data folder on this machine. */
  Path rootDir(String service) {
    return folder.resolve(service);
  }

  /** Where a new node of this name is. */
  NodePlacement placement(String service, NodeProgram program) {
    return NodePlacement.of(service, rootDir(service)).withBinary(rootDir(service).resolve(program.name()));
  }

  /** The definitions of its nodes: what {@code wnm-nodes} starts again when the container does. */
  Path registry() {
    return folder.resolve(".wnm");
  }

  /** What a file in the node storage is called, above this folder, that says how a node is started. */
  String memo(String service) {
    return "." + folder.getFileName() + "." + service + ".node";
  }

  /** The cache of peers that its nodes share. */
  Path cacheInside() {
    return INSIDE.resolve(".bootstrap-cache");
  }

  Path cache() {
    return folder.resolve(".bootstrap-cache");
  }

  /** Where the container sees a path below {@link #folder}. */
  Path inside(Path path) {
    return INSIDE.resolve(folder.relativize(path));
  }
}
