package dev.wnm.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Compiles a Perl script and a perl to run it into one program. */
final class NativeProgram {
  private static final String SOURCE = "perl-program.c";
  private static final List<String> HOW_DEBIAN_BUILDS_PERL = List.of("-D_REENTRANT", "-D_LARGEFILE_SOURCE",
      "-D_FILE_OFFSET_BITS=64", "-fwrapv", "-fno-strict-aliasing");
  private static final List<String> LIBRARIES = List.of("-Wl,-E", "-l:libperl.a", "-l:libcrypt.a", "-lm", "-ldl", "-lpthread");

  private NativeProgram() {}

  /** @throws IOException naming the target's file, gcc and libperl-dev when it cannot be compiled */
  static Path build(String script, Path target) throws IOException {
    try {
      return compile(script, target);
    } catch (IOException e) {
      throw new IOException("a native stand-in " + target.getFileName() + " needs gcc and libperl-dev to be compiled: "
          + e.getMessage(), e);
    }
  }

  private static Path compile(String script, Path target) throws IOException {
    Path work = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".native");
    Path scriptFile = Files.writeString(work.resolve("script.pl"), script);
    Path source = work.resolve(SOURCE);
    Path built = work.resolve("program");
    try {
      try (InputStream resource = NativeProgram.class.getResourceAsStream(SOURCE)) {
        Files.copy(resource, source);
      }
      String headers = outputOf(List.of("perl", "-MConfig", "-e", "print \"$Config{archlib}/CORE\"")).strip();
      outputOf(commandLine(scriptFile, source, Path.of(headers), built));
      return Files.move(built, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      for (Path file : List.of(scriptFile, source, built, work)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static List<String> commandLine(Path script, Path source, Path headers, Path built) {
    List<String> words = new ArrayList<>(List.of("gcc", "-O1", "-w", "-o", built.toString(),
        "-DSCRIPT=\"" + script.toAbsolutePath() + '"', "-I" + headers, source.toString()));
    words.addAll(HOW_DEBIAN_BUILDS_PERL);
    words.addAll(LIBRARIES);
    return words;
  }

  private static String outputOf(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(output.lines().findFirst().orElse(words.get(0) + " failed"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + words.get(0) + " ran", e);
    }
    return output;
  }
}
