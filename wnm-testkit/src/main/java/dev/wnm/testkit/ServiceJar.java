package dev.wnm.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars for the plug-in folder, written and compiled for a test. */
public final class ServiceJar {
  private ServiceJar() {}

  /**
   * A jar with one class that it names as a service: {@code folder/className.jar}, changeable by its owner only.
   *
   * @param kind the interface; the class is compiled with the jar that this is from, and nothing else
   * @param source of the class, which has no errors
   */
  public static Path of(Path folder, Class<?> kind, String className, String source) throws IOException {
    Path work = Files.createTempDirectory(folder, "plugin");
    Path file = work.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
    Files.writeString(file, source);
    Path classes = Files.createDirectories(work.resolve("classes"));
    int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-nowarn", "-classpath", jarOf(kind),
        "-d", classes.toString(), file.toString());
    if (errors != 0) {
      throw new AssertionError("errors in " + className + ": " + source);
    }
    Path services = classes.resolve("META-INF/services/" + kind.getName());
    Files.createDirectories(services.getParent());
    Files.writeString(services, className + "\n");
    return packed(classes, folder.resolve(className + ".jar"));
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    return jar;
  }

  private static String jarOf(Class<?> kind) {
    try {
      return Path.of(kind.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
