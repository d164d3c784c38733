package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import java.nio.file.Path;

/** Which release of a node program an operator wants. */
public sealed interface WantedRelease {
  /** The one with the highest version of those that are no pre-releases. */
  record Newest() implements WantedRelease {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /** The one with this version, pre-release or not. */
  record Exactly(Version version) implements WantedRelease {
    @Override
    public String toString() {
      return version.text();
    }
  }

  /** The one whose archive is here already, with its signature beside it. */
  record InFile(Path archive) implements WantedRelease {
    @Override
    public String toString() {
      return archive.toString();
    }
  }
}
