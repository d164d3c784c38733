package dev.wnm.testkit.antnode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Compiles the stand-in's script and a perl to run it into one program. */
final class NativeAntnode {
  private static final String SOURCE = "antnode.c";
  private static final List<String> HOW_DEBIAN_BUILDS_PERL = List.of("-D_REENTRANT", "-D_LARGEFILE_SOURCE",
      "-D_FILE_OFFSET_BITS=64", "-fwrapv", "-fno-strict-aliasing");
  private static final List<String> LIBRARIES = List.of("-Wl,-E", "-l:libperl.a", "-l:libcrypt.a", "-lm", "-ldl", "-lpthread");

  private NativeAntnode() {}

  static Path build(String script, Path target) throws IOException {
    Path work = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".native");
    Path scriptFile = Files.writeString(work.resolve("script.pl"), script);
    Path source = work.resolve(SOURCE);
    try {
      try (InputStream resource = NativeAntnode.class.getResourceAsStream(SOURCE)) {
        Files.copy(resource, source);
      }
      Path built = work.resolve("antnode");
      String headers = outputOf(List.of("perl", "-MConfig", "-e", "print \"$Config{archlib}/CORE\"")).strip();
      outputOf(commandLine(scriptFile, source, Path.of(headers), built));
      return Files.move(built, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      for (Path file : List.of(scriptFile, source, work.resolve("antnode"), work)) {
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
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(output.lines().findFirst().orElse(words.get(0) + " failed"));
      }
      return output;
    } catch (IOException e) {
      throw new IOException("a native stand-in antnode needs gcc and libperl-dev to be compiled: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a native stand-in antnode was compiled", e);
    }
  }
}
