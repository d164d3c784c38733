package dev.wnm.cli.launcher;

import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An unpacked distribution with the real launcher, and Javas that only say with what they were started. */
final class Distribution {
  /** Where tests run: wnm-cli. */
  private static final Path LAUNCHER = Path.of("src/main/dist/bin/wnm");

  final Path folder;
  final Path home;
  private final Path bin;

  /** @param root an empty folder */
  Distribution(Path root, String name) throws IOException {
    folder = root.resolve(name);
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("lib"));
    Files.copy(LAUNCHER, launcher(), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(jar(), "jar");
    Files.writeString(folder.resolve("lib/wnm.classes"), "java/lang/Object\n");
    home = Files.createDirectory(root.resolve("home"));
    bin = Files.createDirectory(root.resolve("path"));
  }

  Path launcher() {
    return folder.resolve("bin/wnm");
  }

  Path jar() {
    return folder.resolve("lib/wnm-cli.jar");
  }

  /**
   * A Java that prints its arguments, one a line, after the word {@code java} and its folder's name; told to dump, it makes
   * the archive instead.
   *
   * @param version as in the file {@code release}
   * @return the java program
   */
  Path java(String name, String version) throws IOException {
    return java(name, version, """
        for word in "$@"; do
          case $word in
            -XX:SharedArchiveFile=*) archive=${word#*=} ;;
            -XX:SharedClassListFile=*) list=$(basename "${word#*=}") ;;
            */wnm-cli.jar*) path=$(echo "$word" | sed 's,[^:]*/,,g; s,:, ,g') ;;
          esac
        done
        case " $* " in
          *" -Xshare:dump "*) head -c 100000 /dev/zero | tr '\\0' a > "$archive"; echo "$list $path" >> "$dir/dumped"; echo dump >> "$dir/dumps"; exit 0 ;;
        esac
        echo "java $(basename "$dir")"
        printf '%s\\n' "$@"
        """);
  }

  Path java(String name, String version, String script) throws IOException {
    Path root = folder.resolveSibling(name);
    Path program = Files.createDirectories(root.resolve("bin")).resolve("java");
    Files.writeString(root.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    return Executables.write(program, "#!/bin/sh\ndir='" + root + "'\n" + script);
  }

  /** Puts a Java before any that this machine has. */
  void putOnPath(Path java) throws IOException {
    Files.createSymbolicLink(bin.resolve("java"), java);
  }

  Run run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(words));
    return run(environment, command);
  }

  /** Runs a program with these variables and PATH, nothing else. */
  Run run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", bin + ":/usr/bin:/bin"));
    builder.environment().putAll(environment);
    Path errors = Files.createTempFile(folder, "stderr", "");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, Files.readString(errors));
  }

  /** How a run ended. */
  record Run(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** What wnm itself is given. */
    List<String> words() {
      return lines().subList(lines().indexOf("dev.wnm.cli.Main") + 1, lines().size());
    }
  }
}
