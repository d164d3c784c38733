package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which nodes run, by the command lines of their processes. antctl's own word on that is not taken: the pid it names
 * may be a thread's, or after a reboot another program's.
 *
 * @param programs the pids of nodes, by the path that is their program, or the script that their program runs
 */
record Processes(Map<String, Long> programs) {
  private static final Path PROC = Path.of("/proc");
  /** What {@code head -v} writes before each file. */
  private static final Pattern HEADER = Pattern.compile("(?m)^==> /proc/(\\d+)/cmdline <==\n");
  private static final int WORDS = 2;
  /** antctl starts every node with it; without it, somebody copies the binary or asks it for its version. */
  private static final String NODE_FLAG = "\0--root-dir\0";

  Processes {
    programs = Map.copyOf(programs);
  }

  /** The pid of the process that runs this binary. */
  Optional<Long> of(Path binary) {
    return Optional.ofNullable(programs.get(binary.toString()));
  }

  /** Those of this machine; not those of its containers, in which the same path is another file. */
  static Processes ofThisMachine() throws OperationFailedException {
    return Files.isDirectory(PROC) ? ofProc() : ofJava();
  }

  /** Those that {@code head -v -c N /proc/[0-9]*}{@code /cmdline} has told of. */
  static Processes parse(String heads) {
    Map<String, Long> programs = new HashMap<>();
    var header = HEADER.matcher(heads);
    long pid = 0;
    int begin = 0;
    while (header.find()) {
      add(programs, pid, heads.substring(begin, header.start()));
      pid = Long.parseLong(header.group(1));
      begin = header.end();
    }
    add(programs, pid, heads.substring(begin));
    return new Processes(programs);
  }

  /** The top level of {@code /proc} lists processes only, not their threads. */
  private static Processes ofProc() throws OperationFailedException {
    Map<String, Long> programs = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        List<String> words = words(read(entry.resolve("cmdline")));
        if (!words.isEmpty() && sharesOurPids(entry)) {
          words.forEach(word -> programs.put(word, Long.parseLong(entry.getFileName().toString())));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw OperationFailedException.forNow("the processes in " + PROC + " cannot be listed: " + e);
    }
    return new Processes(programs);
  }

  private static Processes ofJava() {
    Map<String, Long> programs = new HashMap<>();
    ProcessHandle.allProcesses().forEach(process -> add(programs, process.pid(), process.info().command().orElse("") + "\0"
        + String.join("\0", process.info().arguments().orElse(new String[0])) + "\0"));
    return new Processes(programs);
  }

  private static void add(Map<String, Long> programs, long pid, String commandLine) {
    words(commandLine).forEach(word -> programs.put(word, pid));
  }

  /** What may be a node's binary in a command line; nothing when it is not that of a node. */
  private static List<String> words(String commandLine) {
    return commandLine.contains(NODE_FLAG)
        ? Arrays.stream(commandLine.split("\0")).limit(WORDS).filter(word -> word.startsWith("/")).toList()
        : List.of();
  }

  private static boolean sharesOurPids(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("ns/pid")).equals(Files.readSymbolicLink(PROC.resolve("self/ns/pid")));
    } catch (IOException e) {
      return true; // Another account's process does not show its namespace; its path must do.
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
