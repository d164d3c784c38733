package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.util.Objects;

/**
 * A version of a node program. Versions of different programs do not compare.
 *
 * @param program which
 * @param version its version
 */
public record Release(NodeProgram program, Version version) {
  public Release {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(version, "version");
  }
}
