package dev.wnm.managers.support;

import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code /proc}; the formats are those of proc(5). A process that ends while it is looked at is none. Its top level
 * lists processes only, not their threads.
 */
final class LinuxProcessTable implements ProcessTable {
  private static final String DELETED = " (deleted)";
  /** Fields of {@code stat} after the program's name in brackets, which may itself hold blanks and brackets. */
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  private final Path proc;
  /** Ticks are counted from the boot, so that without it they would name another process after the next one. */
  private final String boot;

  LinuxProcessTable(Path proc) {
    this.proc = proc;
    boot = " " + read(proc.resolve("sys/kernel/random/boot_id")).strip();
  }

  @Override
  public List<NodeProcess> candidates() throws OperationFailedException {
    List<NodeProcess> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, LinuxProcessTable::isProcess)) {
      for (Path process : processes) {
        String commandLine = read(process.resolve("cmdline"));
        if (NodeProcess.mayBe(commandLine) && sharesOurPids(process)) {
          describe(process, commandLine).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw OperationFailedException.forNow("the processes in " + proc + " cannot be listed: " + e);
    }
    return found;
  }

  @Override
  public Optional<NodeProcess> find(long pid) {
    Path process = proc.resolve(Long.toString(pid));
    return describe(process, read(process.resolve("cmdline")));
  }

  @Override
  public Map<String, String> environment(long pid) {
    Map<String, String> variables = new HashMap<>();
    for (String entry : read(proc.resolve(Long.toString(pid)).resolve("environ")).split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }

  private static boolean isProcess(Path entry) {
    return Character.isDigit(entry.getFileName().toString().charAt(0));
  }

  private Optional<NodeProcess> describe(Path process, String commandLine) {
    String stat = read(process.resolve("stat"));
    int nameBegins = stat.indexOf('(');
    int nameEnds = stat.lastIndexOf(')');
    if (nameBegins < 0 || nameEnds < nameBegins || commandLine.isEmpty()) {
      return Optional.empty();
    }
    String[] fields = stat.substring(nameEnds + 1).strip().split(" ");
    if (fields.length <= START_TICKS || fields[STATE].matches("[ZXx]")) {
      return Optional.empty();
    }
    return Optional.of(new NodeProcess(Long.parseLong(process.getFileName().toString()), (fields[START_TICKS] + boot).strip(),
        stat.substring(nameBegins + 1, nameEnds), executable(process), List.of(commandLine.split("\0"))));
  }

  private static Optional<Path> executable(Path process) {
    try {
      String target = Files.readSymbolicLink(process.resolve("exe")).toString();
      return Optional.of(Path.of(target.endsWith(DELETED)
          ? target.substring(0, target.length() - DELETED.length()) : target));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A process in a container is not one of ours, though its paths may read the same; where that is hidden, it is ours. */
  private boolean sharesOurPids(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("ns/pid")).equals(Files.readSymbolicLink(proc.resolve("self/ns/pid")));
    } catch (IOException e) {
      return true;
    }
  }

  /** A file's text; nothing when it is gone or hidden. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
