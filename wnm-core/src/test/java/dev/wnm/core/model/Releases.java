package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodePrograms;
import java.util.Optional;

/** Releases of the usual program. */
public final class Releases {
  private Releases() {}

  public static Optional<Release> of(String version) {
    return of(Version.parse(version));
  }

  public static Optional<Release> of(Optional<Version> version) {
    return version.map(known -> new Release(NodePrograms.usual(), known));
  }
}
