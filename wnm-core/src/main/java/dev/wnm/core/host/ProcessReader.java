package dev.wnm.core.host;

import dev.wnm.spi.model.ProcessFacts;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes of this machine. Not for use by several threads. */
public interface ProcessReader {
  /** The reader for this system. */
  static ProcessReader ofThisSystem() {
    Path proc = Path.of("/proc");
    return Files.exists(proc.resolve("self/stat")) ? new ProcProcessReader(proc) : new OshiProcessReader();
  }

  /** What a process uses, with those that it has started, such as the node of a container's first process. */
  ProcessFacts of(long pid);
}
