package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.util.Objects;

/**
 * A version of a node program. Versions of different programs do not compare.
 *
 * @param program which
 * @param version its version
 * @param replacesNewer whether it takes the place of newer versions, too: an operator has ordered to go back
 */
public record Release(NodeProgram program, Version version, boolean replacesNewer) {
  /** One that takes the place of older versions only. */
  public Release(NodeProgram program, Version version) {
    this(program, version, false);
  }

  public Release {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(version, "version");
  }

  /** Whether it takes the place of this version of the same program. */
  public boolean replaces(Version other) {
    return other.isOlderThan(version) || replacesNewer && version.isOlderThan(other);
  }
}
