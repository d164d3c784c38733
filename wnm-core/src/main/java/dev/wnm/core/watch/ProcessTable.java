package dev.wnm.core.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which process has a number on this machine: a look that costs microseconds. */
@FunctionalInterface
interface ProcessTable {
  /** What tells the process that has this number now from every other of that number; empty where there is none, or a zombie. */
  Optional<String> find(long pid);

  static ProcessTable ofThisSystem() {
    Path proc = Path.of("/proc");
    return Files.exists(proc.resolve("self/stat")) ? new OfLinux(proc)
        : pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(handle -> handle.info().startInstant().map(Object::toString).orElse(""));
  }

  /** proc(5): after the program's name in brackets come the state and, 19 fields later, the start in ticks since the boot. */
  final class OfLinux implements ProcessTable {
    private static final int LONGEST_STAT = 1_024;
    private static final int START_TICKS = 19;

    private final String proc;

    OfLinux(Path proc) {
      this.proc = proc.toString();
    }

    @Override
    public Optional<String> find(long pid) {
      String stat;
      try (InputStream file = Files.newInputStream(Path.of(proc, Long.toString(pid), "stat"))) {
        stat = new String(file.readNBytes(LONGEST_STAT), StandardCharsets.ISO_8859_1);
      } catch (IOException gone) {
        return Optional.empty();
      }
      int state = stat.lastIndexOf(')') + 2;
      if (state >= stat.length() || "ZXx".indexOf(stat.charAt(state)) >= 0) {
        return Optional.empty();
      }
      int from = state;
      for (int field = 0; field < START_TICKS && from > 0; field++) {
        from = stat.indexOf(' ', from) + 1;
      }
      int to = stat.indexOf(' ', from);
      return Optional.of(to < 0 ? stat.substring(from) : stat.substring(from, to));
    }
  }
}
