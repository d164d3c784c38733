package dev.wnm.cli.docs;

import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The back end in {@code examples/back-end}, built as its own {@code pom.xml} would: its code against the SPI alone, its test with
 * the test kit. Without Maven, since what this build has made is in no repository yet.
 */
final class ExampleBackEnd {
  static final Path PROJECT = DocPage.ROOT.resolve("examples/back-end");
  private static final Path MAIN = PROJECT.resolve("src/main");

  private ExampleBackEnd() {}

  static Path jar(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Examples.compile(MAIN.resolve("java"), classes, spi());
    Path resources = MAIN.resolve("resources");
    for (Path file : Examples.files(resources)) {
      Path target = classes.resolve(resources.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return packed(classes, folder.resolve("wnm-plain-1.jar"));
  }

  /** Its test class, with its jar on the class path. */
  static Class<?> test(Path folder) throws IOException, ClassNotFoundException {
    Path jar = jar(folder);
    Path classes = Files.createDirectories(folder.resolve("test-classes"));
    Examples.compile(PROJECT.resolve("src/test/java"), classes, jar.toString(), System.getProperty("java.class.path"));
    URL[] places = {jar.toUri().toURL(), classes.toUri().toURL()};
    return new URLClassLoader(places, ExampleBackEnd.class.getClassLoader()).loadClass("org.example.PlainContractTest");
  }

  private static String spi() {
    try {
      return Path.of(ProcessManagerProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : Examples.files(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
