package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;

/** Where something stands in the operator's files. */
record Place(Path file, int line) {
  /** The refusal of what stands here: one sentence that begins with file and line. */
  BadInputException refuse(String what) {
    return new BadInputException(this + ": " + what);
  }

  /** The same without the folder, for scripts and reports. */
  String brief() {
    return file.getFileName() + " line " + line;
  }

  @Override
  public String toString() {
    return file + " line " + line;
  }
}
