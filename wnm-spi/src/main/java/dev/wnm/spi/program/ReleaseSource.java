package dev.wnm.spi.program;

import java.util.Optional;
import java.util.Set;

/**
 * Where a program's releases are published: on GitHub, tagged {@code v} and the version. Each has an archive (tar, compressed by
 * gzip) for each kind of machine, with the program and what must lie beside it, and next to each archive its signature in a file of the
 * same name and {@code .sig}.
 *
 * @param repository such as {@code WithAutonomi/ant-node}
 * @param archive the name of an archive, {@code %s} where the kind of machine stands
 * @param machines those that there are archives for, such as {@code linux-x64}: {@code linux} or {@code macos}, and {@code x64} or
 *     {@code arm64}
 * @param key what the signatures are checked with
 */
public record ReleaseSource(String repository, String archive, Set<String> machines, ReleaseKey key) {
  public ReleaseSource {
    if (!repository.matches("[A-Za-z0-9_-]+/[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("'" + repository + "' is no repository such as WithAutonomi/ant-node");
    }
    machines = Set.copyOf(machines);
  }

  /** The name of the archive for a kind of machine; empty where there is none. */
  public Optional<String> archiveFor(String machine) {
    return machines.contains(machine) ? Optional.of(archive.replace("%s", machine)) : Optional.empty();
  }
}
